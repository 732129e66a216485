/** The schema of what a caller hands over or gets, by the kind of its media type. */
import type { MediaModel, Schema, SchemaObject } from "../../model.ts";
import type { Prepared } from "./prepared-schema.ts";
import type { SchemaLibrary } from "./schema-library.ts";
import { follow, isSchemaObject, propertiesOf, type Schemas } from "./schema-lookup.ts";

/** The type of a body that is sent; of one item where it is sent line by line. */
export function requestSchema(
  media: MediaModel,
  library: SchemaLibrary,
  schemas: Schemas,
): Prepared {
  const { kind, schema } = media;
  if (kind === "binary") return { type: "string", named: "BinaryInput" };
  if (kind === "text") return textSchema(schema, library, schemas);
  if (kind === "ndjson") return library.prepare(media.itemSchema ?? true, "value");
  if (kind === "multipart") return library.prepare(withFiles(media, schemas), "upload");
  if (kind === "form") return library.prepare(schema ?? { type: "object" }, "value");
  return library.prepare(schema ?? true, "value");
}

/** The type of a body that is read; of one item where it is read as it comes. */
export function answerSchema(
  media: MediaModel,
  library: SchemaLibrary,
  schemas: Schemas,
): Prepared {
  const { kind, schema } = media;
  if (kind === "binary") return { type: "string", named: "Uint8Array" };
  if (kind === "text") return textSchema(schema, library, schemas);
  if (kind === "sse") return library.prepare(media.itemSchema ?? { type: "string" }, "value");
  if (kind === "ndjson") return library.prepare(media.itemSchema ?? true, "value");
  if (kind === "form") return library.prepare(schema ?? FIELDS, "value");
  return library.prepare(schema ?? true, "value");
}

/** A form that nothing is known of: a name that comes more than once is a list. */
const FIELDS: SchemaObject = {
  type: "object",
  additionalProperties: {
    anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
  },
};

/** Text stays text, whatever a schema says about what it stands for; its literals are kept. */
function textSchema(
  schema: Schema | undefined,
  library: SchemaLibrary,
  schemas: Schemas,
): Prepared {
  const target = schema === undefined ? true : follow(schema, schemas);
  const isText = typeof target === "object" && target.type === "string" && schema !== undefined;
  return isText ? library.prepare(schema, "value") : { type: "string" };
}

/** Properties that the encoding declares to be files, where the schema does not say so itself. */
function withFiles(media: MediaModel, schemas: Schemas): Schema {
  const schema = media.schema ?? { type: "object" };
  const files = Object.entries(media.encoding ?? {}).filter(([, { contentType }]) =>
    isFileType(contentType),
  );
  const target = follow(schema, schemas);
  if (files.length === 0 || typeof target === "boolean") return schema;
  const names = new Set(files.map(([name]) => name));
  const properties: Record<string, Schema> = Object.create(null);
  for (const [name, property] of propertiesOf(target)) {
    properties[name] = names.has(name) ? asFile(property, schemas) : property;
  }
  return { ...target, properties };
}

function isFileType(contentType: string | undefined): boolean {
  return (
    contentType !== undefined &&
    /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip)\b/i.test(contentType)
  );
}

function asFile(property: Schema, schemas: Schemas): Schema {
  const target = follow(property, schemas);
  if (typeof target === "boolean") return { type: "string", format: "binary" };
  if (target.type === "array" && isSchemaObject(target.items)) {
    const items: SchemaObject = { ...target.items, format: "binary" };
    return { ...target, items: target.items.type === "string" ? items : target.items };
  }
  return target.type === "string" ? { ...target, format: "binary" } : property;
}
