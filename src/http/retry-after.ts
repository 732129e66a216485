/** The `Retry-After` field (RFC 9110 §10.2.3): seconds, or the date at which to try again. */

/** Whole seconds from `nowMs` (since the epoch), never negative; undefined when the value is neither form. */
export function parseRetryAfter(
  value: string | readonly string[] | undefined,
  nowMs: number,
): number | undefined {
  const text = (typeof value === "string" ? value : value?.[0])?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // RFC 9110 §5.6.7: the three forms of a date begin with the day's name.
  const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1_000));
}
