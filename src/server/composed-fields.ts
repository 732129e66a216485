/** The header fields that a composer gives its answer. */
import { validateHeaderName, validateHeaderValue } from "node:http";
import { isHopByHop } from "../http/hop-by-hop.ts";

/**
 * Those that go out; how the message is framed is the server's alone (RFC 9112 §6), so what says so is left out. All are
 * looked at before any is used: an answer that cannot be written leaves nothing of its own on the problem.
 * @throws TypeError when one cannot be in a head (RFC 9110 §5.1, §5.5).
 */
export function composedFields(
  headers: Readonly<Record<string, string | string[]>>,
): readonly (readonly [name: string, value: string | string[]])[] {
  const fields: (readonly [string, string | string[]])[] = [];
  for (const name of Object.keys(headers)) {
    const lower = name.toLowerCase();
    if (isHopByHop(lower) || lower === "content-length") continue;
    const given: unknown = headers[name];
    const value = Array.isArray(given) ? given.map(String) : String(given);
    validateHeaderName(name);
    for (const line of [value].flat()) validateHeaderValue(name, line);
    fields.push([name, value]);
  }
  return fields;
}
