/** Puts the schemas of a union's members together, in an order that depends on nothing but them. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { Schema, SchemaObject } from "../../gen/model.ts";

export const NULL: SchemaObject = { type: "null" };

export type LiteralValue = string | number | boolean;

/** At most one schema a type of value: the compiler's own order of members depends on what it saw before. */
export function literalSchema(values: readonly LiteralValue[]): SchemaObject[] {
  const texts = [...new Set(values.filter((value) => typeof value === "string"))].sort(byCodePoint);
  const numbers = [...new Set(values.filter((value) => typeof value === "number"))].sort(
    (one, other) => one - other,
  );
  const truths = new Set(values.filter((value) => typeof value === "boolean"));
  return [
    ...oneOf("string", texts),
    ...oneOf(numbers.every(Number.isInteger) ? "integer" : "number", numbers),
    ...(truths.size === 2 ? [{ type: "boolean" }] : oneOf("boolean", [...truths])),
  ];
}

function oneOf(type: string, values: readonly LiteralValue[]): SchemaObject[] {
  const [first] = values;
  if (first === undefined) return [];
  return [values.length === 1 ? { type, const: first } : { type, enum: values }];
}

/** Any of these schemas; what another says already is left out. */
export function anyOf(schemas: readonly Schema[]): Schema {
  if (schemas.some((schema) => schema === true || isOpen(schema))) return true;
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).entries()]
    .sort(([one], [other]) => byCodePoint(one, other))
    .map(([, schema]) => schema);
  const [first, second, ...rest] = distinct.sort((one, other) => rank(one) - rank(other));
  if (first === undefined) return false;
  if (second === undefined) return first;
  const nullable = rest.length === 0 && isNull(second) ? withNull(first) : undefined;
  return nullable ?? { anyOf: [first, second, ...rest] };
}

function isOpen(schema: Schema): boolean {
  return typeof schema === "object" && Object.keys(schema).length === 0;
}

function isNull(schema: Schema): boolean {
  return typeof schema === "object" && schema.type === "null";
}

/** `null` stands last, where people look for it. */
function rank(schema: Schema): number {
  return isNull(schema) ? 1 : 0;
}

/** The schema with `null` among its types, where that can be said in place. */
function withNull(schema: Schema): Schema | undefined {
  if (typeof schema !== "object" || typeof schema.type !== "string") return undefined;
  if (["allOf", "anyOf", "oneOf", "not", "if"].some((keyword) => keyword in schema))
    return undefined;
  const { type, const: constant, enum: values, ...rest }: SchemaObject & Constants = schema;
  const types = { type: [schema.type, "null"] };
  const allowed = constant === undefined ? values : [constant];
  return allowed === undefined
    ? { ...types, ...rest }
    : { ...types, ...rest, enum: [...allowed, null] };
}

interface Constants {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

/** The schema without `null`; undefined where it cannot be taken out in place. */
export function withoutNull(schema: Schema): Schema | undefined {
  if (typeof schema !== "object") return undefined;
  const { type, anyOf: choices } = schema;
  if (Array.isArray(type)) {
    const types = type.filter((name) => name !== "null");
    const [only] = types;
    const values = Array.isArray(schema.enum)
      ? { enum: schema.enum.filter((value) => value !== null) }
      : {};
    return { ...schema, type: types.length === 1 && only !== undefined ? only : types, ...values };
  }
  if (!Array.isArray(choices) || Object.keys(schema).length !== 1) return undefined;
  const left = (choices as Schema[]).filter((choice) => !isNull(choice));
  return left.length === choices.length ? undefined : anyOf(left);
}
