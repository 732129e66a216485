/** Whether the items of a bulk operation have the property that holds their id, as far as the document says. */
import { formatPath } from "../../src/config/path.ts";
import type { BatchRule } from "../../src/core/policies.ts";
import { DIAGNOSTICS, type Diagnostic } from "../gen/diagnostics.ts";
import {
  findProperty,
  follow,
  isSchema,
  isSchemaObject,
  propertiesOf,
  type Schemas,
  schemasOf,
} from "../gen/emit/schema/schema-lookup.ts";
import type { OperationModel, Schema, SchemaObject, ServiceModel } from "../gen/model.ts";
import { positionOf } from "../gen/run/missing-document.ts";
import { suggestionOf } from "../print/suggest.ts";

/**
 * A warning for every rule whose key no item can have. Only what the document is clear about: an item without properties,
 * or with others than it lists, may have any.
 */
export function batchKeyDiagnostics(
  { name: service, operations, schemas }: ServiceModel,
  rules: Readonly<Record<string, BatchRule>>,
  root: string,
  file: string,
): Diagnostic[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const bulk = operations.find((operation) => operation.name === rule.with);
    const items = bulk === undefined ? [] : itemsOf(bulk, rule, schemas);
    const steps = rule.key.split(".");
    if (items.length === 0 || items.some((item) => mayHave(item, steps, schemas))) return [];
    const code = "batch-key-unknown";
    const known = [...new Set(items.flatMap((item) => namesOf(item, schemas)))];
    return [
      {
        code,
        severity: DIAGNOSTICS[code].severity,
        message: `the items of ${rule.with} have no ${rule.key}, by which ${name} would find its own`,
        cure: suggestionOf(rule.key, known, `name a property of theirs: ${known.join(", ")}`),
        service,
        at: positionOf(formatPath(["services", service, "batch", name, "key"]), root, file),
      },
    ];
  });
}

/** The schemas of an item, by every good answer; empty where one of them does not say. */
function itemsOf({ answers }: OperationModel, { items }: BatchRule, schemas: Schemas): Schema[] {
  const media = answers
    .filter(({ status }) => status.startsWith("2"))
    .flatMap((answer) => answer.media.filter(({ kind }) => kind === "json"));
  const found = media.map(({ schema = true }) => {
    const list = items === undefined ? onlyList(schema, schemas) : listAt(schema, items, schemas);
    return list === undefined ? undefined : itemOf(list, schemas);
  });
  return found.includes(undefined) ? [] : found.filter((item) => item !== undefined);
}

function listAt(schema: Schema, items: string, schemas: Schemas): Schema | undefined {
  return items
    .split(".")
    .reduce<Schema | undefined>(
      (at, step) => (at === undefined ? at : findProperty(at, step, schemas)?.schema),
      schema,
    );
}

/** The answer itself, or the one list that it has. */
function onlyList(schema: Schema, schemas: Schemas): Schema | undefined {
  const target = follow(schema, schemas);
  if (!isSchemaObject(target) || itemOf(target, schemas) !== undefined) return target;
  if (target.allOf ?? target.anyOf ?? target.oneOf) return undefined;
  const lists = propertiesOf(target).filter(([, member]) => itemOf(member, schemas) !== undefined);
  return lists.length === 1 ? lists[0]?.[1] : undefined;
}

function itemOf(list: Schema, schemas: Schemas): Schema | undefined {
  const target = follow(list, schemas);
  return isSchemaObject(target) && isSchema(target.items) ? target.items : undefined;
}

function mayHave(schema: Schema, steps: readonly string[], schemas: Schemas): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  const found = findProperty(schema, step, schemas);
  if (found !== undefined) return mayHave(found.schema, rest, schemas);
  return extentOf(schema, schemas) !== "listed";
}

/** Under these, an object has more properties than it lists. */
const OPENING = [
  "patternProperties",
  "if",
  "then",
  "else",
  "dependentSchemas",
  "dependencies",
  "$dynamicRef",
];

/** Whether a schema lists its properties, leaves room for others, or says nothing of them. */
function extentOf(
  schema: Schema,
  schemas: Schemas,
  seen: ReadonlySet<Schema> = new Set(),
): "listed" | "open" | "unsaid" {
  const target = follow(schema, schemas);
  if (!isSchemaObject(target) || seen.has(target)) return "unsaid";
  const inside = new Set([...seen, target]);
  const extents = (value: unknown) =>
    schemasOf(value).map((member) => extentOf(member, schemas, inside));
  const all = extents(target.allOf);
  const alternatives = [...extents(target.anyOf), ...extents(target.oneOf)];
  if (isOpened(target) || all.includes("open")) return "open";
  if (alternatives.some((extent) => extent !== "listed")) return "open";
  const lists = propertiesOf(target).length > 0 || all.includes("listed");
  return lists || alternatives.length > 0 ? "listed" : "unsaid";
}

function isOpened(schema: SchemaObject): boolean {
  const { additionalProperties = false, unevaluatedProperties = false } = schema;
  if (additionalProperties !== false || unevaluatedProperties !== false) return true;
  return OPENING.some((keyword) => schema[keyword] !== undefined);
}

/** The names of the properties that a schema lists, its parts and alternatives included. */
function namesOf(
  schema: Schema,
  schemas: Schemas,
  seen: ReadonlySet<Schema> = new Set(),
): string[] {
  const target = follow(schema, schemas);
  if (!isSchemaObject(target) || seen.has(target)) return [];
  const inside = new Set([...seen, target]);
  const parts = [target.allOf, target.anyOf, target.oneOf].flatMap(schemasOf);
  return [
    ...propertiesOf(target).map(([name]) => name),
    ...parts.flatMap((part) => namesOf(part, schemas, inside)),
  ];
}
