/** The keywords that look into arrays and objects (JSON Schema 2020-12 §10.3, §11, Validation §6.4, §6.5). */
import type { Schema, SchemaObject } from "../../gen/model.ts";
import { canonicalText } from "./same-json.ts";
import type { SchemaView } from "./schema-view.ts";
import { tolerantPattern } from "./tolerant-pattern.ts";

type Check = (schema: Schema, value: unknown) => boolean;

const isGiven = (schema: unknown): schema is Schema => schema !== undefined;
const schemasOf = (value: unknown): Record<string, Schema> =>
  (value ?? {}) as Record<string, Schema>;

export function conformsArray(
  view: SchemaView,
  schema: SchemaObject,
  value: readonly unknown[],
  below: Check,
  inPlace: Check,
): boolean {
  const { minItems, maxItems, items, contains, uniqueItems, unevaluatedItems } = schema;
  if (value.length < Number(minItems ?? 0) || value.length > Number(maxItems ?? Infinity))
    return false;
  const first = (schema.prefixItems ?? []) as readonly Schema[];
  if (!first.every((part, at) => at >= value.length || below(part, value[at]))) return false;
  if (isGiven(items)) {
    if (!value.slice(first.length).every((item) => below(items, item))) return false;
  }
  if (uniqueItems === true && new Set(value.map(canonicalText)).size !== value.length) return false;
  if (isGiven(contains)) {
    const found = value.filter((item) => below(contains, item)).length;
    if (found < Number(schema.minContains ?? 1)) return false;
    if (found > Number(schema.maxContains ?? Infinity)) return false;
  }
  if (!isGiven(unevaluatedItems)) return true;
  const seen = evaluatedItems(view, schema, value, inPlace, new Set());
  return value.every((item, at) => at < seen || below(unevaluatedItems, item));
}

export function conformsObject(
  view: SchemaView,
  schema: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  below: Check,
  inPlace: Check,
): boolean {
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  const has = (name: string): boolean => Object.hasOwn(value, name) && value[name] !== undefined;
  if (names.length < Number(schema.minProperties ?? 0)) return false;
  if (names.length > Number(schema.maxProperties ?? Infinity)) return false;
  if (!((schema.required ?? []) as readonly string[]).every(has)) return false;
  const dependents = (schema.dependentRequired ?? {}) as Record<string, readonly string[]>;
  for (const [name, needed] of Object.entries(dependents)) {
    if (has(name) && !needed.every(has)) return false;
  }
  for (const [name, part] of Object.entries(schemasOf(schema.dependentSchemas))) {
    if (has(name) && !inPlace(part, value)) return false;
  }
  const { propertyNames, unevaluatedProperties } = schema;
  if (isGiven(propertyNames) && !names.every((name) => below(propertyNames, name))) return false;
  for (const name of names) {
    if (!propertySchemas(schema, name).every((part) => below(part, value[name]))) return false;
  }
  if (!isGiven(unevaluatedProperties)) return true;
  const seen = new Set<string>();
  collectEvaluated(view, schema, value, inPlace, seen, new Set());
  return names.every((name) => seen.has(name) || below(unevaluatedProperties, value[name]));
}

/** The schemas of this very object schema that a property must satisfy: its own, those by pattern, else the rest's. */
export function propertySchemas(schema: SchemaObject, name: string): Schema[] {
  const found: Schema[] = [];
  const properties = schemasOf(schema.properties);
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (isGiven(own)) found.push(own);
  for (const [pattern, part] of Object.entries(schemasOf(schema.patternProperties))) {
    if (tolerantPattern(pattern).test(name)) found.push(part);
  }
  if (found.length === 0 && isGiven(schema.additionalProperties))
    found.push(schema.additionalProperties);
  return found;
}

/** The in-place schemas that the value conforms to: those whose annotations count (§11). */
function* livingParts(
  view: SchemaView,
  schema: SchemaObject,
  value: unknown,
  inPlace: Check,
): Iterable<SchemaObject> {
  const target = schema.$ref === undefined ? undefined : view.resolve(schema.$ref);
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(
    (list) => (list ?? []) as Schema[],
  );
  const passesIf = isGiven(schema.if) && inPlace(schema.if, value);
  const branch = isGiven(schema.if)
    ? [passesIf ? schema.if : undefined, passesIf ? schema.then : schema.else]
    : [];
  const dependents = Object.entries(schemasOf(schema.dependentSchemas))
    .filter(([name]) => Object.hasOwn(value as object, name))
    .map(([, part]) => part);
  for (const part of [target, ...lists, ...branch, ...dependents]) {
    if (typeof part === "object" && part !== null && inPlace(part as Schema, value))
      yield part as SchemaObject;
  }
}

function collectEvaluated(
  view: SchemaView,
  schema: SchemaObject,
  value: Readonly<Record<string, unknown>>,
  inPlace: Check,
  into: Set<string>,
  visited: Set<SchemaObject>,
): void {
  if (visited.has(schema)) return;
  visited.add(schema);
  for (const name of Object.keys(value)) {
    if (propertySchemas(schema, name).length > 0) into.add(name);
  }
  for (const part of livingParts(view, schema, value, inPlace)) {
    if (part.unevaluatedProperties !== undefined)
      for (const name of Object.keys(value)) into.add(name);
    collectEvaluated(view, part, value, inPlace, into, visited);
  }
}

function evaluatedItems(
  view: SchemaView,
  schema: SchemaObject,
  value: readonly unknown[],
  inPlace: Check,
  visited: Set<SchemaObject>,
): number {
  if (visited.has(schema)) return 0;
  visited.add(schema);
  if (isGiven(schema.items)) return value.length;
  let most = ((schema.prefixItems ?? []) as readonly unknown[]).length;
  for (const part of livingParts(view, schema, value, inPlace)) {
    if (part.unevaluatedItems !== undefined) return value.length;
    most = Math.max(most, evaluatedItems(view, part, value, inPlace, visited));
  }
  return most;
}
