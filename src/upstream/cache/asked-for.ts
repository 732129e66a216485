/** What a call asks of the cache, and how it is sent on when the cache asks for itself. */
import { problem } from "../../core/errors.ts";
import { CONDITIONAL_FIELDS } from "../../http/caching/preconditions.ts";
import { requestDirectives } from "../../http/caching/reuse.ts";
import { AttemptCall } from "../attempt-call.ts";
import type { UpstreamCall } from "../send.ts";

/** RFC 9111 §5.2.1.7 */
export function wantsKeptOnly({ headers }: UpstreamCall): boolean {
  const value = headers["cache-control"];
  return value !== undefined && requestDirectives(value).has("only-if-cached");
}

export function nothingKept(): Error {
  return problem("service-unreachable", {
    status: 504,
    detail:
      'the request takes an answer that is kept and no other ("only-if-cached"), and none is kept',
  });
}

/** The call with other conditions than the caller's own. */
export function withFields(call: UpstreamCall, conditions: Record<string, string>): UpstreamCall {
  const headers = { ...call.headers };
  for (const name of CONDITIONAL_FIELDS) delete headers[name];
  Object.assign(headers, conditions);
  return new AttemptCall(call, headers, call.timeoutMs, call.signal);
}

/** RFC 9111 §3.5. What configuration sends with every call is the gateway's own, and the same for all. */
export function isAuthorized(
  { headers, context }: UpstreamCall,
  forward: readonly string[],
): boolean {
  if (headers.authorization !== undefined) return true;
  return context.headers.authorization !== undefined && forward.includes("authorization");
}
