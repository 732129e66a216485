/**
 * Keeps two kinds of names away from openapi-typescript: it reads every name as a piece of a URI and fails on a bare `%`,
 * and it drops the last piece of a reference where that is empty.
 */
import type { DocumentTypes } from "./document-types.ts";

/** The private use area: characters of it stand for `%` and for the empty name while types are made. */
const FIRST_MARK = 0xe000;

interface Marks {
  readonly percent: string;
  readonly empty: string;
}

/** The document with every `%` and every reference to an empty name marked, and the way back for the printed text. */
export function withMarkedNames(document: DocumentTypes): {
  readonly marked: DocumentTypes;
  readonly unmark: (text: string) => string;
} {
  const { schemas, uploads } = document.sections;
  if (!schemas.has("") && !uploads.has("") && !hasPercentName(document))
    return { marked: document, unmark: (text) => text };
  const percent = freeMark(document, FIRST_MARK);
  const empty = freeMark(document, percent + 1);
  const marks: Marks = {
    percent: String.fromCharCode(percent),
    empty: String.fromCharCode(empty),
  };
  return {
    marked: markAll(document, marks) as DocumentTypes,
    unmark: (printed) => printed.replaceAll(marks.percent, "%").replaceAll(marks.empty, ""),
  };
}

/** A character that the document does not have. */
function freeMark(document: DocumentTypes, first: number): number {
  let code = first;
  while (someText(document, (text) => text.includes(String.fromCharCode(code)))) code += 1;
  return code;
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

function markAll(value: unknown, marks: Marks): unknown {
  if (typeof value === "string") return value.replaceAll("%", marks.percent);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => markAll(item, marks));
  const entries = entriesOf(value).map(([key, member]): [string, unknown] => {
    const isReference = key === "$ref" && typeof member === "string";
    return [
      key.replaceAll("%", marks.percent),
      isReference ? markReference(member, marks) : markAll(member, marks),
    ];
  });
  return value instanceof Map ? new Map(entries) : Object.fromEntries(entries);
}

/** A reference is a URI, whose `%` are escaped already. */
function markReference(reference: string, { empty }: Marks): string {
  return reference.endsWith("/") ? `${reference}${empty}` : reference;
}
