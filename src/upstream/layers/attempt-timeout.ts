/** Layer: decides how long one attempt may take; the transport sets the timer. */
import type { Layer, Send } from "../send.ts";
import { failure } from "../transport/failures.ts";
import { hasStandIn, timeLeftMs } from "./time-left.ts";

/**
 * The call's timeout or what the deadline leaves, whichever is less; an attempt that cannot end in time is not begun.
 * The deadline's own signal needs no timer, so the limit is lowered only for calls with a stand-in.
 */
export function attemptTimeout(next: Send): Send {
  return function timed(call) {
    if (!hasStandIn(call)) return next(call);
    const leftMs = timeLeftMs(call);
    if (leftMs === 0) {
      return Promise.reject(
        failure(call, "deadline-exceeded", "no time was left to call the service"),
      );
    }
    return next(leftMs < call.timeoutMs ? { ...call, timeoutMs: Math.ceil(leftMs) } : call);
  };
}

attemptTimeout satisfies Layer;
