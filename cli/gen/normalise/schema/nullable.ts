/** Writes `nullable: true` of OpenAPI 3.0 (`x-nullable` of 2.0) as JSON Schema 2020-12 does. */
import type { Schema, SchemaObject } from "../../model.ts";
import { typesOf } from "./type-keyword.ts";

const NULL: SchemaObject = { type: "null" };
/** Says something about the value without restricting it: stays outside of the union with null. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "examples",
]);

/** The schema or null. The schema handed in may be changed. */
export function nullable(schema: SchemaObject): SchemaObject {
  const { allOf, anyOf, oneOf, $ref } = schema;
  if ($ref === undefined && allOf === undefined && anyOf === undefined && oneOf === undefined) {
    return nullableInPlace(schema);
  }
  const annotations: SchemaObject = {};
  let inner: SchemaObject = schema;
  for (const key of Object.keys(schema)) {
    if (!ANNOTATIONS.has(key)) continue;
    annotations[key] = schema[key];
    delete inner[key];
  }
  const members = membersOf(inner);
  if (members !== undefined) {
    // In place: a discriminator may be waiting for this very object.
    if (!members.some(isNull)) inner.anyOf = [...members, { ...NULL }];
    return Object.assign(inner, annotations);
  }
  inner = unwrapped(inner);
  return { ...annotations, anyOf: [inner, { ...NULL }] };
}

function nullableInPlace(schema: SchemaObject): SchemaObject {
  const types = typesOf(schema);
  if (types.length > 0 && !types.includes("null")) schema.type = [...types, "null"];
  // OpenAPI 3.0.3 wants null in the enum as well; nobody who writes `nullable` means anything else.
  if (Array.isArray(schema.enum) && !schema.enum.includes(null))
    schema.enum = [...schema.enum, null];
  if ("const" in schema && schema.const !== null) {
    schema.enum = [schema.const, null];
    delete schema.const;
  }
  return schema;
}

/** The members of an `anyOf` that stands alone. */
function membersOf(schema: SchemaObject): Schema[] | undefined {
  const alone = Object.keys(schema).length === 1;
  return alone && Array.isArray(schema.anyOf) ? (schema.anyOf as Schema[]) : undefined;
}

/** `allOf: [{ $ref }]` is how OpenAPI 3.0 writes a `$ref` with siblings. */
function unwrapped(schema: SchemaObject): SchemaObject {
  const [only, ...more] = (schema.allOf ?? []) as Schema[];
  const wraps = Object.keys(schema).length === 1 && more.length === 0;
  return wraps && typeof only === "object" ? only : schema;
}

function isNull(schema: Schema): boolean {
  return typeof schema === "object" && typesOf(schema).includes("null");
}
