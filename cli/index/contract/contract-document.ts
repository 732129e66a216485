/** The document of exactly what a gateway uses of a service, as OpenAPI 3.1. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type {
  AnswerModel,
  BodyModel,
  MediaModel,
  ParameterModel,
  Schema,
  ServiceModel,
} from "../../gen/model.ts";
import type { OperationUse } from "./operation-uses.ts";
import { pruneSchema } from "./prune-schema.ts";
import { SchemaUses } from "./schema-uses.ts";
import { noUse, type Use } from "./use.ts";

const WHOLE: Use = { ...noUse(), whole: true };

/** Operations by path and method, schemas by key: same use, same bytes. */
export function contractDocument(
  model: ServiceModel,
  uses: ReadonlyMap<string, OperationUse>,
): object {
  const schemas = new SchemaUses(model.schemas);
  const used = [...uses.values()].sort(
    ({ operation: one }, { operation: other }) =>
      byCodePoint(one.path, other.path) || byCodePoint(one.method, other.method),
  );
  const paths: Record<string, Record<string, object>> = {};
  for (const use of used) {
    const { path, method } = use.operation;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationObject(use, schemas) };
  }
  const components = [...schemas.found]
    .sort(([one], [other]) => byCodePoint(one, other))
    .map(([key, use]) => [key, pruneSchema(model.schemas[key] ?? true, use)]);
  const schemes = used.flatMap(({ operation }) => operation.security.flatMap(Object.keys));
  const securitySchemes = [...new Set(schemes)]
    .sort(byCodePoint)
    .filter((name) => Object.hasOwn(model.securitySchemes, name))
    .map((name) => [name, model.securitySchemes[name]]);
  return {
    openapi: needsNewer(used) ? "3.2.0" : "3.1.1",
    info: { title: model.title, version: model.version },
    paths,
    components: {
      schemas: Object.fromEntries(components),
      ...(securitySchemes.length === 0
        ? {}
        : { securitySchemes: Object.fromEntries(securitySchemes) }),
    },
  };
}

const OLDER: ReadonlySet<string> = new Set([
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
]);

/** What OpenAPI 3.1 cannot say. */
function needsNewer(uses: readonly OperationUse[]): boolean {
  return uses.some(
    ({ operation: { method, parameters, answers } }) =>
      !OLDER.has(method) ||
      parameters.some((parameter) => parameter.in === "querystring") ||
      answers.some(({ media }) => media.some(({ itemSchema }) => itemSchema !== undefined)),
  );
}

function operationObject(use: OperationUse, schemas: SchemaUses): object {
  const { operation, sent, routes } = use;
  const { operationId, summary, deprecated, security } = operation;
  const parameters = operation.parameters.filter(
    ({ name, required, ...parameter }) => required || sent.has(`${parameter.in}.${name}`),
  );
  for (const { schema } of parameters) schemas.mark(schema, WHOLE);
  const isSent = use.body.whole || use.body.below.size > 0;
  return {
    ...(operationId === undefined ? {} : { operationId }),
    ...(summary === undefined ? {} : { summary }),
    ...(deprecated ? { deprecated } : {}),
    "x-used-by": routes,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameterObject) }),
    ...(operation.body === undefined || !(isSent || operation.body.required)
      ? {}
      : { requestBody: bodyObject(operation.body, use.body, schemas) }),
    responses: responsesObject(use, schemas),
    security,
  };
}

function parameterObject(parameter: ParameterModel): object {
  const { name, required, description, deprecated, schema, mediaType } = parameter;
  const { style, explode, allowReserved } = parameter;
  return {
    name,
    in: parameter.in,
    ...(required ? { required } : {}),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === true ? { deprecated } : {}),
    ...(mediaType === undefined
      ? { style, explode, ...(allowReserved ? { allowReserved } : {}), schema }
      : { content: { [mediaType]: { schema } } }),
  };
}

function bodyObject({ required, media }: BodyModel, use: Use, schemas: SchemaUses): object {
  return { required, content: contentObject(media, use, schemas) };
}

/** An answer of which nothing is used is there all the same: that it comes is used. */
function responsesObject({ operation, answers }: OperationUse, schemas: SchemaUses): object {
  const used = operation.answers.filter(({ status }) => answers.has(status));
  if (used.length === 0) return { default: { description: "Not looked at." } };
  return Object.fromEntries(
    used.map((answer) => [
      answer.status,
      responseObject(answer, answers.get(answer.status) ?? noUse(), schemas),
    ]),
  );
}

function responseObject({ description, media }: AnswerModel, use: Use, schemas: SchemaUses) {
  const isRead = use.whole || use.below.size > 0;
  return {
    description,
    ...(isRead && media.length > 0 ? { content: contentObject(media, use, schemas) } : {}),
  };
}

function contentObject(media: readonly MediaModel[], use: Use, schemas: SchemaUses): object {
  return Object.fromEntries(
    media.map(({ mediaType, schema, itemSchema }) => {
      const pruned = (one: Schema): Schema => {
        schemas.mark(one, use);
        return pruneSchema(one, use);
      };
      return [
        mediaType,
        {
          ...(schema === undefined ? {} : { schema: pruned(schema) }),
          ...(itemSchema === undefined ? {} : { itemSchema: pruned(itemSchema) }),
        },
      ];
    }),
  );
}
