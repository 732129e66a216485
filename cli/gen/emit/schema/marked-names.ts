/** Keeps `%` away from openapi-typescript, which reads every name as a piece of a URI and fails on a bare `%`. */
import type { DocumentTypes } from "./document-types.ts";

/** The private use area: a character of it stands for `%` while types are made. */
const FIRST_MARK = 0xe000;

/** The document with every `%` marked, and the way back for the printed text. References are URIs already. */
export function withMarkedNames(document: DocumentTypes): {
  readonly marked: DocumentTypes;
  readonly unmark: (text: string) => string;
} {
  if (!hasPercentName(document)) return { marked: document, unmark: (text) => text };
  let code = FIRST_MARK;
  while (someText(document, (text) => text.includes(String.fromCharCode(code)))) code += 1;
  const mark = String.fromCharCode(code);
  return {
    marked: markAll(document, mark) as DocumentTypes,
    unmark: (printed) => printed.replaceAll(mark, "%"),
  };
}

function entriesOf(value: object): [string, unknown][] {
  return value instanceof Map ? [...value] : Object.entries(value);
}

/** Parameters carry their name as a value. */
function hasPercentName(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return entriesOf(value).some(([key, member]) => {
    return (
      key.includes("%") ||
      (key === "name" && String(member).includes("%")) ||
      hasPercentName(member)
    );
  });
}

function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === "string") return test(value);
  if (typeof value !== "object" || value === null) return false;
  return entriesOf(value).some(([key, member]) => test(key) || someText(member, test));
}

function markAll(value: unknown, mark: string): unknown {
  if (typeof value === "string") return value.replaceAll("%", mark);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => markAll(item, mark));
  const entries = entriesOf(value).map(([key, member]): [string, unknown] => {
    return [key.replaceAll("%", mark), key === "$ref" ? member : markAll(member, mark)];
  });
  return value instanceof Map ? new Map(entries) : Object.fromEntries(entries);
}
