/** `discriminator` with a mapping: each alternative says which values of the property are its own. */
import type { Schema, SchemaObject } from "../../model.ts";
import { typesOf } from "./keyword-types.ts";
import { intersectionOf, keyOf, type Prepared } from "./prepared-schema.ts";
import { findProperty, follow, isSchemaObject, type Schemas } from "./schema-lookup.ts";

/**
 * Narrows one alternative to the values that the mapping gives it, so that a union can be told apart by the property
 * (OpenAPI 3.1 §4.8.25). Left alone: alternatives whose own schema names the values already, and those not mapped.
 */
export function discriminated(
  member: Schema,
  union: SchemaObject,
  prepared: Prepared,
  schemas: Schemas,
): Prepared {
  const { discriminator } = union;
  if (
    !isSchemaObject(discriminator) ||
    typeof member === "boolean" ||
    typeof member.$ref !== "string"
  )
    return prepared;
  const { propertyName, mapping } = discriminator;
  if (typeof propertyName !== "string" || !isSchemaObject(mapping)) return prepared;
  const key = keyOf(member.$ref);
  const values = Object.keys(mapping).filter((value) => targetOf(mapping[value]) === key);
  if (values.length === 0 || namesValues(member, propertyName, schemas)) return prepared;
  const properties: Record<string, Prepared> = Object.create(null);
  properties[propertyName] = { type: "string", enum: values };
  return intersectionOf([prepared, { type: "object", properties, required: [propertyName] }]);
}

/** A mapping's target: a reference, or the bare name of a schema. */
function targetOf(target: unknown): string | undefined {
  return typeof target === "string" ? keyOf(target) : undefined;
}

/** Whether the property is anything but a plain string already. */
function namesValues(member: Schema, propertyName: string, schemas: Schemas): boolean {
  const found = findProperty(member, propertyName, schemas);
  const target = found === undefined ? true : follow(found.schema, schemas);
  if (typeof target === "boolean") return found !== undefined;
  const types = typesOf(target);
  return (
    target.enum !== undefined ||
    target.const !== undefined ||
    types.length !== 1 ||
    types[0] !== "string"
  );
}
