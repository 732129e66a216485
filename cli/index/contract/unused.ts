/** What a service offers and the gateway does not use. */
import {
  follow,
  isSchema,
  isSchemaObject,
  propertiesOf,
  schemasOf,
} from "../../gen/emit/schema/schema-lookup.ts";
import type { Schema, ServiceModel } from "../../gen/model.ts";
import type { OperationUse } from "./operation-uses.ts";
import type { Use } from "./use.ts";

export interface Unused {
  /** Operations that no route calls. */
  readonly operations: readonly string[];
  /** Of those that are called: what is never sent, and which fields of good answers nobody reads or passes on. */
  readonly parts: readonly UnusedParts[];
}

export interface UnusedParts {
  readonly operation: string;
  /** `query.limit` */
  readonly parameters: readonly string[];
  /** `200` and where in its body; an object that is unused as a whole is named once. */
  readonly fields: readonly { readonly status: string; readonly field: string }[];
}

/** In the order of the document. */
export function unusedOf(model: ServiceModel, uses: ReadonlyMap<string, OperationUse>): Unused {
  const parts = [...uses.values()].flatMap(({ operation, sent, answers }): UnusedParts[] => {
    const parameters = operation.parameters
      .map((parameter) => `${parameter.in}.${parameter.name}`)
      .filter((place) => !sent.has(place));
    const fields = operation.answers.flatMap(({ status, media }) => {
      const use = answers.get(status);
      const schema = media.find(({ kind }) => kind === "json")?.schema;
      if (use === undefined || schema === undefined) return [];
      const found = new Set(unusedFields(schema, use, model.schemas, "", new Set()));
      return [...found].map((field) => ({ status, field }));
    });
    if (parameters.length === 0 && fields.length === 0) return [];
    return [{ operation: operation.name, parameters, fields }];
  });
  const operations = model.operations.map(({ name }) => name).filter((name) => !uses.has(name));
  return { operations, parts };
}

function unusedFields(
  schema: Schema,
  use: Use,
  schemas: ServiceModel["schemas"],
  at: string,
  seen: ReadonlySet<Schema>,
): string[] {
  const target = follow(schema, schemas);
  if (use.whole || !isSchemaObject(target) || seen.has(target)) return [];
  const inside = new Set([...seen, target]);
  const own = propertiesOf(target).flatMap(([name, member]) => {
    const field = `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const below = use.below.get(name) ?? use.below.get("*");
    if (below === undefined) return [field];
    return unusedFields(member, below, schemas, field, new Set());
  });
  const any = use.below.get("*");
  const items =
    any !== undefined && isSchema(target.items)
      ? unusedFields(target.items, any, schemas, `${at}/*`, new Set())
      : [];
  const same = [target.allOf, target.anyOf, target.oneOf]
    .flatMap(schemasOf)
    .flatMap((member) => unusedFields(member, use, schemas, at, inside));
  return [...own, ...items, ...same];
}
