/** A call of an operation as code, with an input that type-checks: path parameters of the route, samples for the rest. */
import { type Printable, printAccess, printKey, printValue } from "../gen/emit/printer.ts";
import type {
  OperationModel,
  ParameterModel,
  Schema,
  SchemaObject,
  ServiceModel,
} from "../gen/model.ts";
import { sampleValue } from "../mock/sample/sample-value.ts";
import { createSchemaView, type SchemaView } from "../mock/schema/schema-view.ts";
import { parameterMeaning } from "./parameter-meaning.ts";

/** An operation that a composer is to call. */
export interface Use {
  readonly model: ServiceModel;
  readonly operation: OperationModel;
}

const WIDTH = 100;
/** Left of it everything fits on one line. */
const NOWHERE = Number.NEGATIVE_INFINITY;

/** Code that is broken over lines where it does not fit behind `column` characters. */
type Code = (indent: string, column: number) => string;

/**
 * `services.orders.getOrder({ path: { orderId: path.orderId } })`
 * @param given the parameters of the route's own path
 * @param column where the call begins
 */
export function printCall(
  { model, operation }: Use,
  given: ReadonlySet<string>,
  indent: string,
  column: number,
): string {
  const view = createSchemaView(model.schemas);
  const members = inputOf(operation, view, given);
  const head = `services${printAccess(model.name)}${printAccess(operation.name)}(`;
  if (members.length === 0) return `${head})`;
  return `${head}${printMembers(members, indent, column + head.length)})`;
}

/** What a route's parameter for this one is called. */
export function routeParameter({ path }: OperationModel, { name }: ParameterModel): string {
  return parameterMeaning(path, name);
}

/** The parameters that stand in the path. */
export function pathParameters({ parameters }: OperationModel): ParameterModel[] {
  return parameters.filter((parameter) => parameter.in === "path");
}

function inputOf(
  operation: OperationModel,
  view: SchemaView,
  given: ReadonlySet<string>,
): [string, Code][] {
  const members: [string, Code][] = [];
  const inPath = pathParameters(operation).map((parameter): [string, Code] => [
    parameter.name,
    pathValue(operation, parameter, view, given),
  ]);
  if (inPath.length > 0) members.push(["path", nested(inPath)]);
  for (const place of ["query", "header", "cookie"] as const) {
    const required = operation.parameters.filter(
      (parameter) => parameter.in === place && parameter.required,
    );
    const values = required.map((parameter): [string, Code] => [
      parameter.name,
      sampleOf(parameter, view),
    ]);
    if (values.length > 0) members.push([place, nested(values)]);
  }
  const whole = operation.parameters.find(
    (parameter) => parameter.in === "querystring" && parameter.required,
  );
  if (whole !== undefined) members.push(["querystring", sampleOf(whole, view)]);
  const [media] = operation.body?.media ?? [];
  if (operation.body?.required === true && media !== undefined) {
    const { kind, schema = {}, examples } = media;
    const isBinary = kind === "binary";
    members.push(["body", isBinary ? () => "new Uint8Array()" : sample(schema, examples, view)]);
  }
  return members;
}

/** From the route's own path where it has the parameter, as the type that the operation takes. */
function pathValue(
  operation: OperationModel,
  parameter: ParameterModel,
  view: SchemaView,
  given: ReadonlySet<string>,
): Code {
  const schema = followed(parameter.schema, view);
  const names = [routeParameter(operation, parameter), parameter.name];
  const name = names.find((candidate) => given.has(candidate));
  if (name === undefined || schema === undefined) return sampleOf(parameter, view);
  const access = `path${printAccess(name)}`;
  const { type, enum: choices } = schema;
  if (Array.isArray(choices)) {
    const union = choices.map((choice) => printValue(choice as Printable)).join(" | ");
    return () => `${access} as ${union}`;
  }
  if (type === "integer" || type === "number") return () => `Number(${access})`;
  return type === undefined || type === "string" ? () => access : sampleOf(parameter, view);
}

/** The schema that a `$ref` leads to, through others; undefined where it leads nowhere, or round in a circle. */
function followed(schema: Schema, view: SchemaView): SchemaObject | undefined {
  const seen = new Set<Schema>();
  let at: Schema | undefined = schema;
  while (typeof at === "object" && typeof at.$ref === "string" && !seen.has(at)) {
    seen.add(at);
    at = view.resolve(at.$ref);
  }
  if (at === undefined || seen.has(at)) return undefined;
  return typeof at === "object" ? at : {};
}

function sampleOf({ name, schema, examples }: ParameterModel, view: SchemaView): Code {
  return sample(schema, examples, view, name);
}

function sample(schema: Schema, examples: readonly unknown[], view: SchemaView, name = ""): Code {
  const [hint] = examples;
  const known = hint === undefined ? {} : { hint };
  const value = sampleValue(view, schema, { name, at: name, ...known }) as Printable;
  return (indent, column) => printValue(value, indent, column);
}

function nested(members: readonly [string, Code][]): Code {
  return (indent, column) => printMembers(members, indent, column);
}

function printMembers(members: readonly [string, Code][], indent: string, column: number): string {
  const flat = members.map(([key, code]) => `${printKey(key)}: ${code("", NOWHERE)}`).join(", ");
  if (column + flat.length + 4 <= WIDTH) return `{ ${flat} }`;
  const deeper = `${indent}  `;
  const lines = members.map(([key, code]) => {
    const name = `${deeper}${printKey(key)}: `;
    return `${name}${code(deeper, name.length)},\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

/** Whether code reads the parameters of the route. */
export function readsPath(code: string): boolean {
  return /\bpath[.[]/.test(code);
}
