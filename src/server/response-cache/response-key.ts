/** Keys of composed answers: what is asked for, and for whom. */
import { hash } from "node:crypto";
import { quoteJson } from "../../core/quote-json.ts";
import { NO_QUERY, type Query } from "../../http/query.ts";
import type { Inbound } from "../inbound.ts";

type Headers = Inbound["headers"];

/** Makes the keys of one route. */
export interface ResponseKeys {
  /** Of what a request asks for, for this caller. */
  keyOf(
    values: readonly string[],
    query: Query,
    fields: string | undefined,
    headers: Headers,
  ): string;
  /** Of the answer for requests that say the same in these header fields (RFC 9111 §4.1). */
  variantOf(key: string, names: readonly string[], headers: Headers): string;
}

/**
 * @param route method, frontend and template: no other route has the same.
 * @param credentials names of all header fields, in lower case, that may tell one caller from another; none: the
 * answer is the same for all.
 */
export function createResponseKeys(route: string, credentials: readonly string[]): ResponseKeys {
  const names = [...new Set(credentials)].sort();

  return {
    keyOf(values, query, fields, headers) {
      // Values are written as JSON, so that none can pass for a separator and what follows it.
      let text = route;
      for (const value of values) text += `\n${quoteJson(value)}`;
      if (query !== NO_QUERY) {
        for (const name of Object.keys(query).sort()) {
          text += `\n?${JSON.stringify([name, query[name]])}`;
        }
      }
      if (fields !== undefined) text += `\n#${JSON.stringify(canonicalFields(fields))}`;
      let isSecret = false;
      for (const name of names) {
        const value = headers[name];
        if (value === undefined) continue;
        text += `\n@${name}:${JSON.stringify(value)}`;
        isSecret = true;
      }
      // What callers are known by must not be read out of a store, and a key must not be long. Any other is its own.
      return isSecret || text.length > MAX_PLAIN ? hash("sha256", text, "base64url") : text;
    },
    variantOf(key, varying, headers) {
      let text = `${key}\n`;
      for (const name of varying) text += `\n@${name}:${JSON.stringify(headers[name] ?? null)}`;
      return hash("sha256", text, "base64url");
    },
  };
}

/** A key that needs no hash, which costs as much as the rest of it. Begins unlike any hash. */
const MAX_PLAIN = 120;

/** The order of the list is not that of the answer. */
function canonicalFields(text: string): string {
  return text
    .split(",")
    .map((path) => path.trim())
    .sort()
    .join(",");
}

/** Whether two requests say the same in these fields. */
export function areAlike(names: Iterable<string>, one: Headers, other: Headers): boolean {
  for (const name of names) {
    if (JSON.stringify(one[name]) !== JSON.stringify(other[name])) return false;
  }
  return true;
}
