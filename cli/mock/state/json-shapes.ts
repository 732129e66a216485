/** What the JSON answers of an operation are made of, across the choices of their schemas. */
import type { AnswerModel, MediaModel, OperationModel, Schema } from "../../gen/model.ts";
import { alternatives } from "../request/coerce.ts";
import { declaredNames, propertySchema } from "../sample/flat-schema.ts";
import type { SchemaView } from "../schema/schema-view.ts";

/** A name as names are compared: without case, `_` and `-`. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, "");
}

/** The answer of success: lowest 2xx, else `2XX`, else `default`. */
export function successOf({ answers }: OperationModel): AnswerModel | undefined {
  return (
    answers.find(({ status }) => /^2\d\d$/.test(status)) ??
    answers.find(({ status }) => status === "2XX") ??
    answers.find(({ status }) => status === "default")
  );
}

/** The JSON of an operation's success. */
export function jsonOf(operation: OperationModel | undefined): MediaModel | undefined {
  if (operation === undefined) return undefined;
  return successOf(operation)?.media.find(({ kind }) => kind === "json");
}

/** Every property that an object of the schema may have, in document order. */
export function propertiesOf(view: SchemaView, schema: Schema): [string, Schema][] {
  const found = new Map<string, Schema>();
  for (const flat of alternatives(view, schema)) {
    for (const name of declaredNames(flat)) {
      if (!found.has(name)) found.set(name, propertySchema(flat, name));
    }
  }
  return [...found];
}

export function typesOf(view: SchemaView, schema: Schema): Set<string> {
  return new Set(
    alternatives(view, schema).flatMap(
      ({ types, layers }) => types ?? (layers.length > 0 ? ["object"] : []),
    ),
  );
}

/** The schema of the items, where the schema is of a list. */
export function itemsOf(view: SchemaView, schema: Schema): Schema | undefined {
  for (const { items, types } of alternatives(view, schema)) {
    const [item] = items;
    if (item !== undefined && (types === undefined || types.includes("array"))) return item;
  }
  return undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
