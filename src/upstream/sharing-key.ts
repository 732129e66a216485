/** Which calls are the same call: what `once` and `coalesce` know them by. */
import type { OperationPlan } from "./plan.ts";
import type { UpstreamCall } from "./send.ts";

/** RFC 9110 §9.2.1, and QUERY (its draft's §2). */
const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "QUERY"]);

/** Whether a method promises to change nothing. */
export function isSafe(method: string): boolean {
  // The commonest first: no look-up.
  return method === "GET" || SAFE.has(method);
}

/**
 * Everything but the caller that could make the answer, or the wait for it, another. Undefined: the call cannot be
 * shared, because its answer is streamed, because a signal of its own could end it, or because it has no identity.
 * A call that knows its key already is not asked for the pieces again.
 */
export function sharingKeyOf(call: UpstreamCall): string | undefined {
  if (call.mode !== "collect" || call.signal !== undefined || call.shares === false) {
    return undefined;
  }
  return call.sharingKey ?? makeKey(call);
}

/** What is the same in the keys of an operation's plain calls. */
export interface Sharing {
  readonly timeoutMs: number;
  /** What the target follows: the timeout is part of it, as whoever is content with a shorter wait makes a call of its own. */
  readonly before: string;
}

export function sharingOf(service: string, { name }: OperationPlan, timeoutMs: number): Sharing {
  return { timeoutMs, before: `${service} ${name} ${timeoutMs} ` };
}

/**
 * Puts the key together. That of a plain call, which is nearly every one, is short: it is looked for twice. It is never
 * that of another, which has the timeout where this has the operation: no operation's name begins with a digit.
 */
export function makeKey(call: UpstreamCall, sharing?: Sharing): string | undefined {
  const { service, operation, target, timeoutMs } = call;
  if (isPlain(call)) {
    const known = sharing?.timeoutMs === timeoutMs ? sharing : undefined;
    return (known ?? sharingOf(service, operation, timeoutMs)).before + target;
  }
  const { identity, read } = call;
  if (identity === undefined) return undefined;
  return `${service} ${timeoutMs} ${read === undefined ? "bytes" : "value"} ${identity}`;
}

/** Whether the operation and the target tell all that a call asks for. */
function isPlain({ operation, method, headers, body, read }: UpstreamCall): boolean {
  if (method !== operation.method || (method !== "GET" && method !== "HEAD")) return false;
  if (body !== null || read === undefined || headers.accept !== operation.accept) return false;
  for (const name in headers) if (name !== "accept") return false;
  return true;
}
