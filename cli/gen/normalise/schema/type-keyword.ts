/** Reads `type` as the versions write it, and adds it where a document takes it for granted. */
import type { SchemaObject } from "../../model.ts";
import { answerKindOf, parseMediaType } from "../media-kind.ts";

const TYPES: ReadonlySet<string> = new Set([
  "null",
  "boolean",
  "object",
  "array",
  "number",
  "string",
  "integer",
]);

export interface TypeReading {
  readonly type?: string | string[];
  /** `type: file` of Swagger 2.0. */
  readonly file?: true;
  /** What is wrong with the value. */
  readonly wrong?: string;
}

export function readType(value: unknown): TypeReading {
  if (Array.isArray(value)) return readTypes(value);
  if (value === "file") return { type: "string", file: true };
  if (typeof value === "string" && TYPES.has(value)) return { type: value };
  const lower = typeof value === "string" ? value.toLowerCase() : "";
  const wrong = `type ${JSON.stringify(value)} is none of JSON Schema`;
  return TYPES.has(lower) ? { type: lower, wrong } : { wrong };
}

function readTypes(values: readonly unknown[]): TypeReading {
  const types = [
    ...new Set(
      values.filter((value): value is string => typeof value === "string" && TYPES.has(value)),
    ),
  ];
  const rest =
    types.length === 0 ? {} : { type: types.length === 1 ? types.slice(0, 1).join() : types };
  const clean = types.length === values.length && types.length > 0;
  return clean ? rest : { ...rest, wrong: `type ${JSON.stringify(values)} is none of JSON Schema` };
}

/** `properties` without a type means an object, `items` an array: hardly a document bothers to say so. */
export function impliedType(schema: SchemaObject): "object" | "array" | undefined {
  if (schema.type !== undefined || schema.enum !== undefined || schema.const !== undefined)
    return undefined;
  const { properties, additionalProperties, patternProperties, items, prefixItems } = schema;
  const isObject =
    properties !== undefined ||
    additionalProperties !== undefined ||
    patternProperties !== undefined;
  const isArray = items !== undefined || prefixItems !== undefined;
  if (isObject === isArray) return undefined;
  return isObject ? "object" : "array";
}

export function typesOf(schema: SchemaObject): readonly string[] {
  if (schema.type === undefined) return [];
  return typeof schema.type === "string" ? [schema.type] : schema.type;
}

/** OpenAPI 3.1 §4.8.14.2: a file is a string of a media type that is not text, without an encoding. */
export function isBinary(schema: SchemaObject): boolean {
  const { type, format, contentMediaType, contentEncoding } = schema;
  if (typeof contentMediaType !== "string" || contentEncoding !== undefined) return false;
  if ((type ?? "string") !== "string" || format !== undefined) return false;
  const media = parseMediaType(contentMediaType);
  return media !== undefined && answerKindOf(media) === "binary";
}
