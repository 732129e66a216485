/** What a schema demands of a value, as plain data: annotations are gone, and what answers must not show is forbidden. */
import type { Schema } from "../../model.ts";
import type { Printable } from "../printer.ts";

/** How the value of a keyword is copied. Keywords that are not listed demand nothing (JSON Schema 2020-12 §7.7.1). */
const KEYWORDS: ReadonlyMap<string, "data" | "schema" | "schemas" | "map"> = new Map([
  ...(
    "$ref type enum const format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum " +
    "multipleOf minItems maxItems uniqueItems minContains maxContains minProperties maxProperties required " +
    "dependentRequired"
  )
    .split(" ")
    .map((keyword) => [keyword, "data"] as const),
  ..."items contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties not if then else"
    .split(" ")
    .map((keyword) => [keyword, "schema"] as const),
  ...["allOf", "anyOf", "oneOf", "prefixItems"].map((keyword) => [keyword, "schemas"] as const),
  ...["properties", "patternProperties", "dependentSchemas"].map(
    (keyword) => [keyword, "map"] as const,
  ),
]);

/** The name of the keyword by which answers tell what they leave out; see {@link Schema}. */
const HIDDEN = "x-write-only";

/**
 * The demands of a schema of the model.
 * @param visit told every `$ref`
 */
export function assertionsOf(schema: Schema, visit: (ref: string) => void): Printable {
  if (typeof schema === "boolean") return schema;
  const copy: Record<string, Printable> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    const kind = KEYWORDS.get(keyword);
    if (kind === "data") copy[keyword] = dataOf(value);
    else if (kind === "schema") copy[keyword] = assertionsOf(value as Schema, visit);
    else if (kind === "schemas")
      copy[keyword] = (value as Schema[]).map((member) => assertionsOf(member, visit));
    else if (kind === "map") copy[keyword] = mapOf(value as Record<string, Schema>, visit);
  }
  if (schema.$ref !== undefined) visit(schema.$ref);
  const hidden = (schema[HIDDEN] ?? []) as readonly string[];
  if (hidden.length > 0) copy.properties = hide(copy.properties, hidden);
  return copy;
}

function mapOf(map: Record<string, Schema>, visit: (ref: string) => void): Printable {
  const copy: Record<string, Printable> = Object.create(null);
  for (const [name, schema] of Object.entries(map)) copy[name] = assertionsOf(schema, visit);
  return copy;
}

/** `false` is the schema of what must not be there. */
function hide(properties: Printable | undefined, names: readonly string[]): Printable {
  const copy: Record<string, Printable> = Object.assign(Object.create(null), properties);
  for (const name of names) copy[name] = false;
  return copy;
}

/** JSON alone: an integer beyond 2^53 is the nearest number, which is what an answer's is compared as. */
function dataOf(value: unknown): Printable {
  return JSON.parse(JSON.stringify(value)) as Printable;
}

/** Whether a schema may refuse anything at all. */
export function isDemanding(schema: Printable): boolean {
  return typeof schema === "object" && schema !== null
    ? Object.keys(schema).length > 0
    : schema === false;
}
