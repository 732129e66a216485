/** JSON Schema as documents write it -> the few forms of {@link Prepared}. */
import type { Schema, SchemaObject } from "../../model.ts";
import { typesOf } from "./keyword-types.ts";
import { literalsOf } from "./literal-values.ts";
import type { Place } from "./place.ts";
import { prepareObject } from "./prepare-object.ts";
import {
  intersectionOf,
  keyOf,
  type Prepared,
  type PreparedNode,
  refTo,
  unionOf,
  type View,
} from "./prepared-schema.ts";
import { describe } from "./schema-comment.ts";
import { isSchemaObject, type Schemas, schemasOf } from "./schema-lookup.ts";

/** Prepares one schema. References stay references, to `components/schemas`. */
export function prepareSchema(schema: Schema, view: View, schemas: Schemas): Prepared {
  return prepare(schema, { view, schemas, within: [], prepare });
}

function prepare(schema: Schema, place: Place): Prepared {
  if (typeof schema === "boolean") return schema;
  const parts: Prepared[] = [];
  if (typeof schema.$ref === "string")
    parts.push({ $ref: refTo("components/schemas", keyOf(schema.$ref)) });
  const inner: Place = { ...place, within: [schema, ...place.within] };
  const own = prepareOwn(schema, place);
  parts.push(own.type);
  for (const member of schemasOf(schema.allOf)) parts.push(prepare(member, inner));
  for (const alternatives of [schema.anyOf, schema.oneOf]) {
    const members = schemasOf(alternatives);
    if (members.length === 0) continue;
    parts.push(unionOf(members.map((member) => prepare(member, inner))));
  }
  const whole = intersectionOf(parts);
  return describe(own.nullable ? unionOf([whole, { type: "null" }]) : whole, schema);
}

/** What a schema says of itself, without what it is composed of. */
function prepareOwn(schema: SchemaObject, place: Place): { type: Prepared; nullable: boolean } {
  const types = typesOf(schema);
  const nullable = types.includes("null");
  const literals = literalsOf(schema);
  if (literals !== undefined) {
    return { type: literals.literals, nullable: nullable || literals.nullable };
  }
  if (types.length === 0) return { type: !isNothing(schema.not), nullable };
  const forms = types
    .filter((type) => type !== "null")
    .map((type) => prepareType(type, schema, place));
  if (forms.length === 0) return onlyNull(schema);
  return { type: unionOf(forms), nullable };
}

/** `type: "null"`: all of the type where nothing else is said, else one alternative. */
function onlyNull(schema: SchemaObject): { type: Prepared; nullable: boolean } {
  const composed = ["$ref", "allOf", "anyOf", "oneOf"].some(
    (keyword) => schema[keyword] !== undefined,
  );
  return composed ? { type: true, nullable: true } : { type: { type: "null" }, nullable: false };
}

function prepareType(type: string, schema: SchemaObject, place: Place): Prepared {
  if (type === "object") return prepareObject(schema, place);
  if (type === "array") return prepareArray(schema, place);
  if (type === "string") return prepareString(schema, place.view);
  return { type };
}

function prepareString(schema: SchemaObject, view: View): PreparedNode {
  return view === "upload" && isBinary(schema)
    ? { type: "string", named: "BinaryInput" }
    : { type: "string" };
}

/** A file: `format: binary` (3.0), or a media type without an encoding (3.1, §4.8.14.2). */
function isBinary(schema: SchemaObject): boolean {
  if (schema.format === "binary") return true;
  const { contentMediaType, contentEncoding } = schema;
  return (
    typeof contentMediaType === "string" &&
    contentEncoding === undefined &&
    !/^text\/|[/+]json\b/i.test(contentMediaType)
  );
}

function prepareArray(schema: SchemaObject, place: Place): PreparedNode {
  const inside: Place = { ...place, within: [] };
  const { items } = schema;
  const leading = Array.isArray(schema.prefixItems)
    ? schema.prefixItems
    : Array.isArray(items)
      ? items
      : undefined;
  if (leading === undefined) {
    if (items === false) return { type: "array", prefixItems: [] };
    const item = isSchemaObject(items) ? prepare(items, inside) : true;
    return { type: "array", items: item };
  }
  const prefixItems = schemasOf(leading).map((item) => prepare(item, inside));
  const rest = isSchemaObject(items) ? { rest: prepare(items, inside) } : {};
  return { type: "array", prefixItems, ...rest };
}

/** `not: {}` and `not: true` admit nothing. Every other `not` narrows in ways that a type cannot say. */
function isNothing(not: unknown): boolean {
  return not === true || (isSchemaObject(not) && Object.keys(not).length === 0);
}
