/** Follows a path through schemas: where the document describes what stands there. */
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { originOf } from "../../gen/normalise/schema/origins.ts";
import { escapeSegment, parsePointer } from "../../gen/read/pointer.ts";

/** A schema and its pointer, with the file before it. */
export interface SchemaPlace {
  readonly schema: Schema;
  readonly pointer: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** The places of a path, each once; none: the document does not describe it. */
export function placesOf(
  schemas: Schemas,
  start: SchemaPlace,
  path: readonly string[],
): SchemaPlace[] {
  let places = [start];
  for (const segment of path) {
    const next = new Map<string, SchemaPlace>();
    for (const place of places) {
      for (const part of partsOf(schemas, place)) {
        for (const found of step(part, segment)) next.set(found.pointer, found);
      }
    }
    places = [...next.values()];
  }
  return places;
}

/** What describes the same value: behind `$ref`, in `allOf`, `anyOf`, `oneOf` and conditions. */
function partsOf(schemas: Schemas, start: SchemaPlace): SchemaPlace[] {
  const parts: SchemaPlace[] = [];
  const seen = new Set<Schema>();
  const queue = [start];
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    const { schema, pointer } = place;
    if (typeof schema === "boolean" || seen.has(schema)) continue;
    seen.add(schema);
    parts.push(place);
    const target = targetOf(schemas, schema);
    if (target !== undefined) queue.push(placed(target, pointer));
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const members = (schema[keyword] ?? []) as Schema[];
      for (const [index, member] of members.entries())
        queue.push(placed(member, `${pointer}/${keyword}/${index}`));
    }
    for (const keyword of ["then", "else"]) {
      const member = schema[keyword] as Schema | undefined;
      if (member !== undefined) queue.push(placed(member, `${pointer}/${keyword}`));
    }
  }
  return parts;
}

function targetOf(schemas: Schemas, { $ref }: SchemaObject): Schema | undefined {
  const key = $ref === undefined ? undefined : parsePointer($ref.slice(1))?.at(-1);
  return key === undefined ? undefined : schemas[key];
}

function step({ schema, pointer }: SchemaPlace, segment: string): SchemaPlace[] {
  if (typeof schema === "boolean") return [];
  const inside = (keyword: string, key?: string | number): SchemaPlace[] => {
    const held = schema[keyword] as Readonly<Record<string | number, Schema>> | undefined;
    const child = key === undefined ? (held as Schema | undefined) : held?.[key];
    const more = key === undefined ? "" : `/${escapeSegment(String(key))}`;
    return child === undefined ? [] : [placed(child, `${pointer}/${keyword}${more}`)];
  };
  if (segment === "*") {
    const tuple = (schema.prefixItems ?? []) as Schema[];
    const items = [
      ...inside("items"),
      ...tuple.flatMap((_, index) => inside("prefixItems", index)),
    ];
    if (items.length > 0) return items;
    return [
      ...Object.keys((schema.properties ?? {}) as object).flatMap((name) =>
        inside("properties", name),
      ),
      ...otherMembers(schema, inside),
    ];
  }
  const { properties } = schema as { properties?: object };
  if (properties !== undefined && Object.hasOwn(properties, segment))
    return inside("properties", segment);
  return otherMembers(schema, inside, segment);
}

/** Members that have no schema of their own. */
function otherMembers(
  schema: SchemaObject,
  inside: (keyword: string, key?: string) => SchemaPlace[],
  name?: string,
): SchemaPlace[] {
  const patterns = Object.keys((schema.patternProperties ?? {}) as object).filter(
    (pattern) => name === undefined || matches(pattern, name),
  );
  if (patterns.length > 0)
    return patterns.flatMap((pattern) => inside("patternProperties", pattern));
  return typeof schema.additionalProperties === "object" ? inside("additionalProperties") : [];
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, "u").test(name);
  } catch {
    return false;
  }
}

/** A schema with its own place in the document, or the one that it is found at. */
export function placed(schema: Schema, found: string): SchemaPlace {
  const origin = originOf(schema);
  return { schema, pointer: origin === undefined ? found : `${origin.file}#${origin.pointer}` };
}
