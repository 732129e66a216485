/** A schema with its `$ref`s followed and its `allOf` merged: what one value has to satisfy, side by side. */
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { propertySchemas } from "../schema/conforms-below.ts";
import { sameJson } from "../schema/same-json.ts";
import type { SchemaView } from "../schema/schema-view.ts";

export interface Choice {
  readonly kind: "oneOf" | "anyOf";
  readonly branches: readonly Schema[];
}

export interface FlatSchema {
  /** Nothing can satisfy it. */
  impossible: boolean;
  /** Absent: any type. */
  types?: readonly string[];
  /** Absent: any value. `const` is a list of one. */
  values?: readonly unknown[];
  /** Every object schema met, each with its own idea of `properties` and `additionalProperties`. */
  readonly layers: SchemaObject[];
  readonly required: Set<string>;
  /** The tightest of every bound met, by keyword. */
  readonly bounds: Record<string, number>;
  readonly multiples: number[];
  readonly formats: string[];
  readonly patterns: string[];
  readonly choices: Choice[];
  /** Examples and defaults, the outermost first. */
  readonly hints: unknown[];
  readonly items: Schema[];
  readonly prefixes: (readonly Schema[])[];
  readonly contains: SchemaObject[];
  uniqueItems: boolean;
  /** Has keywords that the parts cannot promise to satisfy: the built value must be checked. */
  risky: boolean;
  /** Components followed, in order. */
  readonly references: Set<string>;
  /** What {@link propertySchema} found, by name. */
  readonly known: Map<string, Schema>;
}

function emptyFlat(): FlatSchema {
  return {
    impossible: false,
    layers: [],
    required: new Set(),
    bounds: {},
    multiples: [],
    formats: [],
    patterns: [],
    choices: [],
    hints: [],
    items: [],
    prefixes: [],
    contains: [],
    uniqueItems: false,
    risky: false,
    references: new Set(),
    known: new Map(),
  };
}

/** By cleaned schema: every view has its own copies, so that views do not meet here. */
const flats = new WeakMap<object, FlatSchema>();

/** The flat form of a schema (cleaned by the view); the same schema gives the same one, which must not be changed. */
export function flatten(view: SchemaView, schema: Schema): FlatSchema {
  const known = typeof schema === "object" ? flats.get(schema) : undefined;
  if (known !== undefined) return known;
  const flat = emptyFlat();
  absorb(flat, schema, view);
  if (typeof schema === "object") flats.set(schema, flat);
  return flat;
}

const LEAST = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"] as const;
const MOST = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"] as const;
const RISKY = [
  "not",
  "if",
  "dependentRequired",
  "dependentSchemas",
  "propertyNames",
  "unevaluatedProperties",
  "unevaluatedItems",
  "patternProperties",
  "contains",
  "maxContains",
] as const;

/** Adds what a schema (cleaned by the view) asks for. */
export function absorb(flat: FlatSchema, schema: Schema, view: SchemaView): void {
  if (schema === true) return;
  if (schema === false) {
    flat.impossible = true;
    return;
  }
  absorbValues(flat, schema);
  absorbBounds(flat, schema);
  if (Array.isArray(schema.examples)) flat.hints.push(...schema.examples);
  if ("example" in schema) flat.hints.push(schema.example);
  if ("default" in schema && schema.default !== null) flat.hints.push(schema.default);
  if (typeof schema.format === "string") flat.formats.push(schema.format);
  if (typeof schema.pattern === "string") flat.patterns.push(schema.pattern);
  if (schema.items !== undefined) flat.items.push(schema.items as Schema);
  if (Array.isArray(schema.prefixItems)) flat.prefixes.push(schema.prefixItems);
  if (schema.contains !== undefined) flat.contains.push(schema);
  if (schema.uniqueItems === true) flat.uniqueItems = true;
  if (RISKY.some((keyword) => keyword in schema)) flat.risky = true;
  if (isAboutObjects(schema)) flat.layers.push(schema);
  for (const name of (schema.required ?? []) as readonly string[]) flat.required.add(name);
  for (const kind of ["oneOf", "anyOf"] as const) {
    const branches = schema[kind];
    if (!Array.isArray(branches)) continue;
    flat.choices.push({ kind, branches });
    flat.risky = true;
  }
  if (schema.if !== undefined) {
    const met = { allOf: [schema.if, schema.then ?? true] } as SchemaObject;
    flat.choices.push({ kind: "anyOf", branches: [(schema.else ?? true) as Schema, met] });
  }
  for (const part of Object.values((schema.dependentSchemas ?? {}) as Record<string, Schema>)) {
    flat.choices.push({ kind: "anyOf", branches: [true, part] });
  }
  if (schema.$ref !== undefined && !flat.references.has(schema.$ref)) {
    flat.references.add(schema.$ref);
    const target = view.resolve(schema.$ref);
    if (target !== undefined) absorb(flat, target, view);
  }
  if (Array.isArray(schema.allOf)) for (const part of schema.allOf) absorb(flat, part, view);
}

function isAboutObjects(schema: SchemaObject): boolean {
  return (
    "properties" in schema ||
    "additionalProperties" in schema ||
    "patternProperties" in schema ||
    "propertyNames" in schema ||
    "dependentRequired" in schema ||
    "dependentSchemas" in schema
  );
}

function absorbValues(flat: FlatSchema, schema: SchemaObject): void {
  if (schema.type !== undefined) {
    const types = [schema.type].flat();
    flat.types = flat.types === undefined ? types : commonTypes(flat.types, types);
    if (flat.types.length === 0) flat.impossible = true;
  }
  const values = "const" in schema ? [schema.const] : schema.enum;
  if (!Array.isArray(values)) return;
  flat.values =
    flat.values === undefined
      ? values
      : flat.values.filter((value) => values.some((other) => sameJson(other, value)));
  if (flat.values.length === 0) flat.impossible = true;
}

/** The types that both lists allow; an integer is a number. */
function commonTypes(a: readonly string[], b: readonly string[]): string[] {
  const allows = (types: readonly string[], type: string): boolean =>
    types.includes(type) || (type === "integer" && types.includes("number"));
  return [...new Set([...a, ...b])].filter((type) => allows(a, type) && allows(b, type));
}

function absorbBounds(flat: FlatSchema, schema: SchemaObject): void {
  const { bounds } = flat;
  for (const keyword of LEAST) {
    const value = schema[keyword];
    if (typeof value === "number") bounds[keyword] = Math.max(value, bounds[keyword] ?? -Infinity);
  }
  for (const keyword of MOST) {
    const value = schema[keyword];
    if (typeof value === "number") bounds[keyword] = Math.min(value, bounds[keyword] ?? Infinity);
  }
  if (typeof schema.multipleOf === "number") flat.multiples.push(schema.multipleOf);
}

/** A copy that can take in a branch of a choice; its own choices are left out. */
export function withoutChoices(flat: FlatSchema): FlatSchema {
  return {
    ...flat,
    layers: [...flat.layers],
    required: new Set(flat.required),
    bounds: { ...flat.bounds },
    multiples: [...flat.multiples],
    formats: [...flat.formats],
    patterns: [...flat.patterns],
    choices: [],
    hints: [...flat.hints],
    items: [...flat.items],
    prefixes: [...flat.prefixes],
    contains: [...flat.contains],
    references: new Set(flat.references),
    known: new Map(),
  };
}

/** Names that the object's schemas declare, in document order. */
export function declaredNames(flat: FlatSchema): Set<string> {
  const names = new Set<string>();
  for (const layer of flat.layers)
    for (const name of Object.keys(layer.properties ?? {})) names.add(name);
  return names;
}

/** One schema for a property, out of every layer; `true` where nobody says anything. */
export function propertySchema(flat: FlatSchema, name: string): Schema {
  const before = flat.known.get(name);
  if (before !== undefined) return before;
  const schema = both(flat.layers.flatMap((layer) => propertySchemas(layer, name)));
  flat.known.set(name, schema);
  return schema;
}

/** One schema that asks for all of several. */
export function both(parts: readonly Schema[]): Schema {
  if (parts.some((part) => part === false)) return false;
  const telling = parts.filter((part) => part !== true);
  const [only] = telling;
  if (telling.length <= 1) return only ?? true;
  return { allOf: [...new Set(telling)] } as SchemaObject;
}
