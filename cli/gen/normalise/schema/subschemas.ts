/** Which keywords of a schema hold schemas (JSON Schema 2020-12, core §10, validation §8.5). */
import type { Schema, SchemaObject } from "../../model.ts";

export const SCHEMA_KEYWORDS = [
  "items",
  "additionalProperties",
  "unevaluatedItems",
  "unevaluatedProperties",
  "contains",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
  "contentSchema",
] as const;
export const SCHEMA_LIST_KEYWORDS = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
export const SCHEMA_MAP_KEYWORDS = ["properties", "patternProperties", "dependentSchemas"] as const;

/** Calls back for each schema directly inside of a normalised one. */
export function forEachSubschema(schema: SchemaObject, visit: (child: Schema) => void): void {
  for (const keyword of SCHEMA_KEYWORDS) {
    const child = schema[keyword] as Schema | undefined;
    if (child !== undefined) visit(child);
  }
  for (const keyword of SCHEMA_LIST_KEYWORDS) {
    const children = schema[keyword] as Schema[] | undefined;
    if (children !== undefined) for (const child of children) visit(child);
  }
  for (const keyword of SCHEMA_MAP_KEYWORDS) {
    const children = schema[keyword] as Record<string, Schema> | undefined;
    if (children !== undefined) for (const name in children) visit(children[name] as Schema);
  }
}

/** Every schema object inside of one, itself included; links are not followed. */
export function visitAll(schema: Schema, visit: (schema: SchemaObject) => void): void {
  if (typeof schema === "boolean") return;
  visit(schema);
  forEachSubschema(schema, (child) => visitAll(child, visit));
}
