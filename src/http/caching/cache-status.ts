/** The `Cache-Status` field (RFC 9211): what this cache did for an answer, and how it is written. */

/** RFC 9211 §2.2: why a request went on to the service. */
export type ForwardReason =
  | "bypass"
  | "method"
  | "uri-miss"
  | "vary-miss"
  | "miss"
  | "request"
  | "stale";

export interface Forwarded {
  readonly reason: ForwardReason;
  /** RFC 9211 §2.3: of the answer that came back, where it is not the status that is given out. */
  readonly status?: number | undefined;
  /** RFC 9211 §2.5: the answer was kept. */
  readonly stored?: boolean | undefined;
  /** RFC 9211 §2.6: the request waited for another one that asked the same. */
  readonly collapsed?: boolean | undefined;
}

/** RFC 9211 §2: a cache names itself; not by a host name, which would tell what is inside. */
const CACHE_NAME = "heddle";

/** The parameters of a hit. RFC 9211 §2.4: seconds of freshness left, negative for a stale answer. */
export function hitStatus(ttlSeconds: number): string {
  return `hit; ttl=${Math.trunc(ttlSeconds)}`;
}

/** The whole field of a hit. Many hits in a row say the same: the last text is kept. */
export function createHitField(): (ttlSeconds: number) => string {
  let lastSeconds = Number.NaN;
  let text = "";
  return function hitField(ttlSeconds) {
    if (ttlSeconds !== lastSeconds) {
      lastSeconds = ttlSeconds;
      text = formatCacheStatus(hitStatus(ttlSeconds));
    }
    return text;
  };
}

/** The parameters of a request that went on. */
export function forwardStatus({ reason, status, stored, collapsed }: Forwarded): string {
  let text = `fwd=${reason}`;
  if (status !== undefined) text += `; fwd-status=${status}`;
  if (stored === true) text += "; stored";
  if (collapsed === true) text += "; collapsed";
  return text;
}

/**
 * The field of an answer: this cache's member after those of caches nearer to the service (RFC 9211 §2).
 *
 * @param parameters of {@link hitStatus} or {@link forwardStatus}.
 */
export function formatCacheStatus(
  parameters: string,
  before?: string | readonly string[] | undefined,
): string {
  const own = `${CACHE_NAME}; ${parameters}`;
  const others = typeof before === "string" ? before : (before?.join(", ") ?? "");
  return others === "" ? own : `${others}, ${own}`;
}
