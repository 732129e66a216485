/** Layer: tells the service how long its answer is waited for, so that it need not work for nobody. */
import { AttemptCall } from "../attempt-call.ts";
import type { Layer } from "../send.ts";

/**
 * Whole milliseconds, rounded down, anew for every attempt: what the deadline leaves, or the attempt's timeout where
 * the whole answer has to come within that.
 *
 * @param field the field's name, lower case. What a call says in it is overwritten.
 */
export function deadlineHeader(field: string): Layer {
  return function deadlineHeaderLayer(next) {
    return function withDeadline(call) {
      const { headers, timeoutMs, mode, signal, context } = call;
      const leftMs = context.deadline.remainingMs();
      const waitedMs = mode === "collect" && timeoutMs < leftMs ? timeoutMs : leftMs;
      const fields = { ...headers, [field]: String(Math.floor(waitedMs)) };
      return next(new AttemptCall(call, fields, timeoutMs, signal));
    };
  };
}
