/** The parameters of a composed route: its path, what its schemas take, and `fields`. */
import { parseTemplate, templateNames } from "../../../src/core/path-template.ts";
import type { Schema, SchemaObject } from "../../gen/model.ts";
import type { ComposerDeclaration } from "../composers-in.ts";
import { type ParameterObject, type Reference, shown } from "./document-types.ts";
import { optionSchema, optionTexts } from "./option-schemas.ts";
import type { TypeWalk } from "./schema-of-type.ts";
import { listOf } from "./schema-steps.ts";

export function composedParameters(
  walk: TypeWalk,
  declaration: ComposerDeclaration,
): readonly (ParameterObject | Reference)[] {
  const path = optionSchema(walk, declaration, "path")?.schema;
  const members = path === undefined ? undefined : membersOf(path);
  const names = templateNames(parseTemplate(declaration.template));
  return [
    ...names.map((name) => {
      const schema = members?.get(name)?.schema ?? { type: "string" };
      return parameter("path", name, { schema, isRequired: true });
    }),
    ...parametersIn(walk, declaration, "query"),
    ...parametersIn(walk, declaration, "header"),
    fieldsParameter(optionTexts(walk.project, declaration, "fields")),
  ];
}

interface Member {
  readonly schema: Schema;
  readonly isRequired: boolean;
}

function parametersIn(
  walk: TypeWalk,
  declaration: ComposerDeclaration,
  place: "query" | "header",
): ParameterObject[] {
  const found = optionSchema(walk, declaration, place);
  if (found === undefined) return [];
  const members = membersOf(found.schema);
  if (members === undefined) {
    walk.lossy(place, "a schema that is no plain object: its members are not told apart");
    // What an object of the query is written as: its members (OpenAPI 3.1.1 §4.8.12.2).
    const object = { style: "form", explode: true, schema: shown(found.schema) };
    return place === "query" ? [{ name: "query", in: "query", ...object }] : [];
  }
  return [...members]
    .filter(([name]) => !(place === "query" ? name === FIELDS.name : NOT_PARAMETERS.test(name)))
    .map(([name, member]) => parameter(place, name, member));
}

/** Header fields that OpenAPI describes elsewhere (§4.8.12.1). */
const NOT_PARAMETERS = /^(?:accept|content-type|authorization)$/i;

/** The members of an object, also of one that is put together. */
function membersOf(schema: Schema): ReadonlyMap<string, Member> | undefined {
  if (typeof schema !== "object") return undefined;
  const parts = listOf(schema.allOf).map(membersOf);
  const isObject = schema.type === "object" || parts.length > 0;
  if (!isObject || parts.includes(undefined)) return undefined;
  if ("anyOf" in schema || "oneOf" in schema) return undefined;
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  const own = Object.entries(properties).map(([name, member]) => {
    return [name, { schema: member, isRequired: required.includes(name) }] as const;
  });
  return new Map([...parts.flatMap((part) => [...(part ?? [])]), ...own]);
}

function parameter(
  place: "path" | "query" | "header",
  name: string,
  { schema, isRequired }: Member,
): ParameterObject {
  const { description, deprecated, ...rest } = (
    typeof schema === "object" ? schema : {}
  ) as SchemaObject & { description?: string; deprecated?: boolean };
  return {
    name,
    in: place,
    ...(isRequired ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    schema: rest,
  };
}

/** What every composed route takes (docs/composers.md, Fields). */
const FIELDS: ParameterObject = {
  name: "fields",
  in: "query",
  description:
    "The fields that are asked for: `order.id,customer` asks for `id` of `order`, and for all of `customer`. What is not asked for is left out, required or not. Default: all.",
  schema: { type: "string", maxLength: 4096 },
};

/** Parameters of many routes, by the names that they have among the components. */
export const SHARED_PARAMETERS: Readonly<Record<string, ParameterObject>> = { Fields: FIELDS };

function fieldsParameter(known: readonly string[] | undefined): ParameterObject | Reference {
  if (known === undefined) return { $ref: "#/components/parameters/Fields" };
  return { ...FIELDS, description: `${FIELDS.description} They begin with ${listed(known)}.` };
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
