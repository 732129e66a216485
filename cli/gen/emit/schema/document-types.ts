/** A model's types in the shape of openapi-typescript: `paths`, `components`, `operations`. */
import type { OperationModel, ParameterModel, ServiceModel } from "../../model.ts";
import { cleanText } from "../printer.ts";
import { answerSchema, requestSchema } from "./media-schema.ts";
import { ABSENT, type Prepared, refTo, unionOf } from "./prepared-schema.ts";
import { commentOf } from "./schema-comment.ts";
import type { LibrarySections, SchemaLibrary } from "./schema-library.ts";

export interface DocumentTypes {
  readonly paths: ReadonlyMap<string, Readonly<Record<string, object>>>;
  readonly operations: ReadonlyMap<string, object>;
  readonly sections: LibrarySections;
  /** Whole queries (`in: querystring`), by operation. */
  readonly querystrings: ReadonlyMap<string, Prepared>;
}

/** The methods that a path item of openapi-typescript has. Other methods are found in `operations` alone. */
const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** Lists the types of a model. */
export function documentTypes(model: ServiceModel, library: SchemaLibrary): DocumentTypes {
  const paths = new Map<string, Record<string, object>>();
  const operations = new Map<string, object>();
  const querystrings = new Map<string, Prepared>();
  for (const operation of model.operations) {
    operations.set(operation.name, operationTypes(operation, model, library));
    const querystring = operation.parameters.find((parameter) => parameter.in === "querystring");
    if (querystring !== undefined) {
      querystrings.set(operation.name, library.prepare(querystring.schema, "value"));
    }
    const method = operation.method.toLowerCase();
    if (!METHODS.has(method)) continue;
    const path = paths.get(operation.path) ?? {};
    path[method] = { $ref: refTo("operations", operation.name), ...summaryOf(operation) };
    paths.set(operation.path, path);
  }
  return { paths, operations, querystrings, sections: library.sections() };
}

function summaryOf({ summary, deprecated }: OperationModel): object {
  const text = cleanText(summary ?? "");
  return { ...(text === "" ? {} : { summary: text }), ...(deprecated ? { deprecated } : {}) };
}

function operationTypes(
  operation: OperationModel,
  model: ServiceModel,
  library: SchemaLibrary,
): object {
  const { body, answers } = operation;
  const parameters = lastOfEach(operation.parameters).map((parameter) => ({
    name: parameter.name,
    in: parameter.in,
    required: parameter.required,
    ...commentOf(parameter),
    schema: parameterType(parameter, library),
  }));
  const responses = answers.map((answer) => {
    const headers = answer.headers.map((header) => {
      const type = {
        required: header.required,
        ...commentOf(header),
        schema: library.prepare(header.schema, "value"),
      };
      return [header.name, type] as const;
    });
    const content = answer.media.map((media) => {
      return [media.mediaType, { schema: answerSchema(media, library, model.schemas) }] as const;
    });
    const described = commentOf({ description: answer.description });
    return [
      answer.status,
      { ...described, headers: record(headers), content: record(content) },
    ] as const;
  });
  const requestBody = body?.media.map((media) => {
    return [media.mediaType, { schema: requestSchema(media, library, model.schemas) }] as const;
  });
  return {
    parameters,
    ...(requestBody === undefined
      ? {}
      : {
          requestBody: {
            required: body?.required === true,
            ...commentOf(body ?? {}),
            content: record(requestBody),
          },
        }),
    responses: record(responses),
  };
}

/** What may be left out may be handed in as `undefined`, also under `exactOptionalPropertyTypes`. */
function parameterType(parameter: ParameterModel, library: SchemaLibrary): Prepared {
  const type = library.prepare(parameter.schema, "value");
  return parameter.required || parameter.in === "path" ? type : unionOf([type, ABSENT]);
}

/** Keeps keys such as `__proto__` as keys. */
function record(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

/** A parameter that is declared twice would be a member that is declared twice. */
function lastOfEach(parameters: readonly ParameterModel[]): ParameterModel[] {
  const byName = new Map(
    parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]),
  );
  return [...byName.values()];
}
