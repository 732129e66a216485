/** Conditions of a request, as far as a cache evaluates them (RFC 9111 §4.3.2, RFC 9110 §13). */
import { matchesStrongly, matchesWeakly, parseEntityTags } from "./entity-tag.ts";
import { parseHttpDate } from "./http-date.ts";
import type { StoredFields } from "./stored-fields.ts";

/** The request's fields: lower-case names. */
export type RequestFields = Readonly<Record<string, string | string[] | undefined>>;

/** Fields that make a request conditional or ask for a part: not sent with a request whose answer is to be kept. */
export const CONDITIONAL_FIELDS: readonly string[] = [
  "if-none-match",
  "if-modified-since",
  "range",
  "if-range",
];

/** RFC 9111 §4.3.2: these two are for the service alone. */
export function isForServiceOnly(request: RequestFields): boolean {
  return request["if-match"] !== undefined || request["if-unmodified-since"] !== undefined;
}

/** Whether the client has what is kept already: it gets a 304. RFC 9110 §13.2.2: entity tags come before dates. */
export function isNotModified(
  request: RequestFields,
  stored: StoredFields,
  storedAtMs: number,
): boolean {
  const tags = textOf(request["if-none-match"]);
  if (tags !== undefined) {
    const own = textOf(stored.etag);
    if (tags.trim() === "*") return true;
    return own !== undefined && parseEntityTags(tags).some((tag) => matchesWeakly(tag, own));
  }
  const since = textOf(request["if-modified-since"]);
  if (since === undefined) return false;
  const sinceMs = parseHttpDate(since, storedAtMs);
  // RFC 9110 §13.1.3: what is no date is no condition.
  if (sinceMs === undefined) return false;
  // RFC 9111 §4.3.2: without a Last-Modified the date of the answer tells that it did not change later.
  const changed = textOf(stored["last-modified"]) ?? textOf(stored.date);
  const changedMs = changed === undefined ? storedAtMs : parseHttpDate(changed, storedAtMs);
  return changedMs !== undefined && changedMs <= sinceMs;
}

/** RFC 9110 §13.1.5: whether a `Range` counts, given the `If-Range` beside it. */
export function rangeCounts(request: RequestFields, stored: StoredFields): boolean {
  const condition = textOf(request["if-range"]);
  if (condition === undefined) return true;
  const tag = textOf(stored.etag);
  if (/^(?:W\/)?"/.test(condition)) return tag !== undefined && matchesStrongly(condition, tag);
  return condition === textOf(stored["last-modified"]);
}

/** RFC 9111 §4.3.1: what asks the service whether what is kept still holds; undefined: there is nothing to ask by. */
export function validatorsOf(stored: StoredFields): Record<string, string> | undefined {
  const tag = textOf(stored.etag);
  const modified = textOf(stored["last-modified"]);
  if (tag === undefined && modified === undefined) return undefined;
  return {
    ...(tag === undefined ? {} : { "if-none-match": tag }),
    ...(modified === undefined ? {} : { "if-modified-since": modified }),
  };
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.join(", ");
}
