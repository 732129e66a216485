/** Holds a model against what models promise. */
import type { Schema, ServiceModel } from "../../../../cli/gen/model.ts";
import { isOperationName } from "../../../../cli/gen/name/identifier.ts";

/** The model's own: the properties that an answer leaves out. */
const OWN = "x-write-only";

/** Everything in a model that is not as the model promises. */
export function flaws(model: ServiceModel): string[] {
  const found: string[] = [];
  const referred = new Set<string>();
  const visit = (schema: unknown, way: string): void => {
    if (typeof schema === "boolean") return;
    if (typeof schema !== "object" || schema === null) {
      found.push(`${way} is no schema`);
      return;
    }
    for (const [key, value] of Object.entries(schema)) {
      if (key === "$ref") {
        const name = String(value)
          .replace("#/components/schemas/", "")
          .replaceAll("~1", "/")
          .replaceAll("~0", "~");
        referred.add(name);
        if (!(name in model.schemas)) found.push(`${way}: ${String(value)} leads nowhere`);
      } else if (REMNANTS.has(key) || (key.startsWith("x-") && key !== OWN))
        found.push(`${way} has ${key}`);
      else if (key === "type" && [value].flat().some((type) => !TYPES.has(String(type))))
        found.push(`${way} has type ${String(value)}`);
      else if (key.startsWith("exclusive") && typeof value !== "number")
        found.push(`${way} has ${key} ${String(value)}`);
      else if (SINGLE.has(key)) visit(value, `${way}/${key}`);
      else if (LISTS.has(key))
        for (const [index, item] of (value as unknown[]).entries())
          visit(item, `${way}/${key}/${index}`);
      else if (MAPS.has(key))
        for (const [name, item] of Object.entries(value as object))
          visit(item, `${way}/${key}/${name}`);
    }
  };
  for (const [key, schema] of Object.entries(model.schemas)) visit(schema, key);
  const names = new Set<string>();
  for (const { name, parameters, body, answers, at } of model.operations) {
    if (!isOperationName(name) || names.has(name)) found.push(`${name} is no name`);
    names.add(name);
    if (at.line < 1 || (at.line === 1 && at.column === 1 && at.pointer !== ""))
      found.push(`${name} has no place`);
    const media = [...(body?.media ?? []), ...answers.flatMap((answer) => answer.media)];
    const schemas: (Schema | undefined)[] = [
      ...parameters.map(({ schema }) => schema),
      ...answers.flatMap(({ headers }) => headers.map(({ schema }) => schema)),
      ...media.flatMap(({ schema, itemSchema }) => [schema, itemSchema]),
    ];
    for (const schema of schemas) if (schema !== undefined) visit(schema, name);
  }
  const idle = Object.keys(model.schemas).filter((key) => !referred.has(key));
  return [...found, ...idle.map((key) => `nothing refers to ${key}`)];
}

const REMNANTS = new Set([
  "nullable",
  "x-nullable",
  "discriminator",
  "example",
  "xml",
  "externalDocs",
  "collectionFormat",
  "definitions",
  "$defs",
  "$id",
  "$anchor",
  "$dynamicRef",
]);
const TYPES = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);
const SINGLE = new Set([
  "items",
  "additionalProperties",
  "unevaluatedItems",
  "unevaluatedProperties",
  "contains",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
  "contentSchema",
]);
const LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const MAPS = new Set(["properties", "patternProperties", "dependentSchemas"]);
