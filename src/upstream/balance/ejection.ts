/** Passive health: an endpoint whose calls fail one after the other is left alone for a while. */
import type { EjectionRule } from "../../core/addressing.ts";
import type { Clock } from "../../core/deadline.ts";
import type { Endpoint } from "./endpoint.ts";

export interface EjectorOptions {
  readonly rule: EjectionRule;
  readonly clock: Clock;
  /** Whether the floor lets one more go. */
  readonly hasRoom: () => boolean;
  /** Of an endpoint that goes for so long, and of one that is back: 0. */
  readonly changed: (endpoint: Endpoint, forMs: number) => void;
}

export interface Ejector {
  failed(endpoint: Endpoint): void;
  /** Has answered a call, which is under way still where the answer is a stream. */
  answered(endpoint: Endpoint): void;
  /** Has answered a call to its end. */
  succeeded(endpoint: Endpoint): void;
  /** Ends an ejection without a word. */
  forget(endpoint: Endpoint): void;
}

/**
 * The time doubles with every ejection, up to the longest, and is the first again when the endpoint has held out for
 * as long as the longest.
 */
export function createEjector({ rule, clock, hasRoom, changed }: EjectorOptions): Ejector {
  function eject(endpoint: Endpoint): void {
    const nowMs = clock();
    if (nowMs - endpoint.backAtMs > rule.longestMs) endpoint.ejections = 0;
    const forMs = Math.min(rule.baseMs * 2 ** endpoint.ejections, rule.longestMs);
    endpoint.ejections += 1;
    endpoint.failures = 0;
    endpoint.isOnProbation = false;
    endpoint.isEjected = true;
    endpoint.backAtMs = nowMs + forMs;
    endpoint.timer = setTimeout(back, forMs, endpoint).unref();
    changed(endpoint, forMs);
  }

  function back(endpoint: Endpoint): void {
    endpoint.timer = undefined;
    endpoint.isEjected = false;
    endpoint.isOnProbation = true;
    changed(endpoint, 0);
  }

  return {
    failed(endpoint) {
      // Calls that were under way when it went tell nothing new.
      if (endpoint.isEjected) return;
      endpoint.failures += 1;
      const isEnough = endpoint.isOnProbation || endpoint.failures >= rule.failures;
      if (isEnough && hasRoom()) eject(endpoint);
    },
    answered(endpoint) {
      endpoint.isOnProbation = false;
    },
    succeeded(endpoint) {
      endpoint.failures = 0;
    },
    forget(endpoint) {
      clearTimeout(endpoint.timer);
      endpoint.timer = undefined;
    },
  };
}
