/** Which types a schema admits: as it says, or as its keywords imply where it does not say. */
import type { SchemaObject } from "../../model.ts";

export type TypeName = "string" | "number" | "boolean" | "null" | "array" | "object";

const TYPES: Readonly<Record<string, TypeName>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
  array: "array",
  object: "object",
};

/** Keywords that apply to one type alone (JSON Schema 2020-12 validation §6, applicator §10). */
const KEYWORDS: Readonly<Record<string, TypeName>> = {
  properties: "object",
  required: "object",
  additionalProperties: "object",
  patternProperties: "object",
  unevaluatedProperties: "object",
  propertyNames: "object",
  minProperties: "object",
  maxProperties: "object",
  dependentRequired: "object",
  dependentSchemas: "object",
  items: "array",
  prefixItems: "array",
  contains: "array",
  minItems: "array",
  maxItems: "array",
  uniqueItems: "array",
  unevaluatedItems: "array",
  pattern: "string",
  minLength: "string",
  maxLength: "string",
  contentEncoding: "string",
  contentMediaType: "string",
  contentSchema: "string",
  minimum: "number",
  maximum: "number",
  exclusiveMinimum: "number",
  exclusiveMaximum: "number",
  multipleOf: "number",
};

/** The formats of the OpenAPI and JSON Schema registries that tell a type. */
const FORMATS: Readonly<Record<string, TypeName>> = {
  int8: "number",
  int16: "number",
  int32: "number",
  int64: "number",
  float: "number",
  double: "number",
  date: "string",
  time: "string",
  "date-time": "string",
  duration: "string",
  email: "string",
  hostname: "string",
  ipv4: "string",
  ipv6: "string",
  uri: "string",
  "uri-reference": "string",
  url: "string",
  uuid: "string",
  password: "string",
  binary: "string",
  byte: "string",
};

/** The types that a schema admits, each once; empty: it does not say. */
export function typesOf(schema: SchemaObject): TypeName[] {
  const said = (Array.isArray(schema.type) ? schema.type : [schema.type]).flatMap((name) => {
    const type = typeof name === "string" && Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
    return type === undefined ? [] : [type];
  });
  return said.length > 0 ? [...new Set(said)] : impliedTypes(schema);
}

/** One type, when every keyword that implies one implies the same. */
function impliedTypes(schema: SchemaObject): TypeName[] {
  const implied = new Set<TypeName>();
  for (const keyword of Object.keys(schema)) {
    const type = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
    if (type !== undefined && schema[keyword] !== undefined) implied.add(type);
  }
  const { format } = schema;
  const type =
    typeof format === "string" && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (type !== undefined) implied.add(type);
  if (implied.has("object")) return ["object"];
  return implied.size === 1 ? [...implied] : [];
}
