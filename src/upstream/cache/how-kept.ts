/** How one answer is kept: by the call's own rule, or by the answer's fields (RFC 9111 §3). */
import type { AnswerHeaders } from "../../core/operation.ts";
import type { CacheRule } from "../../core/policies.ts";
import { parseCacheControl } from "../../http/caching/cache-control.ts";
import {
  type Keeping,
  keepingOf,
  mentionsFreshness,
  type Received,
} from "../../http/caching/keeping.ts";
import type { UpstreamCall } from "../send.ts";

/** RFC 9110 §15.1: what is good and says all that there is to say. */
const GOOD: ReadonlySet<number> = new Set([200, 203, 204]);
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** The rule of a call that says a time itself; one without (`cache: { public: true }`) leaves the time to the answer's fields. */
export function timedRule({ cache }: UpstreamCall): CacheRule | undefined {
  return cache !== undefined && cache !== false && cache.ttlMs > 0 ? cache : undefined;
}

/** Whether anything could make this answer worth keeping. Cheap: it is asked of every answer. */
export function mayBeKept(call: UpstreamCall, headers: AnswerHeaders): boolean {
  const { cache } = call;
  if (cache === undefined ? mentionsFreshness(headers) : cache !== false) return true;
  return standInMsOf(call) !== undefined;
}

/** How long an answer may have to stand in for a failed call. */
export function standInMsOf({ standInMs, staleMs }: UpstreamCall): number | undefined {
  return standInMs ?? staleMs;
}

/**
 * @param byFields whether answers of this service are kept as their own fields say.
 * @param authorized see {@link KeepingOptions.authorized}.
 */
export function howKept(
  call: UpstreamCall,
  received: Received,
  byFields: boolean,
  authorized: boolean,
): Keeping | undefined {
  const { cache } = call;
  if (cache === false) return forStandIn(call, received);
  const ruled = cache === undefined ? undefined : byRule(cache, received);
  if (ruled !== undefined) return ruled;
  if (cache === undefined ? !byFields : cache.ttlMs > 0 && forbids(cache, received)) {
    return forStandIn(call, received);
  }
  const isShared = cache?.isPublic === true;
  // A service that fails says so until it is mended, unless somebody has thought about it.
  if (received.status >= 500 && !isShared) return undefined;
  const options = { authorized: authorized && isShared, heuristics: isShared };
  const keeping = keepingOf(received, options) ?? forStandIn(call, received);
  return cache === undefined || keeping === undefined ? keeping : lengthened(keeping, cache);
}

function byRule(rule: CacheRule, received: Received): Keeping | undefined {
  const { status } = received;
  const freshMs = GOOD.has(status) ? rule.ttlMs : GONE.has(status) ? rule.negativeMs : 0;
  if (freshMs <= 0 || forbids(rule, received)) return undefined;
  const { staleMs } = rule;
  return { freshMs, whileRevalidateMs: staleMs, ifErrorMs: staleMs, mayBeStale: true };
}

/** A rule may allow what is stale for longer than the answer does; where the answer forbids it, that holds. */
function lengthened(keeping: Keeping, { staleMs }: CacheRule): Keeping {
  return {
    ...keeping,
    whileRevalidateMs: Math.max(keeping.whileRevalidateMs, staleMs),
    ifErrorMs: Math.max(keeping.ifErrorMs, staleMs),
  };
}

/** What is declared to be the same for all, and is not by its own word, is kept for nobody. */
function forbids(rule: CacheRule, { headers }: Received): boolean {
  if (!rule.isPublic) return false;
  const { directives } = parseCacheControl(headers["cache-control"]);
  return directives.has("no-store") || directives.has("private");
}

/** Good for one thing alone: to stand in when the service fails. RFC 9111 §5.2.2.5 holds for that too. */
function forStandIn(call: UpstreamCall, { status, headers }: Received): Keeping | undefined {
  const { cache } = call;
  if (standInMsOf(call) === undefined || !GOOD.has(status)) return undefined;
  const { directives, malformed } = parseCacheControl(headers["cache-control"]);
  if (malformed || directives.has("no-store")) return undefined;
  if (cache !== undefined && cache !== false && cache.isPublic && directives.has("private")) {
    return undefined;
  }
  return { freshMs: 0, whileRevalidateMs: 0, ifErrorMs: 0, mayBeStale: false };
}
