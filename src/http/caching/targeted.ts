/** `CDN-Cache-Control` (RFC 9213): directives that are meant for caches in front of a service alone. */
import type { Directives, FieldValue } from "./cache-control.ts";

/** RFC 8941 §3.2, as far as RFC 9213 §2.1 gives it a meaning: keys with integers or nothing; parameters are passed over. */
const MEMBER =
  /[\t ]*([a-z*][a-z0-9_.*-]*)(?:=(-?\d{1,15}|-?\d{1,12}\.\d{1,3}|\?[01]|"(?:[^"\\]|\\["\\])*"|[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*))?(?:;[ ]*[a-z*][a-z0-9_.*-]*(?:=[^,;"]*|="(?:[^"\\]|\\["\\])*")?)*[\t ]*(,|$)/y;
const INTEGER = /^\d+$/;

/**
 * The directives; undefined when there are none or the field cannot be read, and then `Cache-Control` and `Expires`
 * hold (RFC 9213 §2.2).
 */
export function parseCdnCacheControl(value: FieldValue): Directives | undefined {
  if (value === undefined) return undefined;
  const text = (typeof value === "string" ? value : value.join(", ")).trim();
  if (text === "") return undefined;
  const directives = new Map<string, string | true>();
  MEMBER.lastIndex = 0;
  let separator: string | undefined = ",";
  while (separator === ",") {
    const match = MEMBER.exec(text);
    const name = match?.[1];
    // RFC 8941 §4.2: one member that cannot be read makes the whole field one that is not there.
    if (match === null || name === undefined) return undefined;
    const argument = match[2];
    // RFC 8941 §3.2: of several with one key, the last counts.
    directives.delete(name);
    if (argument === undefined || argument === "?1") directives.set(name, true);
    else if (INTEGER.test(argument)) directives.set(name, argument);
    // RFC 9213 §2.1: what is of another type than its directive takes is passed over.
    separator = match[3];
  }
  return directives;
}
