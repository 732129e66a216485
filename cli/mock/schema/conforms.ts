/** Whether a value conforms to a schema (JSON Schema 2020-12), straight from the schema: nothing is compiled first. */
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { conformsArray, conformsObject } from "./conforms-below.ts";
import { hasFormat } from "./formats.ts";
import { sameJson } from "./same-json.ts";
import type { SchemaView } from "./schema-view.ts";
import { tolerantPattern } from "./tolerant-pattern.ts";

export type Check = (schema: Schema, value: unknown) => boolean;

const NO_TRAIL: readonly string[] = [];

/**
 * A quick yes or no for the sampler, which asks while it builds; requests are validated by ajv, which says where and
 * why. Both read the same cleaned schemas.
 *
 * @param schema cleaned by the view.
 * @param trail the `$ref`s followed for this very value: one that comes again (a base that lists the schemas that
 * extend it) says nothing new, and would never end.
 */
export function conforms(
  view: SchemaView,
  schema: Schema,
  value: unknown,
  trail: readonly string[] = NO_TRAIL,
): boolean {
  if (typeof schema === "boolean") return schema;
  // An integer beyond 2^53 that keeps its digits is an object, and yet a number.
  if (value instanceof Number) return conforms(view, schema, Number(value), trail);
  const inPlace: Check = (part, same) => conforms(view, part, same, trail);
  const below: Check = (part, item) => conforms(view, part, item);
  return (
    conformsScalar(schema, value) &&
    conformsReference(view, schema, value, trail) &&
    conformsParts(schema, value, inPlace) &&
    (!Array.isArray(value) || conformsArray(view, schema, value, below, inPlace)) &&
    (!isRecord(value) || conformsObject(view, schema, value, below, inPlace))
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON Schema types that a value has: an integer is a number too. */
export function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

/** Whether `value` is a whole multiple, give or take what binary fractions lose: 19.99 is a multiple of 0.01. */
export function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(Math.round(quotient) - quotient) < 1e-9;
}

/** Everything that does not look into the value. */
export function conformsScalar(schema: SchemaObject, value: unknown): boolean {
  const { type, format } = schema;
  if (typeof type === "string" && !hasType(value, type)) return false;
  if (Array.isArray(type) && !type.some((one) => hasType(value, one))) return false;
  if (Array.isArray(schema.enum) && !schema.enum.some((item) => sameJson(item, value)))
    return false;
  if ("const" in schema && !sameJson(schema.const, value)) return false;
  if (typeof format === "string" && !hasFormat(format, value)) return false;
  if (typeof value === "string") return conformsString(schema, value);
  return typeof value !== "number" || conformsNumber(schema, value);
}

function conformsString(schema: SchemaObject, value: string): boolean {
  const { minLength, maxLength, pattern } = schema;
  if (typeof pattern === "string" && !tolerantPattern(pattern).test(value)) return false;
  if (minLength === undefined && maxLength === undefined) return true;
  const length = [...value].length;
  return length >= Number(minLength ?? 0) && length <= Number(maxLength ?? Infinity);
}

function conformsNumber(schema: SchemaObject, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === "number" && value < minimum) return false;
  if (typeof maximum === "number" && value > maximum) return false;
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) return false;
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) return false;
  return typeof multipleOf !== "number" || isMultiple(value, multipleOf);
}

function conformsReference(
  view: SchemaView,
  schema: SchemaObject,
  value: unknown,
  trail: readonly string[],
): boolean {
  const { $ref } = schema;
  if ($ref === undefined || trail.includes($ref)) return true;
  const target = view.resolve($ref);
  return target === undefined || conforms(view, target, value, [...trail, $ref]);
}

/** The schemas that speak about the same value. */
function conformsParts(schema: SchemaObject, value: unknown, inPlace: Check): boolean {
  const passes = (part: Schema): boolean => inPlace(part, value);
  if (Array.isArray(schema.allOf) && !schema.allOf.every(passes)) return false;
  if (Array.isArray(schema.anyOf) && !schema.anyOf.some(passes)) return false;
  if (Array.isArray(schema.oneOf) && schema.oneOf.filter(passes).length !== 1) return false;
  if (schema.not !== undefined && passes(schema.not as Schema)) return false;
  if (schema.if === undefined) return true;
  const next = passes(schema.if as Schema) ? schema.then : schema.else;
  return next === undefined || passes(next as Schema);
}
