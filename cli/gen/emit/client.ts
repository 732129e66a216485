/** Emits `client.d.ts`: one function type an operation, declarations only, so that editors stay fast. */
import type { OperationModel, ServiceModel } from "../model.ts";
import { answerUnion, resultBody, streamItem } from "./answer-types.ts";
import { byCodePoint } from "./by-code-point.ts";
import { inputType } from "./input-types.ts";
import { operationComment } from "./operation-comment.ts";
import { createNames, pascalFrom, printHead, printMember } from "./printer.ts";
import type { SchemaLibrary } from "./schema/schema-library.ts";
import { clientName } from "./service-names.ts";

/** The types of `heddle` that declarations may name. Inputs are not called like them. */
const RUNTIME_TYPES = [
  "Answer",
  "BareOperation",
  "BinaryInput",
  "ClientErrorCode",
  "InformationalCode",
  "Operation",
  "PathClient",
  "RedirectCode",
  "ServerErrorCode",
  "ServerSentEvent",
  "StatusCode",
  "Streaming",
  "SuccessCode",
];
const SCHEMA_TYPES = ["components", "operations", "paths", "querystrings", "uploads"];

/** The member that holds the path-literal client. */
const PATH_CLIENT = "client";

/** The text of `client.d.ts`. */
export function emitClient(model: ServiceModel, library: SchemaLibrary): string {
  const client = clientName(model.name);
  const free = createNames([...RUNTIME_TYPES, ...SCHEMA_TYPES, client]);
  const members: string[] = [];
  const inputs: string[] = [];
  for (const operation of model.operations) {
    const input = inputType(
      operation,
      free(`${pascalFrom(operation.name, "Operation")}Input`),
      library,
    );
    members.push(
      `${operationComment(operation, "  ")}${functionMember(operation, input.type, input.optional, library)}`,
    );
    if (input.declaration !== "") inputs.push(input.declaration);
  }
  if (!model.operations.some(({ name }) => name === PATH_CLIENT)) {
    members.push(
      `  /** openapi-fetch over the same pipeline. */\n  readonly ${PATH_CLIENT}: PathClient<paths>;\n`,
    );
  }
  const body = [`export interface ${client} {\n${members.join("\n")}}\n`, ...inputs].join("\n");
  const imports = [
    importTypes(RUNTIME_TYPES, "heddle", body),
    importTypes(SCHEMA_TYPES, "./schema.d.ts", body),
  ];
  return `${printHead(model.document)}${imports.join("")}\n${body}`;
}

function functionMember(
  operation: OperationModel,
  input: string,
  optional: boolean,
  library: SchemaLibrary,
): string {
  const kind = optional ? "BareOperation" : "Operation";
  const name = `  readonly ${printMember(operation.name)}: `;
  const body = resultBody(operation, library);
  const answers = answerUnion(operation, library);
  const item = streamItem(operation, library);
  const streaming = item === undefined ? "" : ` & Streaming<${input}, ${item}>`;
  const flat = `${name}${kind}<${input}, ${body}, ${answers.join(" | ")}>${streaming};\n`;
  if (flat.length <= 101) return flat;
  const lines =
    answers.length === 1
      ? `    ${answers[0]}\n`
      : answers.map((answer) => `    | ${answer}\n`).join("");
  return `${name}${kind}<\n    ${input},\n    ${body},\n${lines}  >${streaming};\n`;
}

/** Imports those of the names that the text uses as types: not those in comments and strings, nor members called so. */
function importTypes(names: readonly string[], module: string, text: string): string {
  const code = text.replace(/\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, "");
  const used = names
    .filter((name) => new RegExp(`(?<![\\w$])${name}(?![\\w$:?])`).test(code))
    .sort(byCodePoint);
  if (used.length === 0) return "";
  const flat = `import type { ${used.join(", ")} } from "${module}";\n`;
  return flat.length <= 101
    ? flat
    : `import type {\n${used.map((name) => `  ${name},\n`).join("")}} from "${module}";\n`;
}
