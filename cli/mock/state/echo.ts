/** Path parameters that come back in the answer, in the properties that are called like them. */
import type { Schema } from "../../gen/model.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { plain, propertiesOf } from "./json-shapes.ts";

/** @returns only what the properties can hold. */
export function echoOf(
  view: SchemaView,
  schema: Schema,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = Object.keys(values);
  if (names.length === 0) return {};
  const echo: Record<string, unknown> = {};
  for (const [property, propertySchema] of propertiesOf(view, schema)) {
    const name = names.find((one) => plain(one) === plain(property));
    if (name === undefined) continue;
    const value = fitting(view, propertySchema, values[name]);
    if (value !== undefined) echo[property] = value;
  }
  return echo;
}

/** The value as the schema can hold it, or undefined. A number may stand as a text. */
export function fitting(view: SchemaView, schema: Schema, value: unknown): unknown {
  const cleaned = view.of(schema);
  if (conforms(view, cleaned, value)) return value;
  const text = typeof value === "number" ? String(value) : undefined;
  return text !== undefined && conforms(view, cleaned, text) ? text : undefined;
}
