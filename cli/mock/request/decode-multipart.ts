/** Gives the parts of a multipart form the types of their properties; a file stands as a text of its bytes. */
import { isJson } from "../../../src/http/media-type.ts";
import type { MediaModel, Schema } from "../../gen/model.ts";
import { both, declaredNames, type FlatSchema, propertySchema } from "../sample/flat-schema.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { setOwn } from "../set-own.ts";
import { alternatives, coerce } from "./coerce.ts";
import { decodeFields } from "./decode-form.ts";
import type { FormPart } from "./parse-multipart.ts";

/** The form as a value of its schema. */
export function decodeMultipart(
  view: SchemaView,
  media: MediaModel,
  parts: readonly FormPart[],
): unknown {
  const styled = Object.entries(media.encoding ?? {}).some(([, { style }]) => style !== undefined);
  const texts = parts.filter((part) => !isOpaque(part) && !isJson(part.contentType ?? ""));
  if (styled && texts.length === parts.length) {
    return decodeFields(
      view,
      media,
      texts.map(({ name, content }) => [name, content.toString("utf8")]),
      (text) => text,
    );
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

function decodeRecord(
  view: SchemaView,
  flat: FlatSchema,
  parts: readonly FormPart[],
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const declared = declaredNames(flat);
  // `files[]` and `files[0]` are `files`, unless the document calls a property so.
  const nameOf = ({ name }: FormPart): string =>
    declared.has(name) ? name : name.replace(/\[\d*\]$/, "");
  for (const name of new Set(parts.map(nameOf))) {
    const own = parts.filter((part) => nameOf(part) === name);
    setOwn(value, name, decodeProperty(view, propertySchema(flat, name), own));
  }
  return value;
}

/** A list is repeated parts; one part alone may also hold the list as JSON. */
function decodeProperty(view: SchemaView, schema: Schema, parts: readonly FormPart[]): unknown {
  const [first, ...more] = parts;
  const whole = first === undefined ? undefined : typedPart(view, schema, first);
  const list = alternatives(view, schema).find(({ types }) => types?.includes("array"));
  if (more.length === 0 && (list === undefined || Array.isArray(whole))) return whole;
  const item = list === undefined ? true : both(list.items);
  return parts.map((part) => typedPart(view, item, part));
}

function typedPart(view: SchemaView, schema: Schema, part: FormPart): unknown {
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
  return (
    (fileName !== undefined && !isJson(contentType)) ||
    !(/^text\//i.test(contentType) || isJson(contentType))
  );
}
