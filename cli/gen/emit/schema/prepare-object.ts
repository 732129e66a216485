/** Objects: properties, which of them are required, and what else may be there. */
import type { Schema, SchemaObject } from "../../model.ts";
import type { Place } from "./place.ts";
import { NOTHING, type Prepared, type PreparedNode, unionOf } from "./prepared-schema.ts";
import {
  findProperty,
  isSchema,
  isSchemaObject,
  propertiesOf,
  requiredOf,
  schemasOf,
} from "./schema-lookup.ts";

/** Prepares what a schema says of an object. Without properties and anything else it is `Record<string, unknown>`. */
export function prepareObject(schema: SchemaObject, place: Place): PreparedNode {
  const inside: Place = { ...place, within: [] };
  const declared = propertiesOf(schema);
  const wanted = requiredOf(schema);
  const index = prepareIndex(schema, isAlone(schema, place), inside);
  const properties: Record<string, Prepared> = Object.create(null);
  const required: string[] = [];
  for (const [name, property] of declared) {
    properties[name] = inside.prepare(property, inside);
    if (wanted.includes(name)) required.push(name);
  }
  for (const name of wanted) {
    if (name in properties) continue;
    const found = declaredElsewhere(name, schema, place);
    if (found?.required === true) continue;
    properties[name] = found === undefined ? (index ?? true) : inside.prepare(found.schema, inside);
    required.push(name);
  }
  const node: PreparedNode = { type: "object" };
  if (Object.keys(properties).length > 0) node.properties = properties;
  if (required.length > 0) node.required = required;
  if (index !== undefined)
    node.additionalProperties = fittingIndex(index, Object.values(properties));
  return node;
}

/** Whether nothing else is said of the object, here or around it; an alternative of a union may be alone. */
function isAlone(schema: SchemaObject, place: Place): boolean {
  return (
    ["anyOf", "oneOf"].every((keyword) => schema[keyword] === undefined) &&
    [schema, ...place.within].every((outer) => {
      const others = ["$ref", "allOf", "required"].every((keyword) => outer[keyword] === undefined);
      return others && propertiesOf(outer).length === 0;
    })
  );
}

/** A required name that this schema does not declare: its parts or the schemas around it may. */
function declaredElsewhere(
  name: string,
  schema: SchemaObject,
  place: Place,
): { readonly schema: Schema; readonly required: boolean } | undefined {
  const own = findProperty(partsOf(schema), name, place.schemas);
  if (own !== undefined) return own;
  for (const outer of place.within) {
    const found = findProperty(outer, name, place.schemas);
    // It is required here, in one alternative: that it is optional around it is no reason to skip it.
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The schema without its own list of required names. */
function partsOf(schema: SchemaObject): SchemaObject {
  const { $ref, allOf, anyOf, oneOf } = schema;
  const referred = typeof $ref === "string" ? [{ $ref }] : [];
  return { allOf: [...referred, ...schemasOf(allOf)], anyOf, oneOf };
}

/** The type of properties that are not named, where the document speaks of them. */
function prepareIndex(schema: SchemaObject, alone: boolean, inside: Place): Prepared | undefined {
  const { additionalProperties, patternProperties } = schema;
  const rest = additionalProperties ?? schema.unevaluatedProperties;
  const types: Prepared[] = [];
  if (isSchemaObject(patternProperties)) {
    types.push(
      ...Object.values(patternProperties)
        .filter(isSchema)
        .map((value) => inside.prepare(value, inside)),
    );
  }
  if (rest === true) types.push(true);
  if (isSchemaObject(rest)) types.push(inside.prepare(rest, inside));
  if (types.length === 0) return additionalProperties === false && alone ? NOTHING : undefined;
  return unionOf(types);
}

/** The index signature takes in the named properties as well: a value of a narrower one could be read, but never written. */
function fittingIndex(index: Prepared, properties: readonly Prepared[]): Prepared {
  if (index === true || properties.length === 0) return index;
  const known = new Set([JSON.stringify(index)]);
  const others = properties.filter((property) => {
    const bare = JSON.stringify(withoutComment(property));
    return !known.has(bare) && known.add(bare) !== undefined;
  });
  return unionOf([index, ...others.map(withoutComment)]);
}

function withoutComment(property: Prepared): Prepared {
  if (typeof property === "boolean") return property;
  const { description: _, format: __, default: ___, deprecated: ____, ...type } = property;
  return type;
}
