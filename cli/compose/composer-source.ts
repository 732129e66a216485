/** The text of a new composer that calls given operations and type-checks at once. */
import {
  createNames,
  identifierFrom,
  isIdentifier,
  type Printable,
  printAccess,
  printKey,
  printString,
  printValue,
} from "../gen/emit/printer.ts";
import type { OperationModel, ParameterModel, Schema, ServiceModel } from "../gen/model.ts";
import { sampleValue } from "../mock/sample/sample-value.ts";
import { createSchemaView, type SchemaView } from "../mock/schema/schema-view.ts";
import { parameterMeaning } from "./parameter-meaning.ts";

/** An operation that the composer is to call. */
export interface Use {
  readonly model: ServiceModel;
  readonly operation: OperationModel;
}

export interface ComposerSourceOptions {
  /** What the composer is exported as. */
  readonly name: string;
  /** Lower case. */
  readonly method: string;
  readonly path: string;
  readonly uses: readonly Use[];
}

/** `/web/order-page/{orderId}`: every path parameter that the operations need, once. */
export function defaultPath(base: string, uses: readonly Use[]): string {
  const names = new Set(
    uses.flatMap(({ operation }) =>
      pathParameters(operation).map((parameter) => meaning(operation, parameter)),
    ),
  );
  return [base, ...[...names].map((name) => `{${name}}`)].join("/");
}

/** The text of the file. */
export function composerSource({ name, method, path, uses }: ComposerSourceOptions): string {
  const given = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ""));
  const free = createNames();
  const parts = uses.map((use) => ({
    key: free(partName(use.operation)),
    call: printCall(use, given),
  }));
  const takes = [
    ...(parts.some(({ call }) => call.includes("path.")) ? ["path"] : []),
    ...(parts.length > 0 ? ["services"] : []),
  ];
  const context = takes.length === 0 ? "" : `{ ${takes.join(", ")} }`;
  const members = parts.map(({ key, call }) => `  ${printKey(key)}: () => ${call},\n`).join("");
  const hint =
    "  // A function is a part: called beside the others, and only when it is asked for.\n";
  const answer =
    parts.length === 0 ? `({ composer: ${printString(name)} })` : `({\n${hint}${members}})`;
  return [
    'import { compose } from "#gateway";\n',
    "\n",
    `export const ${name} = compose.${method}(${printString(path)}, (${context}) => ${answer});\n`,
  ].join("");
}

/** `services.orders.getOrder({ path: { orderId: path.orderId } })` */
function printCall({ model, operation }: Use, given: ReadonlySet<string>): string {
  const view = createSchemaView(model.schemas);
  const members: string[] = [];
  const inPath = pathParameters(operation).map(
    (parameter) => `${printKey(parameter.name)}: ${pathValue(view, operation, parameter, given)}`,
  );
  if (inPath.length > 0) members.push(`path: { ${inPath.join(", ")} }`);
  for (const place of ["query", "header", "cookie"] as const) {
    const required = operation.parameters.filter(
      (parameter) => parameter.in === place && parameter.required,
    );
    const values = required.map(
      (parameter) =>
        `${printKey(parameter.name)}: ${sample(view, parameter.schema, parameter.name, parameter.examples)}`,
    );
    if (values.length > 0) members.push(`${place}: { ${values.join(", ")} }`);
  }
  const whole = operation.parameters.find(
    (parameter) => parameter.in === "querystring" && parameter.required,
  );
  if (whole !== undefined)
    members.push(`querystring: ${sample(view, whole.schema, whole.name, whole.examples)}`);
  const [media] = operation.body?.media ?? [];
  if (operation.body?.required === true && media !== undefined) {
    const value =
      media.kind === "binary"
        ? "new Uint8Array()"
        : sample(view, media.schema ?? {}, "", media.examples);
    members.push(`body: ${value}`);
  }
  const input = members.length === 0 ? "" : `{ ${members.join(", ")} }`;
  return `services${printAccess(model.name)}${printAccess(operation.name)}(${input})`;
}

/** From the route's own path where it has the parameter, as the type that the operation takes. */
function pathValue(
  view: SchemaView,
  operation: OperationModel,
  parameter: ParameterModel,
  given: ReadonlySet<string>,
): string {
  const name = meaning(operation, parameter);
  const schema = typeof parameter.schema === "object" ? parameter.schema : {};
  const source = given.has(name) ? name : given.has(parameter.name) ? parameter.name : undefined;
  if (source === undefined || schema.$ref !== undefined)
    return sample(view, parameter.schema, parameter.name, parameter.examples);
  const access = `path${isIdentifier(source) ? `.${source}` : printAccess(source)}`;
  const choices = schema.enum;
  if (Array.isArray(choices))
    return `${access} as ${choices.map((choice) => printValue(choice as Printable)).join(" | ")}`;
  if (schema.type === "integer" || schema.type === "number") return `Number(${access})`;
  return schema.type === undefined || schema.type === "string"
    ? access
    : sample(view, parameter.schema, parameter.name, parameter.examples);
}

function sample(
  view: SchemaView,
  schema: Schema,
  name: string,
  examples: readonly unknown[],
): string {
  const [hint] = examples;
  const value = sampleValue(view, schema, {
    name,
    at: name,
    ...(hint === undefined ? {} : { hint }),
  });
  return printValue(value as Printable);
}

const pathParameters = (operation: OperationModel): ParameterModel[] =>
  operation.parameters.filter((parameter) => parameter.in === "path");
const meaning = (operation: OperationModel, parameter: ParameterModel): string =>
  parameterMeaning(operation.path, parameter.name);

/** `getOrder` -> `order`, `listReviews` -> `reviews`. */
function partName({ name }: OperationModel): string {
  const noun =
    /^(?:get|list|find|fetch|read|search|show|create|add|post|put|update)([A-Z]\w*)$/.exec(
      name,
    )?.[1] ?? name;
  return identifierFrom(noun.charAt(0).toLowerCase() + noun.slice(1));
}
