/** Which schemas of a service are used, and how much of each. */
import { keyOf } from "../../gen/emit/schema/prepared-schema.ts";
import {
  isSchema,
  isSchemaObject,
  propertiesOf,
  type Schemas,
  schemasOf,
} from "../../gen/emit/schema/schema-lookup.ts";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { mergeUse, noUse, type Use } from "./use.ts";

/** Keywords that hold a schema, a list of schemas, or schemas by name. */
const SINGLE = [
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "contains",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
] as const;
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;
const MAPS = ["properties", "patternProperties", "dependentSchemas"] as const;
/** Other descriptions of the same value. */
export const SAME = ["allOf", "anyOf", "oneOf"] as const;

/** Follows what is used of bodies into the schemas by name, each of which is used for all of them at once. */
export class SchemaUses {
  readonly #schemas: Schemas;
  readonly #uses = new Map<string, Use>();

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** By key. */
  get found(): ReadonlyMap<string, Use> {
    return this.#uses;
  }

  /** What is used of a value with this schema. */
  mark(schema: Schema, use: Use): void {
    if (!isSchemaObject(schema)) return;
    if (typeof schema.$ref === "string") {
      this.#markNamed(keyOf(schema.$ref), use);
      return;
    }
    if (use.whole) {
      for (const member of membersOf(schema)) this.mark(member, use);
      return;
    }
    for (const [step, below] of use.below) {
      for (const member of stepInto(schema, step)) this.mark(member, below);
    }
    for (const keyword of SAME) {
      for (const member of schemasOf(schema[keyword])) this.mark(member, use);
    }
  }

  /** Ends where a schema leads back to itself: then nothing of it is new. */
  #markNamed(key: string, use: Use): void {
    const schema = Object.hasOwn(this.#schemas, key) ? this.#schemas[key] : undefined;
    if (schema === undefined) return;
    const known = this.#uses.get(key);
    const all = known ?? noUse();
    this.#uses.set(key, all);
    if (mergeUse(all, use) || known === undefined) this.mark(schema, all);
  }
}

/** Every schema that stands directly in another. */
function membersOf(schema: SchemaObject): Schema[] {
  return [
    ...SINGLE.map((keyword) => schema[keyword]).filter(isSchema),
    ...LISTS.flatMap((keyword) => schemasOf(schema[keyword])),
    ...MAPS.flatMap((keyword) => valuesOf(schema[keyword])),
  ];
}

function valuesOf(value: unknown): Schema[] {
  return isSchemaObject(value) ? Object.values(value).filter(isSchema) : [];
}

/** What describes the member of a value by this name; `*`: any item, and any key. */
export function stepInto(schema: SchemaObject, step: string): Schema[] {
  const own = propertiesOf(schema).filter(([name]) => step === "*" || name === step);
  const rest = own.length > 0 && step !== "*" ? [] : [schema.additionalProperties];
  const listed = schemasOf(schema.prefixItems);
  const at = listed[Number(step)];
  const items = step === "*" ? [...listed, schema.items] : [at ?? schema.items];
  return [
    ...own.map(([, member]) => member),
    ...[...rest, ...items].filter(isSchema),
    ...valuesOf(schema.patternProperties),
  ];
}
