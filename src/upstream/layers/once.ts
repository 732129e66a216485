/** Layer: identical safe calls of one request are made once; their answers and their failures are shared. */
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { isSafe, sharingKeyOf } from "../sharing-key.ts";
import { abortFailure } from "../transport/failures.ts";
import { inTurns } from "./in-turns.ts";

/**
 * Shares GET and HEAD (RFC 9110 §9.2.1; QUERY has a body, which is no part of the key). A call with a signal of its
 * own is not shared, as one caller's change of mind would end the other's call; a streamed body is read once.
 * What is shared is one object: treat it as read-only. A composer that goes round in circles ends by its deadline.
 */
export function once(next: Send): Send {
  return function sharing(call) {
    if (!isSafe(call.method)) return invalidating(next, call);
    const key = sharingKeyOf(call);
    if (key === undefined) return next(call);
    const { calls, deadline } = call.context;
    const running = calls.get(key) as Promise<UpstreamAnswer> | undefined;
    if (running !== undefined) {
      if (call.notes !== undefined) call.notes.source = "shared";
      return inTurns(() =>
        deadline.aborted ? Promise.reject(abortFailure(call, deadline.reason)) : running,
      );
    }
    const answer = next(call);
    calls.set(key, answer);
    return answer;
  };
}

once satisfies Layer;

/** What was read before something was changed is not given out afterwards, nor is what was asked for meanwhile. */
function invalidating(next: Send, call: UpstreamCall): Promise<UpstreamAnswer> {
  const { context } = call;
  const { calls } = context;
  context.wrote = true;
  calls.clear();
  return next(call).finally(() => calls.clear());
}
