/** Brings one schema of any version into the one form of the model (JSON Schema 2020-12). */
import type { Schema, SchemaObject } from "../../model.ts";
import { createRecord, isRecord, own, type RawRecord } from "../../read/raw.ts";
import { isMiss } from "../../read/resolve.ts";
import { type Context, member } from "../context.ts";
import { LeftOut, type Place } from "../report.ts";
import { applyKeyword, type SchemaReader } from "./apply-keyword.ts";
import { conformBounds } from "./bounds.ts";
import { conformValues } from "./conform-values.ts";
import { nullable } from "./nullable.ts";
import { noteOrigin } from "./origins.ts";
import { REF_ANNOTATIONS, withSiblings } from "./ref-siblings.ts";
import { enterScope, resolveInScope, type SchemaScope } from "./schema-scope.ts";
import type { Target } from "./schema-shelf.ts";
import { impliedType, isBinary } from "./type-keyword.ts";

const NOTHING: ReadonlySet<string> = new Set();
const REFS: ReadonlySet<string> = new Set(["$ref", "$dynamicRef"]);

/**
 * Converts the schema at a place; what it refers to is put on the shelf.
 * @param skip keywords that mean something else here (Swagger 2.0 parameters are schemas with more keys)
 * @throws LeftOut when a `$ref` in it leads nowhere.
 */
export function normaliseSchema(
  context: Context,
  value: unknown,
  place: Place,
  scope: SchemaScope = { file: place.file },
  skip: ReadonlySet<string> = NOTHING,
): Schema {
  if (typeof value === "boolean") return value;
  if (!isRecord(value)) {
    const cure = "write a schema here; until then it takes any value";
    invalid(context, place, "a schema must be an object", cure);
    return true;
  }
  const inner = enterScope(scope, value);
  const ref = own(value, "$ref") ?? own(value, "$dynamicRef");
  const schema =
    typeof ref === "string" && !skip.has("$ref")
      ? convertRef(context, value, ref, inner)
      : convertObject(context, value, inner, (key) => !skip.has(key));
  noteOrigin(schema, place);
  const isNullable = own(value, "nullable") === true || own(value, "x-nullable") === true;
  if (!isNullable || typeof schema === "boolean") return schema;
  const widened = nullable(schema);
  noteOrigin(widened, place);
  return widened;
}

export function normaliseTarget(context: Context, { at, scope }: Target): Schema {
  return normaliseSchema(context, at.value, { file: at.file, pointer: at.pointer }, scope);
}

function convertRef(context: Context, raw: RawRecord, ref: string, scope: SchemaScope): Schema {
  const key = Object.hasOwn(raw, "$ref") ? "$ref" : "$dynamicRef";
  const place: Place = { file: scope.file, node: raw, key };
  const found = resolveInScope(ref, scope, context.resolver);
  if ("code" in found) {
    if (key === "$ref") throw new LeftOut({ ...found, place });
    const cure = "use $ref; until then it takes any value";
    invalid(context, place, `$dynamicRef "${ref}" is not understood`, cure);
    return true;
  }
  if (!isSchema(found.at.value)) {
    const message = `$ref "${ref}" does not lead to a schema`;
    const cure = "correct the $ref, or define a schema there";
    throw new LeftOut({ code: "ref-dangling", place, message, cure });
  }
  const link = context.schemas.link(context.schemas.target(found.at, found.scope));
  if (Object.keys(raw).length === 1) return link;
  const ignoresRest = context.specification === "2.0" || context.specification === "3.0";
  const counts = (name: string): boolean =>
    ignoresRest ? REF_ANNOTATIONS.has(name) : !REFS.has(name);
  return withSiblings(link, convertObject(context, raw, scope, counts));
}

/** @param counts whether a keyword is looked at */
function convertObject(
  context: Context,
  raw: RawRecord,
  scope: SchemaScope,
  counts: (key: string) => boolean,
): SchemaObject {
  const { file } = scope;
  const reader: SchemaReader = {
    read: (value, place) => normaliseSchema(context, value, place, scope),
    readMap: (value, place) => convertMap(context, value, place, scope),
    invalid: (place, message, cure) => invalid(context, place, message, cure),
  };
  const schema: SchemaObject = {};
  for (const key of Object.keys(raw)) {
    if (counts(key)) applyKeyword(reader, schema, key, raw[key], { file, node: raw, key });
  }
  conformBounds(schema, raw, counts);
  conformValues(schema, (message, key) => {
    const cure = "write the values as the type says";
    invalid(context, { file, node: raw, key }, message, cure);
  });
  if (isBinary(schema)) Object.assign(schema, { type: "string", format: "binary" });
  const implied = impliedType(schema);
  if (implied !== undefined) schema.type = implied;
  const discriminator = own(raw, "discriminator");
  if (discriminator !== undefined && (schema.oneOf ?? schema.anyOf) !== undefined) {
    context.schemas.discriminated.push({ schema, discriminator, scope });
  }
  return schema;
}

function convertMap(
  context: Context,
  values: RawRecord,
  place: Place,
  scope: SchemaScope,
): Record<string, Schema> {
  const record = createRecord<Schema>();
  const { file } = scope;
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (key === "$ref" && typeof value === "string") {
      Object.assign(record, convertMapRef(context, values, place, scope));
    } else record[key] = normaliseSchema(context, value, { file, node: values, key }, scope);
  }
  return record;
}

/**
 * `properties: { $ref: ... }` is no property: nobody means it otherwise, though the specification
 * knows no such thing.
 */
function convertMapRef(
  context: Context,
  value: RawRecord,
  place: Place,
  { file }: SchemaScope,
): Record<string, Schema> {
  const found = context.resolver.follow({ value, file, pointer: "" });
  if (isMiss(found)) throw new LeftOut({ ...found, place });
  const record = createRecord<Schema>();
  if (!isRecord(found.value)) {
    const cure = "correct the $ref; until then it is ignored";
    invalid(context, place, "the $ref does not lead to schemas", cure);
    return record;
  }
  // Links, not copies: the map may hold the very schema that asks for it.
  for (const [key, schema] of Object.entries(found.value)) {
    const at = member(found, key, schema);
    record[key] = isSchema(schema)
      ? context.schemas.link(context.schemas.target(at, { file: found.file }))
      : normaliseSchema(context, schema, at);
    noteOrigin(record[key] ?? true, { file: at.file, pointer: at.pointer });
  }
  return record;
}

function isSchema(value: unknown): boolean {
  return isRecord(value) || typeof value === "boolean";
}

function invalid(context: Context, place: Place, message: string, cure: string): void {
  context.report.add({ code: "schema-invalid", place, message, cure });
}
