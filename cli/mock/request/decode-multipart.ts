/** Gives the parts of a multipart form the types of their properties; a file stands as a text of its bytes. */
import { isJson } from "../../../src/http/media-type.ts";
import type { MediaModel } from "../../gen/model.ts";
import { both, type FlatSchema, propertySchema } from "../sample/flat-schema.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { alternatives, coerce } from "./coerce.ts";
import { decodeFields } from "./decode-form.ts";
import type { FormPart } from "./parse-multipart.ts";

/** The form as a value of its schema. */
export function decodeMultipart(view: SchemaView, media: MediaModel, parts: readonly FormPart[]): unknown {
  const styled = Object.entries(media.encoding ?? {}).some(([, { style }]) => style !== undefined);
  const texts = parts.filter((part) => !isOpaque(part) && !isJson(part.contentType ?? ""));
  if (styled && texts.length === parts.length) {
    return decodeFields(view, media, texts.map(({ name, content }) => [name, content.toString("utf8")]), (text) => text);
  }
  const cleaned = view.of(media.schema ?? true);
  let first: unknown;
  for (const flat of alternatives(view, cleaned)) {
    const value = decodeRecord(view, flat, parts);
    if (conforms(view, cleaned, value)) return value;
    first ??= value;
  }
  return first;
}

function decodeRecord(view: SchemaView, flat: FlatSchema, parts: readonly FormPart[]): Record<string, unknown> {
  const value: Record<string, unknown> = Object.create(null);
  const names = new Set(parts.map(({ name }) => name.replace(/\[\d*\]$/, "")));
  for (const name of names) {
    const own = parts.filter((part) => part.name.replace(/\[\d*\]$/, "") === name);
    const schema = propertySchema(flat, name);
    const ways = alternatives(view, schema);
    const list = ways.find(({ types }) => types?.includes("array") ?? false);
    const [first, ...more] = own;
    if (first === undefined) continue;
    const whole = typedPart(view, schema, first);
    // A list is repeated parts; one part alone may also hold the list as JSON.
    if (list === undefined || (more.length === 0 && Array.isArray(whole))) value[name] = more.length === 0 ? whole : own.map((part) => typedPart(view, true, part));
    else value[name] = own.map((part) => typedPart(view, both(list.items), part));
  }
  return value;
}

function typedPart(view: SchemaView, schema: Parameters<typeof coerce>[1], part: FormPart): unknown {
  if (isOpaque(part)) return part.content.toString("latin1");
  const text = part.content.toString("utf8");
  if (!isJson(part.contentType ?? "")) return coerce(view, schema, text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Bytes, not text. */
function isOpaque({ fileName, contentType = "text/plain" }: FormPart): boolean {
  return (fileName !== undefined && !isJson(contentType)) || !(/^text\//i.test(contentType) || isJson(contentType));
}
