/** What ajv says of an answer -> where it differs and what was expected; never what was there instead. */
import type { ErrorObject } from "ajv";
import { appendPointer, formatPointer, parsePointer } from "../../core/json-pointer.ts";

/** One place in which an answer differs from its document. */
export interface Finding {
  /** RFC 6901; indexes and names that the document does not declare are `*`: they are data, and without number. */
  readonly pointer: string;
  /** The keyword of JSON Schema that is broken; `status`: it is none that the document declares. */
  readonly keyword: string;
  /** Completes a sentence that begins with the place: `must be string`. */
  readonly expected: string;
}

/** How many values of an `enum` are told. */
const MOST_VALUES = 5;
/** What is deeper is counted where it hangs: what holds itself would have a place for every depth. */
const DEEPEST = 16;
const ANY = "*";
const UNIONS = {
  anyOf: "must be one of the document's alternatives",
  oneOf: "must be exactly one of the document's alternatives",
} as const;

/** One finding a pointer, in the order of the errors. */
export function findingsOf(
  errors: readonly ErrorObject[],
  names: ReadonlySet<string>,
): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const error of errors) {
    // Says no more than the errors beside it.
    if (error.keyword === "if" || error.propertyName !== undefined) continue;
    const finding = findingOf(error, names);
    if (!found.has(finding.pointer)) found.set(finding.pointer, finding);
  }
  return [...found.values()];
}

function findingOf(error: ErrorObject, names: ReadonlySet<string>): Finding {
  const { keyword, params, instancePath, message = "differs" } = error;
  const at = fold(instancePath, names);
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return {
        pointer: appendPointer(at, params.missingProperty),
        keyword,
        expected: "is missing",
      };
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name: unknown = params.additionalProperty ?? params.unevaluatedProperty;
      const expected = "is not a property that the document allows";
      return { pointer: appendPointer(at, undeclared(error, String(name))), keyword, expected };
    }
    case "propertyNames":
      return {
        pointer: appendPointer(at, ANY),
        keyword,
        expected: "has a name that is not allowed",
      };
    case "enum":
      return { pointer: at, keyword, expected: `must be ${listOf(params.allowedValues)}` };
    case "const":
      return { pointer: at, keyword, expected: `must be ${JSON.stringify(params.allowedValue)}` };
    case "false schema":
      return { pointer: at, keyword, expected: "must not be there" };
    case "not": {
      const union = unionOf(error.parentSchema);
      return union === undefined
        ? { pointer: at, keyword, expected: "is what the document excludes" }
        : { pointer: at, keyword: union, expected: UNIONS[union] };
    }
    case "type":
      return { pointer: at, keyword, expected: `must be ${[params.type].flat().join(" or ")}` };
    default:
      return { pointer: at, keyword, expected: message.replace("NOT", "not") };
  }
}

/**
 * The name of a property that must not be there. An object with declared properties alone is a record: what a service
 * adds to it is a field, and who looks for it needs its name. Elsewhere names are data.
 */
function undeclared({ parentSchema }: ErrorObject, name: string): string {
  const { properties, patternProperties } = parentSchema ?? {};
  return properties !== undefined && patternProperties === undefined ? name : ANY;
}

function fold(path: string, names: ReadonlySet<string>): string {
  if (path === "") return "";
  const tokens = parsePointer(path).slice(0, DEEPEST);
  return formatPointer(tokens.map((token) => (names.has(token) ? token : ANY)));
}

/** `not: { not: { oneOf } }` is how unions are compiled. */
function unionOf(schema: ErrorObject["parentSchema"]): keyof typeof UNIONS | undefined {
  const inner: object = schema?.not?.not ?? {};
  return "anyOf" in inner ? "anyOf" : "oneOf" in inner ? "oneOf" : undefined;
}

function listOf(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_VALUES).map((value) => JSON.stringify(value));
  const rest = values.length - shown.length;
  if (rest > 0) return `one of ${shown.join(", ")} and ${rest} more`;
  const last = shown.pop();
  return shown.length === 0 ? String(last) : `${shown.join(", ")} or ${last}`;
}
