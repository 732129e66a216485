/** Layer: leaves a failing service alone for a while, so that it can recover and nobody waits for it. */
import type { Clock } from "../../core/deadline.ts";
import type { BreakerRule } from "../../core/policies.ts";
import { Breaker } from "../breaker.ts";
import type { UpstreamEvents } from "../events.ts";
import type { Inspectable } from "../inspect.ts";
import type { Layer, UpstreamCall } from "../send.ts";

export interface CircuitBreakerOptions {
  readonly rule: BreakerRule;
  readonly clock: Clock;
  readonly events: UpstreamEvents;
}

export interface CircuitBreaker extends Inspectable {
  readonly layer: Layer;
  /** Whether a call would be refused now. */
  isRefusing(call: UpstreamCall): boolean;
}

/** One breaker for the service, or one for each operation of it that is called. */
export function createCircuitBreaker({
  rule,
  clock,
  events,
}: CircuitBreakerOptions): CircuitBreaker {
  const byOperation = new Map<string, Breaker>();
  let whole: Breaker | undefined;

  function breakerOf({ service, operation }: UpstreamCall): Breaker {
    if (!rule.perOperation) {
      whole ??= new Breaker({ rule, clock, events, service, operation: undefined });
      return whole;
    }
    const { name } = operation;
    let own = byOperation.get(name);
    if (own === undefined) {
      own = new Breaker({ rule, clock, events, service, operation: name });
      byOperation.set(name, own);
    }
    return own;
  }

  return {
    layer: (next) =>
      function guarded(call) {
        return breakerOf(call).send(call, next);
      },
    isRefusing: (call) => breakerOf(call).isRefusing,
    state() {
      if (!rule.perOperation) return whole?.state() ?? { state: "closed", calls: 0, failures: 0 };
      return {
        operations: Object.fromEntries(
          [...byOperation].map(([name, breaker]) => [name, breaker.state()]),
        ),
      };
    },
  };
}
