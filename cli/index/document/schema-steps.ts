/** Steps from a schema of a model to a schema inside of it: a property, an item, any other member. */
import type { Schema, SchemaObject } from "../../gen/model.ts";

type Schemas = Readonly<Record<string, Schema>>;

const REF = "#/components/schemas/";

/** The key that a `$ref` of a model names. */
export function keyOfRef(ref: string): string {
  return ref.slice(REF.length).replaceAll("~1", "/").replaceAll("~0", "~");
}

export function refToKey(key: string): string {
  return REF + key.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function propertySchema(owner: Schema, name: string, schemas: Schemas): Schema | undefined {
  return single(owner, schemas, ({ properties }) => {
    const own = properties as Readonly<Record<string, Schema>> | undefined;
    return own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined;
  });
}

export function itemSchema(owner: Schema, schemas: Schemas): Schema | undefined {
  return single(owner, schemas, ({ items }) => items as Schema | undefined);
}

export function memberSchema(owner: Schema, schemas: Schemas): Schema | undefined {
  return single(owner, schemas, ({ additionalProperties }) => additionalProperties as Schema);
}

/** What `step` finds in a schema, what it refers to, and what it is put together from: all of it, or nothing. */
function single(
  owner: Schema,
  schemas: Schemas,
  step: (schema: SchemaObject) => Schema | undefined,
): Schema | undefined {
  const found: Schema[] = [];
  const seen = new Set<Schema>();
  let isChoice = false;
  const look = (schema: Schema): void => {
    if (typeof schema === "boolean" || seen.has(schema)) return;
    seen.add(schema);
    const here = step(schema);
    if (here !== undefined) found.push(here);
    if (schema.$ref !== undefined) look(schemas[keyOfRef(schema.$ref)] ?? true);
    for (const one of listOf(schema.allOf)) look(one);
    for (const one of [...listOf(schema.anyOf), ...listOf(schema.oneOf)]) {
      isChoice = true;
      look(one);
    }
  };
  look(owner);
  const different = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  const [first] = different;
  if (different.length < 2) return first;
  return isChoice ? undefined : { allOf: different };
}

export function listOf(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : [];
}
