/** Finds schemas behind references, and properties behind `allOf`, `anyOf` and `oneOf`. */
import type { Schema, SchemaObject } from "../../model.ts";
import { keyOf } from "./prepared-schema.ts";

export type Schemas = Readonly<Record<string, Schema>>;

/** A property as its object declares it. */
export interface FoundProperty {
  readonly schema: Schema;
  readonly required: boolean;
}

/** Whether a value is a schema in object form. */
export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a schema. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === "boolean" || isSchemaObject(value);
}

/** The schemas of a keyword such as `allOf`. */
export function schemasOf(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

/** The properties that an object declares itself. */
export function propertiesOf(schema: SchemaObject): [string, Schema][] {
  if (!isSchemaObject(schema.properties)) return [];
  return Object.entries(schema.properties).filter((entry): entry is [string, Schema] =>
    isSchema(entry[1]),
  );
}

/** The names that an object requires, each once. */
export function requiredOf(schema: SchemaObject): string[] {
  const { required } = schema;
  if (!Array.isArray(required)) return [];
  return [...new Set(required.filter((name): name is string => typeof name === "string"))];
}

/** The schema that a chain of references ends at; a chain that leads nowhere or in a circle is `true`. */
export function follow(schema: Schema, schemas: Schemas): Schema {
  const seen = new Set<string>();
  let at = schema;
  while (typeof at === "object" && typeof at.$ref === "string") {
    const key = keyOf(at.$ref);
    const next = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (next === undefined || seen.has(key)) return true;
    seen.add(key);
    at = next;
  }
  return at;
}

/**
 * A property of an object, wherever it is declared: in itself, in what it is composed of, or in its alternatives (then
 * the alternatives' schemas, as a union).
 */
export function findProperty(
  schema: Schema,
  name: string,
  schemas: Schemas,
  seen: ReadonlySet<Schema> = new Set(),
): FoundProperty | undefined {
  const target = follow(schema, schemas);
  if (typeof target === "boolean" || seen.has(target)) return undefined;
  const visited = new Set([...seen, target]);
  const own = propertiesOf(target).find(([key]) => key === name);
  const required = requiredOf(target).includes(name);
  if (own !== undefined) return { schema: own[1], required };
  for (const member of schemasOf(target.allOf)) {
    const found = findProperty(member, name, schemas, visited);
    if (found !== undefined) return { schema: found.schema, required: found.required || required };
  }
  for (const alternatives of [target.anyOf, target.oneOf]) {
    const found = schemasOf(alternatives)
      .map((member) => findProperty(member, name, schemas, visited))
      .filter((property) => property !== undefined);
    const [first] = found;
    if (first === undefined) continue;
    const every = found.length === schemasOf(alternatives).length;
    return {
      schema:
        found.length === 1 ? first.schema : { anyOf: found.map((property) => property.schema) },
      required: required || (every && found.every((property) => property.required)),
    };
  }
  return undefined;
}
