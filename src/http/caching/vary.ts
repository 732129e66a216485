/** Which fields of a request choose among the answers of one target (RFC 9111 §4.1). */
import type { FieldValue } from "./cache-control.ts";

/** Looks up a field of a request by its lower-case name. */
export type FieldLookup = (name: string) => FieldValue;

/** The names in a `Vary` field, in order, lower case, each once; `"*"`: no other request can be answered with it. */
export function parseVary(value: FieldValue): readonly string[] | "*" {
  if (value === undefined) return [];
  const text = typeof value === "string" ? value : value.join(",");
  const names = new Set(
    text
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
  names.delete("");
  return names.has("*") ? "*" : [...names].sort();
}

/** What a request says in the fields that choose: equal for two requests that the same answer fits. */
export function selectionOf(names: readonly string[], field: FieldLookup): string {
  let selection = "";
  for (const name of names) selection += `${name}:${normalise(name, field(name))}\n`;
  return selection;
}

/**
 * RFC 9111 §4.1: white space that the syntax allows, lines that can be one, and, where the field's definition makes
 * them mean the same, case and order.
 */
function normalise(name: string, value: FieldValue): string {
  // Absent matches absent only: not the empty value.
  if (value === undefined) return "-";
  const members = (typeof value === "string" ? value : value.join(","))
    .split(",")
    .map((member) =>
      member
        .trim()
        .replace(/[\t ]*;[\t ]*/g, ";")
        .replace(/[\t ]+/g, " "),
    )
    .filter((member) => member !== "");
  // RFC 9110 §12.5.3, §12.5.4: weights rank the members, their order does not; neither does case.
  if (name === "accept-language" || name === "accept-encoding") {
    return `=${members
      .map((member) => member.toLowerCase())
      .sort()
      .join(",")}`;
  }
  return `=${members.join(",")}`;
}
