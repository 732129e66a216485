/** Parses the text of a file, JSON or YAML, whichever its content is. */
import { parseDocument } from "yaml";
import { ExactInteger, parseExactJson } from "../../../src/core/exact-json.ts";
import { type DocumentFault, UnreadableFile } from "./document-error.ts";
import { findJsonError } from "./json-error.ts";
import { findJsonOffsets } from "./json-offsets.ts";
import { createLineIndex } from "./line-index.ts";
import { tooDeepAt } from "./nesting.ts";
import { formatPointer } from "./pointer.ts";
import { createPointerTree, offsetOf, type PointerTree } from "./pointer-tree.ts";
import { findYamlOffsets } from "./yaml-offsets.ts";
import { YamlValueError, yamlToValue } from "./yaml-values.ts";

export interface ParsedText {
  readonly value: unknown;
  readonly text: string;
  readonly leniency?: string;
  findOffsets(tree: PointerTree): void;
  /** The value once more, with every digit of integers beyond 2^53; undefined where there can be none. */
  exactValue(): unknown;
}

/** No real document nests deeper than 30 levels; more than this and recursive readers run out of stack. */
export const MAX_NESTING = 256;
/** What may be an integer beyond 2^53, which has sixteen digits. */
const LONG_INTEGER = /(?:^|[[:,\s-])[1-9]\d{15,}(?=[\s,\]}]|$)/;
/** Broken JSON beyond this size is not tried again as YAML, which takes ten times as long. */
const MAX_RETRIED_JSON = 4_000_000;

/** @throws UnreadableFile with the place of the first mistake. */
export function parseText(source: string, name: string): ParsedText {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) {
    throw unreadable(name, text, 0, "the file is empty", "give it an OpenAPI document");
  }
  if (first === "<") {
    throw unreadable(
      name,
      text,
      text.indexOf("<"),
      "this is HTML or XML, not an OpenAPI document",
      "give the address of the JSON or YAML itself, not of a page that shows it",
    );
  }
  const parsed: ParsedText =
    first === "{" || first === "[" ? parseJson(text, name) : parseYaml(text, name);
  const deep = tooDeepAt(parsed.value, MAX_NESTING);
  if (deep !== undefined) {
    const pointer = formatPointer(deep);
    const tree = createPointerTree([pointer]);
    parsed.findOffsets(tree);
    throw tooDeep(name, text, offsetOf(tree, pointer));
  }
  return parsed;
}

function parseJson(text: string, name: string): ParsedText {
  try {
    const value: unknown = JSON.parse(text);
    return {
      value,
      text,
      findOffsets: (tree) => findJsonOffsets(text, tree),
      exactValue: () => (LONG_INTEGER.test(text) ? parseExactJson(text) : undefined),
    };
  } catch {
    const offset = findJsonError(text) ?? text.length;
    const fault = unreadable(
      name,
      text,
      offset,
      "not valid JSON",
      "look for a missing comma, quote or bracket here",
    );
    if (text.length > MAX_RETRIED_JSON) throw fault;
    try {
      return { ...parseYaml(text, name), leniency: "not valid JSON, read as YAML" };
    } catch {
      throw fault;
    }
  }
}

function parseYaml(text: string, name: string): ParsedText {
  try {
    const strict = readYaml(text, true);
    if (strict.mistake === undefined) return strict.parsed();
    const lenient = readYaml(text, false);
    if (lenient.mistake === undefined)
      return { ...lenient.parsed(), leniency: strict.mistake.message };
    const { message, offset } = strict.mistake;
    // The parser recurses, and reports the end of the stack as a mistake of the text.
    if (/call stack/i.test(message)) throw tooDeep(name, text, offset);
    const cure = "correct the indentation or the quotes here";
    throw unreadable(name, text, offset, `not valid YAML: ${message}`, cure);
  } catch (error) {
    if (error instanceof YamlValueError) {
      const { message, cure, offset } = error.fault;
      throw unreadable(name, text, offset, message, cure);
    }
    if (error instanceof RangeError) throw tooDeep(name, text, 0);
    throw error;
  }
}

interface YamlReading {
  readonly mistake?: { readonly message: string; readonly offset: number };
  parsed(): ParsedText;
}

function readYaml(text: string, strict: boolean): YamlReading {
  const options = {
    strict,
    // Keys are compared by yamlToValue: the parser compares each with each.
    uniqueKeys: false,
    prettyErrors: false,
    schema: "core",
    logLevel: "silent",
  } as const;
  const document = parseDocument(text, options);
  const [error] = document.errors;
  const parsed = (): ParsedText => ({
    value: yamlToValue(document.contents),
    text,
    findOffsets: (tree) => findYamlOffsets(document.contents, tree),
    exactValue: () => {
      if (!LONG_INTEGER.test(text)) return undefined;
      const { contents } = parseDocument(text, { ...options, intAsBigInt: true });
      return yamlToValue(contents, exactInteger);
    },
  });
  return error === undefined
    ? { parsed }
    : { parsed, mistake: { message: firstLine(error.message), offset: error.pos[0] } };
}

function exactInteger(value: bigint): unknown {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new ExactInteger(String(value));
}

function firstLine(message: string): string {
  const line = message.split("\n", 1)[0] ?? message;
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function tooDeep(name: string, text: string, offset: number): UnreadableFile {
  const message = `nested deeper than ${MAX_NESTING} levels`;
  return unreadable(name, text, offset, message, "a document as deep as this is broken");
}

function unreadable(
  file: string,
  text: string,
  offset: number,
  message: string,
  cure: string,
  pointer = "",
): UnreadableFile {
  const fault: DocumentFault = {
    code: "document-unreadable",
    message,
    cure,
    file,
    pointer,
    ...createLineIndex(text).lineAt(offset),
  };
  return new UnreadableFile(fault);
}
