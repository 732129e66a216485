/** A schema without what nobody uses. */
import {
  isSchema,
  isSchemaObject,
  propertiesOf,
  requiredOf,
  schemasOf,
} from "../../gen/emit/schema/schema-lookup.ts";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { SAME } from "./schema-uses.ts";
import { noUse, type Use } from "./use.ts";

/** What still holds of a value of which only a part is described. */
const KEPT = ["type", "title", "description", "deprecated", "format", "enum", "const"] as const;
const NOTHING = noUse();

/**
 * References stay as they are: what they lead to is pruned for all who use it. Of an object that is used in part,
 * names that are not used may be there or not, so nothing is said of how many there are or that there are no others.
 */
export function pruneSchema(schema: Schema, use: Use): Schema {
  if (!isSchemaObject(schema) || use.whole || typeof schema.$ref === "string") return schema;
  const pruned: SchemaObject = {};
  for (const keyword of KEPT) {
    const value: unknown = schema[keyword];
    if (value !== undefined) (pruned as Record<string, unknown>)[keyword] = value;
  }
  const properties = propertiesOf(schema).flatMap(([name, member]): [string, Schema][] => {
    const below =
      use.below.get(name) ?? use.below.get("*") ?? (isMark(member) ? NOTHING : undefined);
    return below === undefined ? [] : [[name, pruneSchema(member, below)]];
  });
  if (properties.length > 0) pruned.properties = Object.fromEntries(properties);
  const names = new Set(properties.map(([name]) => name));
  const required = requiredOf(schema).filter((name) => names.has(name));
  if (required.length > 0) pruned.required = required;
  pruneRest(schema, use, names, pruned);
  for (const keyword of SAME) {
    if (schema[keyword] === undefined) continue;
    pruned[keyword] = schemasOf(schema[keyword]).map((member) => pruneSchema(member, use));
  }
  return pruned;
}

/** Items, and properties that the schema does not name. */
function pruneRest(
  schema: SchemaObject,
  { below }: Use,
  named: ReadonlySet<string>,
  pruned: SchemaObject,
): void {
  const any = below.get("*");
  const others = [...below].filter(([name]) => !named.has(name)).map(([, one]) => one);
  const [first = any] = others;
  if (first === undefined) return;
  if (isSchema(schema.items)) pruned.items = pruneSchema(schema.items, first);
  if (Array.isArray(schema.prefixItems)) {
    pruned.prefixItems = schemasOf(schema.prefixItems).map((item, at) =>
      pruneSchema(item, below.get(String(at)) ?? any ?? NOTHING),
    );
  }
  if (isSchemaObject(schema.additionalProperties)) {
    pruned.additionalProperties = pruneSchema(schema.additionalProperties, first);
  }
  if (isSchemaObject(schema.patternProperties)) {
    pruned.patternProperties = Object.fromEntries(
      Object.entries(schema.patternProperties)
        .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
        .map(([pattern, member]) => [pattern, pruneSchema(member, first)]),
    );
  }
}

/** What tells the members of a union apart. */
function isMark(schema: Schema): boolean {
  return isSchemaObject(schema) && schema.const !== undefined;
}
