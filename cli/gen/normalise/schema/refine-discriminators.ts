/** Writes discriminators out as constants in the members of a union, so that TypeScript narrows by them. */
import type { Schema, SchemaObject } from "../../model.ts";
import { isRecord, own } from "../../read/raw.ts";
import { isMiss } from "../../read/resolve.ts";
import type { Context } from "../context.ts";
import { componentName } from "./key-names.ts";
import type { Discriminated, SchemaShelf, Target } from "./schema-shelf.ts";
import { typesOf } from "./type-keyword.ts";

/** How many schemas are searched for one property. */
const MAX_LOOKED_INTO = 256;

/** OpenAPI 3.1 §4.8.25. All targets must be there. */
export function refineDiscriminators(context: Context): void {
  for (const discriminated of context.schemas.discriminated) refine(context, discriminated);
}

function refine(context: Context, { schema, discriminator, scope }: Discriminated): void {
  const propertyName = isRecord(discriminator) ? own(discriminator, "propertyName") : undefined;
  if (typeof propertyName !== "string" || !isRecord(discriminator)) return;
  const mapped = readMapping(context, own(discriminator, "mapping"), scope.file);
  for (const keyword of ["oneOf", "anyOf"] as const) {
    const members = schema[keyword] as Schema[] | undefined;
    if (members === undefined) continue;
    schema[keyword] = members.map((member) =>
      refineMember(context.schemas, member, propertyName, mapped),
    );
  }
}

function refineMember(
  shelf: SchemaShelf,
  member: Schema,
  propertyName: string,
  mapped: ReadonlyMap<unknown, string[]>,
): Schema {
  if (typeof member === "boolean") return member;
  const target = shelf.linked(member);
  // A union among the members has discriminators of its own.
  if (target === undefined || isUnion(target.schema)) return member;
  const implied = componentName(target.at.pointer);
  const wanted = mapped.get(target.at.value) ?? (implied === undefined ? [] : [implied]);
  const values = narrowed(findProperty(shelf, target.schema, propertyName, new Set()), wanted);
  if (values === undefined) return member;
  const [value] = values;
  const constant: SchemaObject =
    values.length === 1 ? { type: "string", const: value } : { type: "string", enum: values };
  return {
    allOf: [
      member,
      {
        type: "object",
        properties: nullPrototype(propertyName, constant),
        required: [propertyName],
      },
    ],
  };
}

/** Values by the raw schema that they stand for. A mapping that leads nowhere maps nothing. */
function readMapping(
  context: Context,
  mapping: unknown,
  file: Discriminated["scope"]["file"],
): Map<unknown, string[]> {
  const values = new Map<unknown, string[]>();
  if (!isRecord(mapping)) return values;
  for (const [value, name] of Object.entries(mapping)) {
    if (typeof name !== "string") continue;
    const isName = /^[A-Za-z0-9._-]+$/.test(name);
    const byName = isName
      ? context.resolver.resolve(`#/components/schemas/${name}`, context.library.root)
      : undefined;
    const found =
      byName === undefined || isMiss(byName) ? context.resolver.resolve(name, file) : byName;
    if (isMiss(found)) continue;
    const known = values.get(found.value);
    if (known === undefined) values.set(found.value, [value]);
    else known.push(value);
  }
  return values;
}

/** The values that are worth writing; `undefined`: the property says enough, or something else. */
function narrowed(property: Schema | undefined, wanted: readonly string[]): string[] | undefined {
  if (wanted.length === 0) return undefined;
  if (property === undefined || typeof property === "boolean") return [...wanted];
  const types = typesOf(property);
  if (types.length > 0 && !types.includes("string")) return undefined;
  if (property.const !== undefined) return undefined;
  if (!Array.isArray(property.enum)) return [...wanted];
  const values = wanted.filter((value) => (property.enum as unknown[]).includes(value));
  return values.length === 0 || property.enum.length === 1 ? undefined : values;
}

/**
 * The property's schema in this object, in what it refers to, or in one of `allOf`; the narrowest one.
 * @param seen what has been looked into already
 */
function findProperty(
  shelf: SchemaShelf,
  schema: Schema,
  name: string,
  seen: Set<Schema>,
): Schema | undefined {
  if (typeof schema === "boolean" || seen.has(schema) || seen.size > MAX_LOOKED_INTO)
    return undefined;
  seen.add(schema);
  const target = shelf.linked(schema);
  const properties = schema.properties as Record<string, Schema> | undefined;
  const own =
    properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const around = [
    ...((schema.allOf ?? []) as Schema[]),
    ...(target === undefined ? [] : [target.schema]),
  ];
  const candidates = [
    own === undefined ? undefined : behind(shelf, own, 0),
    ...around.map((member) => findProperty(shelf, member, name, seen)),
  ].filter((candidate) => candidate !== undefined);
  return candidates.find(hasValues) ?? candidates[0];
}

function hasValues(schema: Schema): boolean {
  return typeof schema === "object" && (schema.const !== undefined || schema.enum !== undefined);
}

function behind(shelf: SchemaShelf, schema: Schema, depth: number): Schema {
  if (typeof schema === "boolean" || depth > 16) return schema;
  const target: Target | undefined = shelf.linked(schema);
  return target === undefined ? schema : behind(shelf, target.schema, depth + 1);
}

function isUnion(schema: Schema): boolean {
  return typeof schema === "object" && (schema.oneOf !== undefined || schema.anyOf !== undefined);
}

function nullPrototype(name: string, schema: SchemaObject): Record<string, Schema> {
  return Object.assign(Object.create(null) as Record<string, Schema>, { [name]: schema });
}
