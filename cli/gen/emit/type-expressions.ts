/** How declarations refer to the types of `schema.d.ts`. */
import type { MediaModel, Schema } from "../model.ts";
import { printString } from "./printer.ts";
import { keyOf, type View } from "./schema/prepared-schema.ts";
import { type SchemaLibrary, SECTIONS } from "./schema/schema-library.ts";
import { isSchemaObject } from "./schema/schema-lookup.ts";

/** Says something about the place, and nothing about the type. */
const ANNOTATIONS = new Set([
  "$ref",
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "examples",
]);

/** `operations["getOrder"]["responses"][200]`. */
export function indexed(root: string, ...keys: readonly string[]): string {
  return `${root}${keys.map((key) => `[${/^(?:0|[1-9]\d{0,14})$/.test(key) ? key : printString(key)}]`).join("")}`;
}

/** A type short enough to be written out: a named schema, a list of one, a primitive; else where it stands. */
export function schemaType(
  schema: Schema | undefined,
  view: View,
  library: SchemaLibrary,
  elsewhere: string,
): string {
  if (schema === undefined || schema === true) return "unknown";
  if (typeof schema === "boolean") return elsewhere;
  if (
    typeof schema.$ref === "string" &&
    Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword))
  ) {
    const key = keyOf(schema.$ref);
    const section = library.sectionOf(key, view);
    return section === SECTIONS.value
      ? indexed("components", "schemas", key)
      : indexed(section, key);
  }
  const plain = primitiveType(library.prepare(schema, view));
  if (plain !== undefined) return plain;
  const { items } = schema;
  if (schema.type !== "array" || !isSchemaObject(items) || schema.prefixItems !== undefined)
    return elsewhere;
  const item = schemaType(items, view, library, "");
  return item === "" ||
    schema.allOf !== undefined ||
    schema.anyOf !== undefined ||
    schema.oneOf !== undefined
    ? elsewhere
    : `${item}[]`;
}

function primitiveType(prepared: ReturnType<SchemaLibrary["prepare"]>): string | undefined {
  if (typeof prepared === "boolean") return undefined;
  const { type, enum: values, named } = prepared;
  if (values !== undefined || named !== undefined) return named;
  return type === "string" || type === "number" || type === "boolean" ? type : undefined;
}

/** The type of a body that is read. `elsewhere`: its place in `schema.d.ts`. */
export function answerType(media: MediaModel, library: SchemaLibrary, elsewhere: string): string {
  const { kind, schema, itemSchema } = media;
  if (kind === "binary") return "Uint8Array";
  if (kind === "text")
    return isSchemaObject(schema) && schema.type === "string"
      ? schemaType(schema, "value", library, elsewhere)
      : "string";
  if (kind === "sse" || kind === "ndjson")
    return `AsyncIterable<${itemType(media, library, elsewhere)}>`;
  if (kind === "form" && schema === undefined) return elsewhere;
  return schemaType(schema ?? itemSchema, "value", library, elsewhere);
}

/** The type of one item of a stream. */
export function itemType(media: MediaModel, library: SchemaLibrary, elsewhere: string): string {
  const unsaid = media.kind === "sse" && media.itemSchema === undefined;
  const item = unsaid ? "string" : schemaType(media.itemSchema, "value", library, elsewhere);
  return media.kind === "sse" ? `ServerSentEvent<${item}>` : item;
}

/** The type of a body that is sent. */
export function bodyType(media: MediaModel, library: SchemaLibrary, elsewhere: string): string {
  const { kind, schema } = media;
  if (kind === "binary") return "BinaryInput";
  if (kind === "ndjson") {
    const item = schemaType(media.itemSchema, "value", library, elsewhere);
    return `Iterable<${item}> | AsyncIterable<${item}>`;
  }
  if (kind === "text" && !(isSchemaObject(schema) && schema.type === "string")) return "string";
  if (kind === "multipart")
    return media.encoding === undefined
      ? schemaType(schema ?? {}, "upload", library, elsewhere)
      : elsewhere;
  if (kind === "form") return schemaType(schema ?? {}, "value", library, elsewhere);
  return schemaType(schema, "value", library, elsewhere);
}
