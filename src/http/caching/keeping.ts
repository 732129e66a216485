/** Whether an answer may be kept by a shared cache, and how long it is fresh, by its own fields (RFC 9111 §3, §4.2). */
import type { AnswerHeaders } from "../../core/operation.ts";
import { type Directives, type FieldValue, parseCacheControl, secondsOf } from "./cache-control.ts";
import { parseHttpDate } from "./http-date.ts";
import { parseCdnCacheControl } from "./targeted.ts";

export interface Received {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** RFC 9111 §4.2.3: when the request was sent and when its answer was there; since the epoch. */
  readonly requestedAtMs: number;
  readonly receivedAtMs: number;
}

export interface KeepingOptions {
  /** The request had an `Authorization` field, and the answer is to be given to whoever asks. */
  readonly authorized: boolean;
  /** Without an explicit lifetime one may be guessed (RFC 9111 §4.2.2), and a validator alone is worth keeping. */
  readonly heuristics: boolean;
}

/** How an answer is kept. Every time counts from when it was received, its age on arrival taken off. */
export interface Keeping {
  /** Fresh for this long; 0: it has to be validated before each use. */
  readonly freshMs: number;
  /** RFC 5861 §3: given out for this long after that, while it is fetched anew. */
  readonly whileRevalidateMs: number;
  /** RFC 5861 §4: given out for this long after that, when fetching it fails. */
  readonly ifErrorMs: number;
  /** RFC 9111 §5.2.2.2, §5.2.2.8, §5.2.2.10: false: never given out stale, whoever allows it. */
  readonly mayBeStale: boolean;
}

/** RFC 9110 §15.1, without 206, which is not kept: a lifetime may be guessed for these. */
const HEURISTIC: ReadonlySet<number> = new Set([
  200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501,
]);
/** RFC 9111 §4.2.2: a tenth of the time since it changed is typical; never more than a day. */
const HEURISTIC_SHARE = 0.1;
const MAX_HEURISTIC_MS = 86_400_000;
/** RFC 9111 §5.1. */
const AGE = /^\d{1,10}$/;

/** Whether an answer has any field that could make it worth keeping; cheap, for those that have none. */
export function mentionsFreshness(headers: AnswerHeaders): boolean {
  return (
    headers["cache-control"] !== undefined ||
    headers.expires !== undefined ||
    headers["cdn-cache-control"] !== undefined
  );
}

/** How the answer to a GET is kept; undefined: not at all. */
export function keepingOf(received: Received, options: KeepingOptions): Keeping | undefined {
  const { status, headers } = received;
  // RFC 9111 §3.3, §4.3.4: a part and a "not modified" are no answers of their own.
  if (status < 200 || status === 206 || status === 304) return undefined;
  const targeted = parseCdnCacheControl(headers["cdn-cache-control"]);
  const untargeted = parseCacheControl(headers["cache-control"]);
  // What cannot be understood might have been a prohibition.
  if (targeted === undefined && untargeted.malformed) return undefined;
  const directives = targeted ?? untargeted.directives;
  // A cookie is made for one client, and so may be what comes with it.
  if (headers["set-cookie"] !== undefined && !directives.has("public")) return undefined;
  if (!isAllowed(status, directives, options)) return undefined;

  const lifetimeMs = lifetimeOf(received, directives, targeted === undefined, options.heuristics);
  const hasValidator = headers.etag !== undefined || headers["last-modified"] !== undefined;
  if (lifetimeMs === undefined && !(options.heuristics && HEURISTIC.has(status) && hasValidator)) {
    return undefined;
  }
  const ageMs = ageOf(received);
  // RFC 9111 §5.2.2.4, without an argument.
  const noCache = directives.get("no-cache") === true;
  const freshMs = noCache || ageMs === undefined ? 0 : Math.max(0, (lifetimeMs ?? 0) - ageMs);
  const mayBeStale = !(
    noCache ||
    directives.has("must-revalidate") ||
    directives.has("proxy-revalidate") ||
    directives.has("s-maxage")
  );
  const keeping = {
    freshMs,
    whileRevalidateMs: mayBeStale ? milliseconds(directives, "stale-while-revalidate") : 0,
    ifErrorMs: mayBeStale ? milliseconds(directives, "stale-if-error") : 0,
    mayBeStale,
  };
  const isUseful = freshMs > 0 || hasValidator || keeping.whileRevalidateMs + keeping.ifErrorMs > 0;
  return isUseful ? keeping : undefined;
}

/** RFC 9111 §3. */
function isAllowed(
  status: number,
  directives: Directives,
  { authorized }: KeepingOptions,
): boolean {
  // RFC 9111 §5.2.2.3: whoever knows what the status means for caching may pass over `no-store`.
  if (directives.has("must-understand")) {
    if (!HEURISTIC.has(status)) return false;
  } else if (directives.has("no-store")) {
    return false;
  }
  // RFC 9111 §5.2.2.7. With field names, only those may not be kept.
  if (directives.get("private") === true) return false;
  // RFC 9111 §3.5
  return (
    !authorized ||
    directives.has("public") ||
    directives.has("s-maxage") ||
    directives.has("must-revalidate")
  );
}

/** RFC 9111 §4.2.1, from the first that is there; undefined: nothing is said. */
function lifetimeOf(
  { status, headers, receivedAtMs }: Received,
  directives: Directives,
  expiresCounts: boolean,
  heuristics: boolean,
): number | undefined {
  const seconds = secondsOf(directives, "s-maxage") ?? secondsOf(directives, "max-age");
  if (seconds !== undefined) return seconds * 1_000;
  const dateMs = dateOf(headers.date, receivedAtMs) ?? receivedAtMs;
  // RFC 9213 §2.2: a targeted field silences Expires too.
  if (headers.expires !== undefined && expiresCounts) {
    // RFC 9111 §5.3: what is no date is in the past.
    const expiresMs = dateOf(headers.expires, receivedAtMs);
    return expiresMs === undefined ? 0 : Math.max(0, expiresMs - dateMs);
  }
  if (heuristics && (HEURISTIC.has(status) || directives.has("public"))) {
    const modifiedMs = dateOf(headers["last-modified"], receivedAtMs);
    if (modifiedMs !== undefined && modifiedMs < dateMs) {
      return Math.min(MAX_HEURISTIC_MS, (dateMs - modifiedMs) * HEURISTIC_SHARE);
    }
  }
  return directives.has("no-cache") ? 0 : undefined;
}

/** RFC 9111 §4.2.3: the age that the answer arrived with; undefined: nobody can tell. */
export function ageOf({ headers, requestedAtMs, receivedAtMs }: Received): number | undefined {
  const { age } = headers;
  // RFC 9111 §5.1 would pass over a value that is none; then the answer could be of any age (§4.2.1: stale).
  if (age !== undefined && (typeof age !== "string" || !AGE.test(age))) return undefined;
  const dateMs = dateOf(headers.date, receivedAtMs);
  const apparentMs = dateMs === undefined ? 0 : Math.max(0, receivedAtMs - dateMs);
  const correctedMs = Number(age ?? 0) * 1_000 + Math.max(0, receivedAtMs - requestedAtMs);
  return Math.max(apparentMs, correctedMs);
}

function dateOf(value: FieldValue, nowMs: number): number | undefined {
  return typeof value === "string" ? parseHttpDate(value.trim(), nowMs) : undefined;
}

function milliseconds(directives: Directives, name: string): number {
  return (secondsOf(directives, name) ?? 0) * 1_000;
}
