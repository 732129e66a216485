/** What gauges show of the services' queues. */
import type { Services } from "../upstream/services.ts";

/** The queues among the states of services. */
export function* callsOf(
  states: ReturnType<Services["state"]>,
): Generator<{ service: string; active: number; waiting: number }> {
  for (const [service, { bulkhead }] of Object.entries(states)) {
    const { active = 0, waiting = 0 } = (bulkhead ?? {}) as { active?: number; waiting?: number };
    yield { service, active, waiting };
  }
}
