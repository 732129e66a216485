/** Which fields of an answer are kept with it, and how a 304 freshens them (RFC 9111 §3.1, §3.2). */
import type { AnswerHeaders } from "../../core/operation.ts";
import { connectionOptions, isHopByHop } from "../hop-by-hop.ts";
import { fieldsNamedBy, parseCacheControl } from "./cache-control.ts";

export type StoredFields = Readonly<Record<string, string | string[]>>;

/** Fields that are for one receiver, or that this cache makes itself. */
const NEVER_KEPT: ReadonlySet<string> = new Set([
  // A cookie is made for one client. RFC 6265 §3 does not forbid to keep it, and so it was given to many.
  "set-cookie",
  "set-cookie2",
  // RFC 9211 §2: says what happened to the request that was answered then.
  "cache-status",
]);

/** RFC 9111 §3.2: a 304 has no content, so what it says of content is not believed; nor may a validator change by it. */
const NOT_FRESHENED: ReadonlySet<string> = new Set([
  "content-encoding",
  "content-length",
  "content-md5",
  "content-range",
  "etag",
]);

/** RFC 9110 §15.4.5, §8.6: fields that describe content which a 304 does not have. */
const OF_CONTENT: ReadonlySet<string> = new Set([
  "content-encoding",
  "content-language",
  "content-length",
  "content-range",
  "content-type",
]);

/** RFC 9111 §3.1, §5.2.2.4, §5.2.2.7. */
export function storedFields(headers: AnswerHeaders): StoredFields {
  const { directives } = parseCacheControl(headers["cache-control"]);
  const left = new Set([
    ...connectionOptions(headers.connection),
    ...fieldsNamedBy(directives, "no-cache"),
    ...fieldsNamedBy(directives, "private"),
  ]);
  const kept: Record<string, string | string[]> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined || isHopByHop(name) || NEVER_KEPT.has(name) || left.has(name)) continue;
    kept[name] = value;
  }
  return kept;
}

/** RFC 9111 §3.2, §4.3.4: what is kept, brought up to date by the 304 that confirmed it. */
export function freshenedFields(stored: StoredFields, notModified: AnswerHeaders): StoredFields {
  const fresh = storedFields(notModified);
  const fields: Record<string, string | string[]> = { ...stored };
  // Of the age that the old one arrived with nothing is left.
  delete fields.age;
  for (const name of Object.keys(fresh)) {
    const value = fresh[name];
    if (value !== undefined && !NOT_FRESHENED.has(name)) fields[name] = value;
  }
  return fields;
}

/** RFC 9110 §15.4.5: the fields of a 304 that is made from what is kept. */
export function notModifiedFields(fields: StoredFields): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined && !OF_CONTENT.has(name)) result[name] = value;
  }
  return result;
}
