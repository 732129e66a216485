/** Opens a schema as far as it is only a wrapper: `allOf` of one, and a union with null. */
import type { Schema, SchemaObject } from "../../../gen/model.ts";
import { below } from "../place.ts";
import type { Sited } from "./delta.ts";

/** Says nothing about what values there are. */
const NOTES: ReadonlySet<string> = new Set([
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "examples",
  "x-write-only",
]);

export interface Opened {
  /** What is inside of the wrappers. */
  readonly core: Sited & { readonly schema: SchemaObject };
  /** The component that the core is a link to. */
  readonly link?: string;
  readonly nullable: boolean;
  /** Of the outermost schema that has one. */
  readonly default?: { readonly value: unknown };
  readonly deprecated: boolean;
}

/** Components by key, of one document. */
export type Components = Readonly<Record<string, Schema>>;

export function openUp({ schema, place }: Sited): Opened {
  let core = { schema: objectOf(schema), place };
  let nullable = false;
  let deprecated = false;
  let standard: { readonly value: unknown } | undefined;
  for (;;) {
    const { schema: now } = core;
    if (standard === undefined && "default" in now) standard = { value: now.default };
    deprecated ||= now.deprecated === true;
    const inner = innerOf(now);
    nullable ||= inner?.nullable === true || admitsNull(now);
    if (inner === undefined) break;
    core = { schema: objectOf(inner.schema), place: below(core.place, ...inner.steps) };
  }
  const link = linkOf(core.schema);
  return {
    core,
    nullable,
    deprecated,
    ...(link === undefined ? {} : { link }),
    ...(standard === undefined ? {} : { default: standard }),
  };
}

/** The key of the component that a link leads to. */
export function linkOf({ $ref }: SchemaObject): string | undefined {
  if (typeof $ref !== "string" || !$ref.startsWith(PREFIX)) return undefined;
  return $ref.slice(PREFIX.length).replaceAll("~1", "/").replaceAll("~0", "~");
}

const PREFIX = "#/components/schemas/";

/** Nothing at all is not a value: `false` is what takes none. */
export function objectOf(schema: Schema): SchemaObject {
  if (typeof schema === "object") return schema;
  return schema ? ANY : NONE;
}

const ANY: SchemaObject = {};
const NONE: SchemaObject = { not: ANY };

interface Inner {
  readonly schema: Schema;
  readonly steps: readonly string[];
  readonly nullable: boolean;
}

function innerOf(schema: SchemaObject): Inner | undefined {
  const keywords = Object.keys(schema).filter((keyword) => !NOTES.has(keyword));
  const [keyword, ...others] = keywords;
  if (keyword === undefined || others.length > 0) return undefined;
  if (keyword !== "allOf" && keyword !== "anyOf" && keyword !== "oneOf") return undefined;
  const members = (schema[keyword] as Schema[]).map((member, at) => ({ member, at }));
  const rest = members.filter(({ member }) => keyword === "allOf" || !isNull(member));
  const [only] = rest;
  if (only === undefined || rest.length > 1) return undefined;
  const nullable = rest.length < members.length;
  return { schema: only.member, steps: [keyword, String(only.at)], nullable };
}

/** Whether a schema takes null and nothing else. */
export function isNull(schema: Schema): boolean {
  if (typeof schema === "boolean") return false;
  return schema.type === "null" || ("const" in schema && schema.const === null);
}

/** Whether null is among what the schema itself names. */
function admitsNull(schema: SchemaObject): boolean {
  if (Array.isArray(schema.type)) return schema.type.includes("null");
  if (isNull(schema)) return true;
  if (Array.isArray(schema.enum) && schema.type === undefined) return schema.enum.includes(null);
  return [schema.anyOf, schema.oneOf].some(
    (members) => Array.isArray(members) && members.some((member) => isNull(member as Schema)),
  );
}
