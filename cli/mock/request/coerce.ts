/** Gives wire texts the types that a schema asks for: `"5"` becomes 5 where a number is meant. */
import type { Schema } from "../../gen/model.ts";
import { both, type FlatSchema, flatten, propertySchema } from "../sample/flat-schema.ts";
import { resolveChoices } from "../sample/resolve-choices.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { setOwn } from "../set-own.ts";
import type { Shape } from "./decode-style.ts";
import { isRawRecord, type RawValue } from "./raw-value.ts";

/** By cleaned schema: a view has its own copies, so that views do not meet here. */
const known = new WeakMap<object, readonly FlatSchema[]>();

/** Every way that the choices of a schema leave open. */
export function alternatives(view: SchemaView, schema: Schema): readonly FlatSchema[] {
  const cleaned = view.of(schema);
  const before = typeof cleaned === "object" ? known.get(cleaned) : undefined;
  if (before !== undefined) return before;
  const ways = [...resolveChoices(view, flatten(view, cleaned))];
  if (typeof cleaned === "object") known.set(cleaned, ways);
  return ways;
}

/** The shapes that a value of the schema can have; at least one. */
export function shapesOf(view: SchemaView, schema: Schema): Shape[] {
  const shapes = new Set<Shape>();
  for (const flat of alternatives(view, schema)) {
    for (const type of typesOf(flat)) {
      shapes.add(type === "array" ? "list" : type === "object" ? "record" : "scalar");
    }
  }
  return shapes.size === 0 ? ["scalar"] : [...shapes];
}

function typesOf(flat: FlatSchema): readonly string[] {
  if (flat.types !== undefined) return flat.types;
  if (flat.layers.length > 0 || flat.required.size > 0) return ["object"];
  if (flat.items.length > 0 || flat.prefixes.length > 0) return ["array"];
  return [];
}

/** The typed value, of the first alternative that takes it; else of the first, so that the validator can say what is wrong. */
export function coerce(view: SchemaView, schema: Schema, raw: RawValue): unknown {
  const cleaned = view.of(schema);
  const ways = alternatives(view, cleaned);
  let first: unknown;
  for (const [index, flat] of ways.entries()) {
    const value = coerceFlat(view, flat, raw);
    if (conforms(view, cleaned, value)) return value;
    if (index === 0) first = value;
  }
  return ways.length === 0 ? raw : first;
}

function coerceFlat(view: SchemaView, flat: FlatSchema, raw: RawValue): unknown {
  if (typeof raw === "string") return coerceText(view, flat, raw);
  const types = typesOf(flat);
  if (isRawRecord(raw)) {
    const list = types.includes("array") && !types.includes("object") ? numbered(raw) : undefined;
    if (list !== undefined) return coerceList(view, flat, list);
    return coerceRecord(view, flat, raw);
  }
  const [only, ...more] = raw;
  if (only !== undefined && more.length === 0 && types.length > 0 && !types.includes("array")) {
    return coerceFlat(view, flat, only);
  }
  return coerceList(view, flat, raw);
}

/** The members of a record whose names count from 0. */
function numbered(raw: Readonly<Record<string, RawValue>>): RawValue[] | undefined {
  const keys = Object.keys(raw);
  if (!keys.every((key) => /^\d+$/.test(key))) return undefined;
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => raw[key] ?? "");
}

function coerceList(view: SchemaView, flat: FlatSchema, raw: readonly RawValue[]): unknown[] {
  const rest = both(flat.items);
  return raw.map((item, index) => {
    const own = flat.prefixes.map((list) => list[index]).filter((one) => one !== undefined);
    return coerce(view, own.length > 0 ? both(own) : rest, item);
  });
}

function coerceRecord(
  view: SchemaView,
  flat: FlatSchema,
  raw: Readonly<Record<string, RawValue>>,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(raw))
    setOwn(value, name, coerce(view, propertySchema(flat, name), item));
  return value;
}

function coerceText(view: SchemaView, flat: FlatSchema, text: string): unknown {
  const types = flat.types ?? inferredTypes(flat);
  const readings = [...readingsOf(view, flat, text, types)];
  const listed = readings.filter((reading) => flat.values?.includes(reading) ?? true);
  const [first = text] = listed.length > 0 ? listed : readings;
  return first;
}

function inferredTypes(flat: FlatSchema): readonly string[] {
  const types = typesOf(flat);
  if (types.length > 0) return types;
  const values = flat.values ?? [];
  return values.length > 0
    ? [...new Set(values.map((value) => (value === null ? "null" : typeof value)))]
    : ["string"];
}

/** What the text can be read as, the narrowest first. */
function* readingsOf(
  view: SchemaView,
  flat: FlatSchema,
  text: string,
  types: readonly string[],
): Iterable<unknown> {
  if (types.includes("boolean") && (text === "true" || text === "false")) yield text === "true";
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
  if (
    isNumber &&
    (types.includes("number") || (types.includes("integer") && Number.isInteger(Number(text))))
  )
    yield Number(text);
  if (types.includes("null") && (text === "null" || (text === "" && !types.includes("string"))))
    yield null;
  if (/^\s*[[{]/.test(text) && (types.includes("object") || types.includes("array"))) {
    const parsed = parse(text);
    if (parsed !== undefined) yield parsed;
  }
  if (types.includes("string")) yield text;
  if (types.includes("array")) yield text === "" ? [] : coerceList(view, flat, [text]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
