/** Layer: decides how long one attempt may take, and counts it; the transport sets the timer. */
import { type ProblemCode, UpstreamError } from "../../core/errors.ts";
import { AttemptCall } from "../attempt-call.ts";
import type { Layer, Send, UpstreamCall } from "../send.ts";
import { abortFailure, failure } from "../transport/failures.ts";
import { withoutBlame } from "./blame.ts";
import { inTurns } from "./in-turns.ts";
import { hasStandIn, timeLeftMs } from "./time-left.ts";

/** A service that had less than this share of its time, or of the whole deadline, is not to blame for being too slow. */
const FAIR_SHARE = 0.25;

/**
 * The call's timeout or what the deadline leaves, whichever is less; an attempt that cannot end in time is not begun.
 * The deadline's own end needs no timer, so the limit is lowered only for calls with a stand-in.
 */
export function attemptTimeout(next: Send): Send {
  return function timed(call) {
    const { context, timeoutMs, signal, notes } = call;
    const { deadline } = context;
    if (deadline.aborted) return notBegun(abortFailure(call, deadline.reason), deadline.reason);
    if (signal?.aborted === true) return notBegun(abortFailure(call, signal.reason), signal.reason);
    const leftMs = timeLeftMs(call);
    if (leftMs === 0) {
      const detail = "no time was left to call the service";
      return notBegun(failure(call, "deadline-exceeded", detail), undefined);
    }
    if (notes !== undefined) notes.attempts += 1;
    if (leftMs >= timeoutMs) return next(call);
    const answer = next(hasStandIn(call) ? withTimeout(call, leftMs) : call);
    // What another service took of the deadline must not open the breaker of this one.
    if (leftMs < FAIR_SHARE * Math.min(timeoutMs, deadline.fullMs)) {
      answer.then(undefined, withoutBlameForSlowness);
    }
    return answer;
  };
}

attemptTimeout satisfies Layer;

function withTimeout(call: UpstreamCall, timeoutMs: number): UpstreamCall {
  return new AttemptCall(call, call.headers, Math.ceil(timeoutMs), call.signal);
}

/** @param reason why the call has ended, which is passed on as it is and is nobody's failure. */
function notBegun(error: unknown, reason: unknown): Promise<never> {
  return inTurns(() => Promise.reject(error === reason ? error : withoutBlame(error)));
}

const SLOW: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "service-timeout",
  "deadline-exceeded",
]);

function withoutBlameForSlowness(error: unknown): void {
  if (error instanceof UpstreamError && SLOW.has(error.code)) withoutBlame(error);
}
