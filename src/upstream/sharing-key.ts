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
  return call.sharingKey ?? joinKey(call);
}

/** The pieces of an operation's keys that are the same for all of its plain calls. */
export interface Sharing {
  /** Its calls can have an identity at all. */
  readonly isPossible: boolean;
  /** Of the calls for which the pieces are. */
  readonly timeoutMs: number;
  /** Before the target, and after it. */
  readonly before: string;
  readonly after: string;
}

/** What {@link joinKey} would say of a call that asks for the operation's media types, and nothing else. */
export function sharingOf(service: string, plan: OperationPlan, timeoutMs: number): Sharing {
  const { name, method, accept } = plan;
  return {
    isPossible: method === "GET" || method === "HEAD",
    timeoutMs,
    before: `${service} ${timeoutMs} value ${name} ${method} `,
    after: accept === undefined ? "" : `\naccept:${accept}`,
  };
}

/** Puts the key together. The timeout is part of it: whoever is content with a shorter wait makes a call of its own. */
export function joinKey({ service, identity, timeoutMs, read }: UpstreamCall): string | undefined {
  if (identity === undefined) return undefined;
  return `${service} ${timeoutMs} ${read === undefined ? "bytes" : "value"} ${identity}`;
}
