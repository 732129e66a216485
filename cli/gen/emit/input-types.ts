/** What a caller hands in: one interface an operation, or a union over `contentType` where bodies differ in type. */
import type { OperationModel } from "../model.ts";
import { printMember, printString } from "./printer.ts";
import type { SchemaLibrary } from "./schema/schema-library.ts";
import { bodyType, indexed } from "./type-expressions.ts";

export interface InputType {
  /** The declaration; empty where the operation takes nothing. */
  readonly declaration: string;
  readonly type: string;
  /** Whether a call may leave it out. */
  readonly optional: boolean;
}

/** An operation that takes nothing. */
const NOTHING: InputType = { declaration: "", type: "Record<string, never>", optional: true };

const PLACES = ["path", "query", "header", "cookie"] as const;

/** The type of an operation's input, called `name`. */
export function inputType(
  operation: OperationModel,
  name: string,
  library: SchemaLibrary,
): InputType {
  const members: Member[] = [];
  for (const place of PLACES) {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    if (parameters.length === 0) continue;
    const required = parameters.some((parameter) => parameter.required || place === "path");
    members.push({
      name: place,
      required,
      type: indexed("operations", operation.name, "parameters", place),
    });
  }
  const whole = operation.parameters.find((parameter) => parameter.in === "querystring");
  if (whole !== undefined) {
    members.push({
      name: "querystring",
      required: whole.required,
      type: indexed("querystrings", operation.name),
    });
  }
  const bodies = bodyMembers(operation, library);
  if (members.length === 0 && bodies.length === 0) return NOTHING;
  const optional = members.every(({ required }) => !required) && operation.body?.required !== true;
  const [only = []] = bodies;
  const declaration =
    bodies.length > 1
      ? `export type ${name} =\n${bodies.map((body) => `  | ${printMembers([...members, ...body], "    ")}\n  }`).join("\n")};\n`
      : `export interface ${name} ${printMembers([...members, ...only], "  ")}\n}\n`;
  return { declaration, type: name, optional };
}

interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

/** The members `body` and `contentType`, once for each type that a body can have. */
function bodyMembers({ name, body }: OperationModel, library: SchemaLibrary): Member[][] {
  if (body === undefined) return [];
  const required = body.required;
  const whole = indexed("operations", name, "requestBody");
  const content = indexed(required ? whole : `NonNullable<${whole}>`, "content");
  const [first, ...others] = body.media.map((media) => ({
    contentType: printString(media.mediaType),
    type: bodyType(media, library, indexed(content, media.mediaType)),
  }));
  if (first === undefined) return [];
  const bare: Member[] = [{ name: "body", required, type: first.type }];
  if (others.length === 0) return [bare];
  // The plan's first media type is what a body is sent in when the input does not choose. It stands last: the compiler
  // explains a mistake by the last member of a union where nothing tells which one is meant.
  return [
    ...others.map(({ contentType, type }): Member[] => [
      { name: "body", required: true, type },
      { name: "contentType", required: true, type: contentType },
    ]),
    [...bare, { name: "contentType", required: false, type: first.contentType }],
  ];
}

function printMembers(members: readonly Member[], indent: string): string {
  const lines = members.map(
    ({ name, required, type }) =>
      `${indent}readonly ${printMember(name)}${required ? "" : "?"}: ${type}${required ? "" : " | undefined"};`,
  );
  return `{\n${lines.join("\n")}`;
}
