/** Turns the texts that stand for files in a sampled multipart body into files. */
import type { MediaModel, Schema, SchemaObject } from "../../gen/model.ts";
import { propertySchemas } from "../schema/conforms-below.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { sampleBytes } from "./sample-bytes.ts";

/** @param body a record that conforms to the schema of `media`; others come back unchanged. */
export function toFiles(view: SchemaView, media: MediaModel, body: unknown, at: string): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => {
    const type = media.encoding?.[name]?.contentType;
    const isFile = isFileType(type) || isFileProperty(view, media.schema, name);
    return [name, isFile ? asFiles(value, type, `${at} ${name}`) : value];
  });
  return Object.fromEntries(entries);
}

function asFiles(value: unknown, contentType: string | undefined, at: string): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => asFiles(item, contentType, `${at}/${index}`));
  if (typeof value !== "string") return value;
  const listed = contentType?.split(",").map((type) => type.trim()) ?? [];
  const type = listed.find((one) => one !== "" && !one.includes("*")) ?? "image/png";
  return new File([Buffer.from(sampleBytes(type, at))], "sample", { type });
}

/** Types that the encoding object gives to files (OpenAPI 3.1 §4.8.15). */
export function isFileType(contentType: string | undefined): boolean {
  return /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip)\b/i.test(
    contentType ?? "",
  );
}

/** Whether some schema of the property says that it is a file. */
export function isFileProperty(
  view: SchemaView,
  schema: Schema | undefined,
  name: string,
): boolean {
  if (schema === undefined) return false;
  const visited = new Set<Schema>();
  const visit = (part: Schema, property: string | undefined): boolean => {
    if (typeof part === "boolean" || visited.has(part)) return false;
    visited.add(part);
    const target = part.$ref === undefined ? undefined : view.resolve(part.$ref);
    const parts = [target, ...[part.allOf, part.anyOf, part.oneOf].flat()] as (
      | Schema
      | undefined
    )[];
    if (parts.some((one) => one !== undefined && visit(one, property))) return true;
    if (property !== undefined)
      return propertySchemas(part, property).some((one) => visit(one, undefined));
    return isFile(part) || (part.items !== undefined && visit(part.items as Schema, undefined));
  };
  return visit(view.of(schema), name);
}

/** `format: binary` (3.0), or a media type without an encoding (3.1 §4.8.14.2). */
function isFile({ format, contentMediaType, contentEncoding }: SchemaObject): boolean {
  if (format === "binary") return true;
  const isPlain = /^text\/|[/+]json\b/i.test(String(contentMediaType ?? "text/"));
  return !isPlain && contentEncoding === undefined;
}
