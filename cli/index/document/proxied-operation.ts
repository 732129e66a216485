/** One proxied route as an operation of the gateway's own document: its service's operation, with its schemas. */
import type { ProblemCode } from "../../../src/core/errors.ts";
import type { ProxiedRoute } from "../../gen/emit/routes.ts";
import type {
  AnswerModel,
  MediaModel,
  OperationModel,
  ParameterModel,
  Schema,
  ServiceModel,
} from "../../gen/model.ts";
import { endOf } from "../access/route-facts.ts";
import type { RouteSecurity } from "../access/security-of.ts";
import type { RouteDependencies } from "../dependencies.ts";
import type { Components } from "./components.ts";
import {
  type MediaObject,
  type OperationObject,
  type ParameterObject,
  type ResponseObject,
  shown,
} from "./document-types.ts";
import { endingOf } from "./ending.ts";
import type { Problems } from "./problems.ts";
import { degradableParts, withStandIns } from "./stand-ins.ts";

export interface ProxiedOperationOptions {
  readonly components: Components;
  readonly problems: Problems;
  readonly route: ProxiedRoute;
  readonly model: ServiceModel;
  readonly operation: OperationModel;
  readonly operationId: string;
  readonly security: RouteSecurity["security"];
  /** What the route depends on; absent: not known. */
  readonly dependencies: RouteDependencies | undefined;
}

export function proxiedOperation({
  components,
  problems,
  route,
  model,
  operation,
  operationId,
  security,
  dependencies,
}: ProxiedOperationOptions): OperationObject {
  const adopt = (schema: Schema): Schema => shown(components.adopt(model.name, schema));
  const { summary, description, deprecated, body } = operation;
  const parameters = operation.parameters.filter(({ in: place }) => place !== "querystring");
  const answers = operation.answers.map((answer) => [answer.status, responseOf(answer, adopt)]);
  const degradable = degradableParts(dependencies);
  return {
    operationId,
    ...(route.frontend === undefined ? {} : { tags: [route.frontend] }),
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated ? { deprecated } : {}),
    ...endingOf(route.retirement, endOf(dependencies?.endings ?? [])),
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((parameter) => parameterOf(parameter, adopt)) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            ...(body.required ? { required: true } : {}),
            ...(body.description === undefined ? {} : { description: body.description }),
            content: contentOf(body.media, adopt),
          },
        }),
    responses: problems.responses(
      withStandIns(Object.fromEntries(answers), degradable),
      codesOf(route, body !== undefined),
    ),
    ...(security === undefined ? {} : { security }),
    ...(degradable.length === 0 ? {} : { "x-degradable": degradable }),
  };
}

function codesOf({ retirement }: ProxiedRoute, takesBody: boolean): ProblemCode[] {
  return [
    ...GATEWAY_PROBLEMS,
    ...(takesBody ? (["body-too-large"] as const) : []),
    ...(retirement?.sunset === undefined ? [] : (["gone"] as const)),
  ];
}

const GATEWAY_PROBLEMS: readonly ProblemCode[] = [
  "bad-request",
  "circuit-open",
  "deadline-exceeded",
  "internal",
  "overloaded",
  "service-contract",
  "service-timeout",
  "service-unreachable",
  "stopping",
];

type Adopt = (schema: Schema) => Schema;

function parameterOf(parameter: ParameterModel, adopt: Adopt): ParameterObject {
  const { name, in: place, required, description, deprecated, mediaType } = parameter;
  const { style, explode, allowReserved } = parameter;
  const schema = adopt(parameter.schema);
  const isUsual = style === (place === "path" || place === "header" ? "simple" : "form");
  return {
    name,
    in: place,
    ...(required ? { required } : {}),
    ...(description === undefined ? {} : { description }),
    ...(deprecated ? { deprecated } : {}),
    ...(mediaType === undefined
      ? {
          ...(isUsual ? {} : { style }),
          ...(explode === (style === "form") ? {} : { explode }),
          ...(allowReserved ? { allowReserved } : {}),
          schema,
        }
      : { content: { [mediaType]: { schema } } }),
  };
}

function responseOf({ description, headers, media }: AnswerModel, adopt: Adopt): ResponseObject {
  const fields = headers.map((header) => [
    header.name,
    {
      ...(header.description === undefined ? {} : { description: header.description }),
      ...(header.required ? { required: true } : {}),
      schema: adopt(header.schema),
    },
  ]);
  return {
    description,
    ...(fields.length === 0 ? {} : { headers: Object.fromEntries(fields) }),
    ...(media.length === 0 ? {} : { content: contentOf(media, adopt) }),
  };
}

function contentOf(media: readonly MediaModel[], adopt: Adopt): Record<string, MediaObject> {
  return Object.fromEntries(
    media.map(({ mediaType, schema, kind, encoding }): [string, MediaObject] => {
      // OpenAPI 3.1 has no word for the items of a stream: it is text.
      const isStream = kind === "sse" || kind === "ndjson";
      const whole = schema ?? (isStream ? { type: "string" } : undefined);
      return [
        mediaType,
        {
          ...(whole === undefined ? {} : { schema: adopt(whole) }),
          ...(encoding === undefined ? {} : { encoding }),
        },
      ];
    }),
  );
}
