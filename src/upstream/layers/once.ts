/** Layer: identical safe calls of one request are made once; their answers and their failures are shared. */
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";

/**
 * Shares GET and HEAD (RFC 9110 §9.2.1; QUERY has a body, which is no part of the key). A call with a signal of its
 * own is not shared, as one caller's change of mind would end the other's call; a streamed body is read once.
 * What is shared is one object: treat it as read-only.
 */
export function once(next: Send): Send {
  return function sharing(call) {
    const { method, mode, signal, context } = call;
    if (!SAFE.has(method)) return invalidating(next, call);
    if (
      (method !== "GET" && method !== "HEAD") ||
      mode !== "collect" ||
      signal !== undefined ||
      call.body !== null
    ) {
      return next(call);
    }
    const key = keyOf(call);
    const running = context.calls.get(key) as Promise<UpstreamAnswer> | undefined;
    if (running !== undefined) {
      if (call.notes !== undefined) call.notes.source = "shared";
      return running;
    }
    const answer = next(call);
    context.calls.set(key, answer);
    return answer;
  };
}

once satisfies Layer;

/** RFC 9110 §9.2.1, and QUERY (its draft's §2). */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/** What was read before something was changed is not given out afterwards, nor is what was asked for meanwhile. */
function invalidating(next: Send, call: UpstreamCall): Promise<UpstreamAnswer> {
  const { calls } = call.context;
  calls.clear();
  return next(call).finally(() => calls.clear());
}

/** Everything that could make the answer, or the wait for it, another. */
function keyOf(call: UpstreamCall): string {
  const { service, operation, method, target, headers, timeoutMs, read } = call;
  const form = read === undefined ? "bytes" : "value";
  let key = `${service} ${operation.name} ${method} ${target} ${timeoutMs} ${form}`;
  for (const name of Object.keys(headers)) key += `\n${name}:${String(headers[name])}`;
  return key;
}
