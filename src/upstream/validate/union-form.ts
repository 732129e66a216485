/** Unions whose members can be told apart, written so that what is wrong is found inside the member that was meant. */
import type { JsonSchema } from "../plan.ts";

type SchemaObject = Exclude<JsonSchema, boolean>;

/** What a member demands at first sight. */
interface Gate {
  /** Undefined: any. */
  readonly types: ReadonlySet<string> | undefined;
  /** Property that must be there -> the texts that it may be. */
  readonly tags: ReadonlyMap<string, ReadonlySet<unknown>>;
}

export type Resolve = (ref: string) => JsonSchema | undefined;

/** Longer chains of `$ref`s and `allOf`s are nobody's. */
const MAX_DEPTH = 16;
const ANY: Gate = { types: undefined, tags: new Map() };

/**
 * The gates of a union's members, as schemas; undefined where two members may take the same value. `{ $ref } or null`
 * and members with a discriminating constant are the unions that real documents have.
 */
export function gatesOf(
  members: readonly JsonSchema[],
  resolve: Resolve,
): SchemaObject[] | undefined {
  const gates = members.map((member) => gateOf(member, resolve, 0));
  const areApart = gates.every((one, at) =>
    gates.slice(at + 1).every((other) => isApart(one, other)),
  );
  return areApart ? gates.map((gate, at) => toSchema(gate, gates, at)) : undefined;
}

function gateOf(schema: JsonSchema, resolve: Resolve, depth: number): Gate {
  if (typeof schema === "boolean" || depth > MAX_DEPTH) return ANY;
  const { $ref, type, allOf = [], properties = {}, required = [] } = schema;
  const target = typeof $ref === "string" ? resolve($ref) : undefined;
  const parts = [...(allOf as readonly JsonSchema[]), ...(target === undefined ? [] : [target])];
  const inner = parts.map((part) => gateOf(part, resolve, depth + 1));
  const own = type === undefined ? valueTypes(schema) : new Set([type].flat() as string[]);
  const unions = [schema.anyOf, schema.oneOf]
    .filter((union) => union !== undefined)
    .map((union) => unionTypes(union as readonly JsonSchema[], resolve, depth));
  const tags = new Map<string, ReadonlySet<unknown>>();
  for (const gate of inner) for (const [name, values] of gate.tags) tags.set(name, values);
  for (const name of required as readonly string[]) {
    const property = Object.hasOwn(properties as object, name)
      ? (properties as Readonly<Record<string, JsonSchema>>)[name]
      : undefined;
    const values = property === undefined ? undefined : textsOf(property);
    if (values !== undefined) tags.set(name, values);
  }
  return { types: narrowest([own, ...unions, ...inner.map(({ types }) => types)]), tags };
}

function unionTypes(
  members: readonly JsonSchema[],
  resolve: Resolve,
  depth: number,
): ReadonlySet<string> | undefined {
  const all = members.map((member) => gateOf(member, resolve, depth + 1).types);
  return all.includes(undefined) ? undefined : new Set(all.flatMap((types) => [...(types ?? [])]));
}

/** What all of them allow; `integer` is within `number`. */
function narrowest(
  all: readonly (ReadonlySet<string> | undefined)[],
): ReadonlySet<string> | undefined {
  let result: ReadonlySet<string> | undefined;
  for (const types of all) {
    if (types === undefined) continue;
    const before = result;
    result =
      before === undefined
        ? types
        : new Set(
            [...types, ...before].filter((type) => allows(types, type) && allows(before, type)),
          );
  }
  // What nothing can be is a slip of the document, and no gate.
  return result?.size === 0 ? undefined : result;
}

function allows(types: ReadonlySet<string>, type: string): boolean {
  return types.has(type) || (type === "integer" && types.has("number"));
}

function valueTypes({ enum: list, ...schema }: SchemaObject): ReadonlySet<string> | undefined {
  const values = "const" in schema ? [schema.const] : Array.isArray(list) ? list : undefined;
  if (values === undefined) return undefined;
  return new Set(
    values.map((value) =>
      value === null ? "null" : Array.isArray(value) ? "array" : typeof value,
    ),
  );
}

/** The texts that a schema allows, where these are all it allows. */
function textsOf(property: JsonSchema): ReadonlySet<unknown> | undefined {
  if (typeof property === "boolean") return undefined;
  const { enum: list } = property;
  const values = "const" in property ? [property.const] : Array.isArray(list) ? list : [];
  const areTexts = values.length > 0 && values.every((value) => typeof value === "string");
  return areTexts ? new Set(values) : undefined;
}

function isApart(one: Gate, other: Gate): boolean {
  const { types } = one;
  const { types: others } = other;
  if (types !== undefined && others !== undefined) {
    const overlap =
      [...types].some((type) => allows(others, type)) ||
      [...others].some((type) => allows(types, type));
    if (!overlap) return true;
  }
  return isObject(one) && isObject(other) && tagBetween(one, other) !== undefined;
}

function isObject({ types }: Gate): boolean {
  return types?.size === 1 && types.has("object");
}

/** A property by whose value two members can be told apart. */
function tagBetween(one: Gate, other: Gate): string | undefined {
  for (const [name, values] of one.tags) {
    const others = other.tags.get(name);
    if (others !== undefined && ![...values].some((value) => others.has(value))) return name;
  }
  return undefined;
}

/** Types, and the tags that set the member apart from another one. */
function toSchema(gate: Gate, gates: readonly Gate[], at: number): SchemaObject {
  const needed = new Set<string>();
  for (const [index, other] of gates.entries()) {
    const name =
      index !== at && isObject(gate) && isObject(other) ? tagBetween(gate, other) : undefined;
    if (name !== undefined) needed.add(name);
  }
  const properties: Record<string, JsonSchema> = Object.create(null);
  for (const name of needed) properties[name] = { enum: [...(gate.tags.get(name) ?? [])] };
  return {
    ...(gate.types === undefined ? {} : { type: [...gate.types] }),
    ...(needed.size === 0 ? {} : { properties, required: [...needed] }),
  };
}
