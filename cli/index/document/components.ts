/** The components of the gateway's own document: schemas of services under names of their own, and named types. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { Schema, SchemaObject, ServiceModel } from "../../gen/model.ts";
import { keyOfRef, refToKey } from "./schema-steps.ts";
import { createUniqueNames, pascalCase } from "./unique-names.ts";

export interface Components {
  /** A reference to a schema of a service, which comes along with everything that it refers to. */
  carry(service: string, key: string): SchemaObject;
  /** A schema out of a service's document, with its references led to where they are here. */
  adopt(service: string, schema: Schema): Schema;
  /** A name that nobody else gets; the wanted one if it is free. */
  reserve(wanted: string): string;
  /** Fills in what a reserved name stands for. */
  define(name: string, schema: Schema): void;
  /** By name, in code-point order. */
  schemas(): Record<string, Schema>;
}

export function createComponents(models: ReadonlyMap<string, ServiceModel>): Components {
  const defined = new Map<string, Schema>();
  const reserve = createUniqueNames("Schema");
  const carried = new Map<string, string>();

  function carry(service: string, key: string): SchemaObject {
    const id = `${service} ${key}`;
    const known = carried.get(id);
    const name = known ?? reserve(pascalCase(service) + pascalCase(key));
    if (known === undefined) {
      carried.set(id, name);
      // Reserved before it is filled in: it may refer to itself.
      defined.set(name, adopt(service, models.get(service)?.schemas[key] ?? true));
    }
    return { $ref: refToKey(name) };
  }

  function adopt(service: string, schema: Schema): Schema {
    return copyOf(schema, (ref) => carry(service, keyOfRef(ref)).$ref ?? ref) as Schema;
  }

  return {
    carry,
    adopt,
    reserve,
    define: (name, schema) => void defined.set(name, schema),
    schemas: () =>
      Object.fromEntries(
        [...defined]
          .sort(([one], [other]) => byCodePoint(one, other))
          .map(([name, schema]) => [name, schema === true ? {} : schema]),
      ),
  };
}

/** Members whose values are data: a `$ref` in them refers to nothing. */
const DATA = new Set(["const", "enum", "default", "example", "examples"]);
/** What a model notes for itself, and what it has written out already: a schema of each direction stands by itself. */
const LEFT_OUT = new Set(["x-write-only", "discriminator", "readOnly", "writeOnly"]);

function copyOf(value: unknown, rename: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => copyOf(item, rename));
  // Integers that a double cannot hold are objects.
  if (typeof value !== "object" || value === null || value instanceof Number) return value;
  const members = Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
      if (LEFT_OUT.has(key)) return [];
      if (DATA.has(key)) return [[key, member]];
      if (key === "$ref" && typeof member === "string") return [[key, rename(member)]];
      if (key === "properties" || key === "patternProperties" || key === "$defs")
        return [[key, copyNamed(member, rename)]];
      return [[key, copyOf(member, rename)]];
    }),
  );
  const { allOf } = members;
  const isWrapper = Array.isArray(allOf) && allOf.length === 1 && Object.keys(members).length === 1;
  return isWrapper ? allOf[0] : members;
}

/** The keys are names here, not keywords. */
function copyNamed(value: unknown, rename: (ref: string) => string): unknown {
  return Object.fromEntries(
    Object.entries(value as object).map(([name, schema]) => [name, copyOf(schema, rename)]),
  );
}
