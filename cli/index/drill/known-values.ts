/** What the documents tell by example: values of parameters and properties, by what they are called and what they stand for. */
import { parameterMeaning } from "../../compose/parameter-meaning.ts";
import type { OperationModel, ParameterModel, Schema, ServiceModel } from "../../gen/model.ts";
import { sampleValue } from "../../mock/sample/sample-value.ts";
import { createSchemaView } from "../../mock/schema/schema-view.ts";

/** `customerId` -> "c-101", `lines` -> [...]. The first that is found counts; a meaning goes before a mere name. */
export type KnownValues = ReadonlyMap<string, unknown>;

/** Collects what all documents of a gateway tell. */
export function collectKnownValues(models: readonly ServiceModel[]): KnownValues {
  const byMeaning = new Map<string, unknown>();
  const byName = new Map<string, unknown>();
  const sampled = new Map<string, unknown>();
  for (const model of models) {
    for (const operation of model.operations) {
      for (const parameter of operation.parameters) {
        const [example] = examplesOf(parameter.schema, parameter.examples);
        const meaning =
          parameter.in === "path"
            ? parameterMeaning(operation.path, parameter.name)
            : parameter.name;
        if (example !== undefined) {
          if (parameter.in === "path") setOnce(byMeaning, meaning, example);
          setOnce(byName, parameter.name, example);
        } else setOnce(sampled, meaning, sampleOf(model, parameter));
      }
      for (const { examples } of operation.body?.media ?? []) {
        for (const [name, value] of examples.flatMap(propertiesOf)) setOnce(byName, name, value);
      }
      for (const id of idsIn(operation)) setOnce(byMeaning, itemMeaning(operation.path), id);
    }
  }
  return new Map([...sampled, ...byName, ...byMeaning]);
}

/** The values that a schema names itself. */
export function examplesOf(schema: Schema, given: readonly unknown[] = []): readonly unknown[] {
  if (typeof schema === "boolean") return given;
  const { examples, example, default: preset, enum: members } = schema;
  return [...given, example, ...listOf(examples), preset, ...listOf(members)].filter(
    (value) => value !== undefined,
  );
}

function sampleOf(model: ServiceModel, { name, schema }: ParameterModel): unknown {
  try {
    return sampleValue(createSchemaView(model.schemas), schema, { name, at: name });
  } catch {
    return undefined;
  }
}

/** Ids of what a list answers: those of `/customers/{id}/addresses` are `addressId`s. */
function idsIn({ path, method, answers }: OperationModel): readonly unknown[] {
  if (method !== "GET" || path.endsWith("}")) return [];
  const bodies = answers
    .filter(({ status }) => status.startsWith("2"))
    .flatMap(({ media }) => media.flatMap(({ examples }) => examples));
  const items = bodies.flatMap((body) =>
    Array.isArray(body) ? body : Object.values(isRecord(body) ? body : {}).filter(Array.isArray),
  );
  return items.flat().flatMap((item) => (isRecord(item) && isPlain(item.id) ? [item.id] : []));
}

function itemMeaning(path: string): string {
  return parameterMeaning(`${path.replaceAll(/\{[^{}]*\}/g, "{of}")}/{id}`, "id");
}

function propertiesOf(value: unknown): [string, unknown][] {
  if (!isRecord(value)) return [];
  return Object.entries(value);
}

function setOnce(map: Map<string, unknown>, key: string, value: unknown): void {
  if (!map.has(key) && value !== undefined) map.set(key, value);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isPlain = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
