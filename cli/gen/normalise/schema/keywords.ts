/** What each keyword of JSON Schema 2020-12 must hold. Keywords that are not here do not reach the model. */
import { isRecord } from "../../read/raw.ts";

/** Keywords copied as they are, where their value is right; else dropped. */
const PLAIN: Readonly<Record<string, (value: unknown) => boolean>> = {
  title: isText,
  description: isText,
  format: isText,
  pattern: isPattern,
  contentEncoding: isText,
  contentMediaType: isText,
  deprecated: isFlag,
  readOnly: isFlag,
  writeOnly: isFlag,
  uniqueItems: isFlag,
  multipleOf: (value) => isNumber(value) && value > 0,
  maximum: isNumber,
  minimum: isNumber,
  maxLength: isCount,
  minLength: isCount,
  maxItems: isCount,
  minItems: isCount,
  maxContains: isCount,
  minContains: isCount,
  maxProperties: isCount,
  minProperties: isCount,
  enum: (value) => Array.isArray(value) && value.length > 0,
  const: () => true,
  default: () => true,
  dependentRequired: (value) => isRecord(value) && Object.values(value).every(isNames),
};

const WANTED: Readonly<Record<string, string>> = {
  pattern: "a regular expression of ECMA-262",
  enum: "a list of values",
  multipleOf: "a number above zero",
  dependentRequired: "lists of property names",
};

const RULES = new Map(Object.entries(PLAIN));

export function isPlainKeyword(keyword: string): boolean {
  return RULES.has(keyword);
}

/** `undefined`: the value is right; else what it should be. */
export function expectationOf(keyword: string, value: unknown): string | undefined {
  const rule = RULES.get(keyword);
  if (rule === undefined || rule(value)) return undefined;
  if (rule === isText) return "a text";
  if (rule === isFlag) return "true or false";
  if (rule === isCount) return "a whole number from zero";
  return WANTED[keyword] ?? "a number";
}

export function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** With the `u` flag as JSON Schema says, or without as most documents are written. */
function isPattern(value: unknown): value is string {
  return typeof value === "string" && (compiles(value, "u") || compiles(value, ""));
}

function compiles(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
