/** Emits `operations.ts`: one plan an operation, as data. */
import type {
  AnswerModel,
  BodyModel,
  EncodingModel,
  OperationModel,
  ParameterModel,
  ServiceModel,
} from "../model.ts";
import {
  type AnswerMedia,
  acceptOf,
  acceptStreamOf,
  essenceOf,
  isStream,
  isTextStream,
} from "./accept.ts";
import { operationComment } from "./operation-comment.ts";
import { splitPath } from "./operation-path.ts";
import type {
  AnswerPlan,
  BodyPlan,
  EncodingPlan,
  OperationPlan,
  ParameterPlan,
  ParameterStyle,
} from "./plan-types.ts";
import {
  createNames,
  identifierFrom,
  isBindingName,
  type Printable,
  printHead,
  printKey,
  printValue,
} from "./printer.ts";
import type { Schemas } from "./schema/schema-lookup.ts";

/** The text of `operations.ts`. */
export function emitOperations(model: ServiceModel): string {
  const free = createNames(["OperationPlan", "operations"]);
  const bindings = model.operations.map((operation) => {
    const { name } = operation;
    return {
      name,
      operation,
      binding: free(isBindingName(name) ? name : identifierFrom(`${name}_`)),
    };
  });
  const constants = bindings.map(({ binding, operation }) => {
    const opening = `${binding === operation.name ? "export " : ""}const ${binding}: OperationPlan = `;
    const plan = printValue(
      planOf(operation, model.schemas) as unknown as Printable,
      "",
      opening.length + 1,
    );
    return `${operationComment(operation, "")}${opening}${plan};\n`;
  });
  const members = bindings.map(({ name, binding }) => {
    return name === binding && printKey(name) === name
      ? `  ${name},\n`
      : `  ${printKey(name)}: ${binding},\n`;
  });
  return [
    `${printHead(model.document)}${constants.length === 0 ? "" : 'import type { OperationPlan } from "heddle";\n'}`,
    ...constants,
    `/** Every operation, by path, then method. */\nexport const operations = {${members.length === 0 ? "" : `\n${members.join("")}`}};\n`,
  ].join("\n");
}

/** The plan of one operation. */
export function planOf(operation: OperationModel, schemas: Schemas): OperationPlan {
  const { name, method, parameters, body } = operation;
  const planned = (place: string): ParameterPlan[] => {
    return parameters.filter((parameter) => parameter.in === place).map(parameterPlan);
  };
  const inPath = planned("path");
  const { template, pieces, fixedQuery } = splitPath(operation.path, (wanted) => {
    return (
      inPath.find((plan) => plan.name === wanted) ?? {
        name: wanted,
        style: "simple",
        explode: false,
        required: true,
      }
    );
  });
  const whole = parameters.find((parameter) => parameter.in === "querystring");
  const accept = acceptOf(operation);
  const acceptStream = acceptStreamOf(operation);
  return {
    name,
    method,
    template,
    path: pieces,
    ...(fixedQuery === undefined ? {} : { fixedQuery }),
    ...list("query", planned("query")),
    ...list("header", planned("header")),
    ...list("cookie", planned("cookie")),
    ...(whole === undefined
      ? {}
      : {
          querystring: {
            name: whole.name,
            mediaType: whole.mediaType ?? "application/x-www-form-urlencoded",
          },
        }),
    ...(body === undefined ? {} : { body: bodyPlan(body) }),
    ...(accept === undefined ? {} : { accept }),
    ...(acceptStream === undefined ? {} : { acceptStream }),
    answers: Object.fromEntries(
      operation.answers.map((answer) => [answer.status, answerPlan(answer, schemas)]),
    ),
    ...(operation.deprecated ? { deprecated: true } : {}),
  };
}

function list<Name extends string>(
  name: Name,
  plans: readonly ParameterPlan[],
): { [key in Name]?: readonly ParameterPlan[] } {
  return plans.length === 0
    ? {}
    : ({ [name]: plans } as { [key in Name]?: readonly ParameterPlan[] });
}

function parameterPlan({
  name,
  style,
  explode,
  required,
  allowReserved,
  mediaType,
}: ParameterModel): ParameterPlan {
  return {
    name,
    style: style as ParameterStyle,
    explode,
    ...(required ? { required } : {}),
    ...(allowReserved ? { reserved: true } : {}),
    ...(mediaType === undefined ? {} : { mediaType }),
  };
}

function bodyPlan({ required, media }: BodyModel): BodyPlan {
  const plans = media.map(({ mediaType, kind, encoding }) => {
    const entries = Object.entries(encoding ?? {}).map(
      ([name, model]) => [name, encodingPlan(model)] as const,
    );
    const told = entries.filter(([, plan]) => Object.keys(plan).length > 0);
    return {
      mediaType,
      kind,
      ...(told.length === 0 ? {} : { encoding: Object.fromEntries(told) }),
    };
  });
  return { ...(required ? { required } : {}), media: plans };
}

function encodingPlan({ contentType, style, explode, allowReserved }: EncodingModel): EncodingPlan {
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(style === undefined ? {} : { style: style as ParameterStyle }),
    ...(explode === undefined ? {} : { explode }),
    ...(allowReserved === true ? { reserved: true } : {}),
  };
}

/**
 * Media types without parameters; of two that differ in their parameters alone the first counts. A stream that only its
 * parameters tell from something else, as `application/json;stream=watch`, keeps them and stands last.
 */
function answerPlan({ media }: AnswerModel, schemas: Schemas): AnswerPlan {
  const plan = new Map<string, AnswerPlan[string]>();
  const apart = media.filter((one) => isApart(one, media));
  for (const one of [...media.filter((other) => !apart.includes(other)), ...apart]) {
    const key = apart.includes(one) ? withParameters(one) : essenceOf(one);
    if (!plan.has(key)) plan.set(key, isTextStream(one, schemas) ? "sse-text" : one.kind);
  }
  return Object.fromEntries(plan);
}

function isApart(one: AnswerMedia, media: readonly AnswerMedia[]): boolean {
  return (
    isStream(one) && media.some((other) => !isStream(other) && essenceOf(other) === essenceOf(one))
  );
}

/** `application/json;stream=watch`. */
function withParameters(media: AnswerMedia): string {
  const [, ...parameters] = media.mediaType.split(";");
  return [essenceOf(media), ...parameters.map((parameter) => parameter.trim())].join(";");
}
