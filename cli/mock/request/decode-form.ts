/** Reads `application/x-www-form-urlencoded` by the schema and the encoding of its properties (OpenAPI 3.1 §4.8.15). */
import { isJson } from "../../../src/http/media-type.ts";
import type { EncodingModel, MediaModel, Schema } from "../../gen/model.ts";
import { declaredNames, type FlatSchema, propertySchema } from "../sample/flat-schema.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { setOwn } from "../set-own.ts";
import { alternatives, coerce, shapesOf } from "./coerce.ts";
import { decodeDeep, decodePairs, type Pairs, queryPairs } from "./decode-pairs.ts";
import { type Decode, form, type RawValue } from "./raw-value.ts";

/** What is said of the form. */
export type FormMedia = Pick<MediaModel, "schema" | "encoding">;

/**
 * The form as a value of its schema. Nested properties are read in all three forms in use: `a[b]=1`, exploded
 * (where the encoding says so), and JSON.
 *
 * @throws Undecodable for broken percent-encoding.
 */
export function decodeForm(view: SchemaView, media: FormMedia, text: string): unknown {
  return decodeFields(view, media, queryPairs(text), form);
}

/** As {@link decodeForm}, of pairs that came in another way. */
export function decodeFields(
  view: SchemaView,
  { schema = true, encoding = {} }: FormMedia,
  pairs: Pairs,
  decode: Decode,
): unknown {
  const cleaned = view.of(schema);
  let first: unknown;
  for (const flat of alternatives(view, cleaned)) {
    const value = decodeRecord(view, flat, encoding, pairs, decode);
    if (conforms(view, cleaned, value)) return value;
    first ??= value;
  }
  return first;
}

function decodeRecord(
  view: SchemaView,
  flat: FlatSchema,
  encoding: Readonly<Record<string, EncodingModel>>,
  pairs: Pairs,
  decode: Decode,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const taken = new Set<string>();
  const declared = declaredNames(flat);
  for (const name of declared) {
    const property = propertySchema(flat, name);
    const plan = Object.hasOwn(encoding, name) ? (encoding[name] ?? {}) : {};
    const members = isExploded(plan) ? memberNames(view, property) : new Set<string>();
    const isMember = (key: string): boolean => !declared.has(key) && members.has(key);
    const found = decodeProperty(view, property, name, plan, pairs, decode, isMember);
    if (found !== undefined) setOwn(value, name, found);
    for (const [key] of pairs) if (belongsTo(key, name) || isMember(key)) taken.add(key);
  }
  for (const [key] of pairs) {
    if (taken.has(key)) continue;
    const base = /^([^[]+)\[/.exec(key)?.[1] ?? key;
    const raw = decodeDeep(pairs, base, decode);
    if (raw !== undefined) setOwn(value, base, coerce(view, propertySchema(flat, base), raw));
  }
  return value;
}

const belongsTo = (key: string, name: string): boolean =>
  key === name || key.startsWith(`${name}[`);
const isStyled = ({ style, explode, allowReserved }: EncodingModel): boolean =>
  style !== undefined || explode !== undefined || allowReserved !== undefined;
const isExploded = (plan: EncodingModel): boolean =>
  isStyled(plan) && (plan.style ?? "form") === "form" && plan.explode !== false;

function memberNames(view: SchemaView, schema: Schema): Set<string> {
  return new Set(alternatives(view, schema).flatMap((flat) => [...declaredNames(flat)]));
}

function decodeProperty(
  view: SchemaView,
  schema: Schema,
  name: string,
  plan: EncodingModel,
  pairs: Pairs,
  decode: Decode,
  isMember: (key: string) => boolean,
): unknown {
  // Any of the three makes `contentType` count for nothing (OpenAPI 3.1 §4.8.15.1.1).
  const { style = "form", explode = style === "form" } = isStyled(plan) ? plan : {};
  const raw =
    decodeStyled(view, schema, { name, style, explode }, pairs, decode, isMember) ??
    decodeDeep(pairs, name, decode);
  if (raw === undefined) return undefined;
  if (!isStyled(plan) && isJson(plan.contentType ?? "") && typeof raw === "string") {
    try {
      return JSON.parse(raw);
    } catch {
      return raw;
    }
  }
  return coerce(view, schema, raw);
}

function decodeStyled(
  view: SchemaView,
  schema: Schema,
  how: { name: string; style: string; explode: boolean },
  pairs: Pairs,
  decode: Decode,
  isMember: (key: string) => boolean,
): RawValue | undefined {
  for (const shape of shapesOf(view, schema).sort((a, b) =>
    a === "scalar" ? 1 : b === "scalar" ? -1 : 0,
  )) {
    const raw = decodePairs(pairs, how, shape, decode, isMember);
    if (raw === undefined) continue;
    // One text where a list was meant may also be the list as JSON.
    const [only] = Array.isArray(raw) ? raw : [];
    return Array.isArray(raw) && raw.length === 1 && typeof only === "string" && /^\s*\[/.test(only)
      ? only
      : raw;
  }
  return undefined;
}
