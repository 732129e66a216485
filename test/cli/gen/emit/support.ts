/** Models made by hand, and the parts of what is emitted from them. */

import { createSchemaLibrary } from "../../../../cli/gen/emit/schema/schema-library.ts";
import { emitSchema } from "../../../../cli/gen/emit/schema.ts";
import type {
  AnswerKind,
  AnswerModel,
  BodyKind,
  BodyModel,
  MediaModel,
  OperationModel,
  ParameterModel,
  Schema,
  ServiceModel,
} from "../../../../cli/gen/model.ts";

export const at = { file: "specs/orders.json", line: 1, column: 1, pointer: "" };

export function service(parts: Partial<ServiceModel> = {}): ServiceModel {
  return {
    name: "orders",
    title: "Orders",
    version: "1",
    specification: "3.1",
    document: "specs/orders.json",
    servers: [],
    operations: [],
    schemas: {},
    securitySchemes: {},
    ...parts,
  };
}

export function operation(parts: Partial<OperationModel> = {}): OperationModel {
  return {
    name: "getOrder",
    method: "GET",
    path: "/orders",
    deprecated: false,
    tags: [],
    parameters: [],
    answers: [],
    security: [],
    at,
    ...parts,
  };
}

export function parameter(
  name: string,
  place: ParameterModel["in"],
  parts: Partial<ParameterModel> = {},
): ParameterModel {
  const isForm = place === "query" || place === "cookie";
  return {
    name,
    in: place,
    required: place === "path",
    schema: { type: "string" },
    style: isForm ? "form" : "simple",
    explode: isForm,
    allowReserved: false,
    examples: [],
    ...parts,
  };
}

export function media<Kind extends AnswerKind | BodyKind>(
  mediaType: string,
  kind: Kind,
  parts: Partial<MediaModel<Kind>> = {},
): MediaModel<Kind> {
  return { mediaType, kind, examples: [], ...parts };
}

export function json(schema?: Schema): MediaModel<"json"> {
  return media("application/json", "json", schema === undefined ? {} : { schema });
}

export function answer(status: string, ...content: readonly MediaModel<AnswerKind>[]): AnswerModel {
  return { status, description: "", headers: [], media: content };
}

export function body(required: boolean, ...content: readonly MediaModel<BodyKind>[]): BodyModel {
  return { required, media: content };
}

export const ref = (key: string): Schema => ({ $ref: `#/components/schemas/${key}` });

/** The text of `schema.d.ts`. */
export async function schemaText(model: ServiceModel): Promise<string> {
  return emitSchema(model, createSchemaLibrary(model.schemas));
}

/** The types of named schemas as they are emitted, without the frame around them and without line breaks. */
export async function typesOf(
  schemas: Readonly<Record<string, Schema>>,
): Promise<Record<string, string>> {
  const text = await schemaText(service({ schemas }));
  const inside = /\n {2}schemas: \{\n([\s\S]*?)\n {2}\};\n/.exec(text)?.[1] ?? "";
  const members = inside.split(/\n(?= {4}[^\]} /])/).map((member) => {
    const [, name = "", type = ""] = /^ {4}"?([^":]+)"?: ([\s\S]*);$/.exec(member) ?? [];
    return [name, type.replace(/\s+/g, " ")] as const;
  });
  return Object.fromEntries(members);
}

/** The type of one schema. */
export async function typeOf(
  schema: Schema,
  others: Readonly<Record<string, Schema>> = {},
): Promise<string> {
  return (await typesOf({ ...others, Tested: schema })).Tested ?? "";
}
