/** One composed route as an operation of the gateway's own document. */
import type { ProblemCode } from "../../../src/core/errors.ts";
import type { Retirement } from "../../../src/core/retirement.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import { endOf } from "../access/route-facts.ts";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { RouteDependencies } from "../dependencies.ts";
import { endingOf, type RouteAccess } from "./access.ts";
import { answerTypes } from "./answer-types.ts";
import type {
  DegradablePart,
  OperationObject,
  Reference,
  RequestBodyObject,
  ResponseObject,
} from "./document-types.ts";
import { shown } from "./document-types.ts";
import { documentationOf } from "./documentation-of.ts";
import { optionSchema } from "./option-schemas.ts";
import { composedParameters } from "./parameters.ts";
import { COMMON_PROBLEMS, type Problems, SERVICE_PROBLEMS } from "./problems.ts";
import type { TypeWalk } from "./schema-of-type.ts";
import { thrownProblems } from "./thrown-problems.ts";

export interface ComposedOperationOptions {
  readonly walk: TypeWalk;
  readonly problems: Problems;
  readonly declaration: ComposerDeclaration;
  readonly operationId: string;
  readonly retirement: Retirement | undefined;
  /** What the route depends on; absent: not known. */
  readonly dependencies: RouteDependencies | undefined;
  readonly security: RouteAccess["security"];
}

export function composedOperation(options: ComposedOperationOptions): OperationObject {
  const { walk, problems, declaration, operationId, retirement, dependencies, security } = options;
  const body = requestBody(walk, declaration);
  const degradable = degradableParts(dependencies);
  const answers = answersOf(walk, declaration, degradable.length > 0);
  const parameters = composedParameters(walk, declaration);
  const refused = problems.responses(codesOf(options, body !== undefined));
  return {
    operationId,
    tags: [declaration.frontend],
    ...documentationOf(walk.project, declaration),
    ...endingOf(retirement, endOf(dependencies?.endings ?? [])),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: inOrder({ ...refused, ...withProblems(answers, refused, problems) }),
    ...(security === undefined ? {} : { security }),
    ...(degradable.length === 0 ? {} : { "x-degradable": degradable }),
  };
}

/** A composer that answers with a status itself may still meet a problem of that status. */
function withProblems(
  answers: Readonly<Record<string, ResponseObject>>,
  refused: Readonly<Record<string, Reference>>,
  problems: Problems,
): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const key = refused[status]?.$ref.split("/").at(-1) ?? "";
      const content = problems.components()[key]?.content;
      const all = { ...answer.content, ...content };
      return [status, content === undefined ? answer : { ...answer, content: all }];
    }),
  );
}

/** Statuses in order, `default` last. */
function inOrder(all: OperationObject["responses"]): OperationObject["responses"] {
  const rank = (status: string): number => (status === "default" ? 1 : 0);
  return Object.fromEntries(
    Object.entries(all).sort(
      ([one], [other]) => rank(one) - rank(other) || byCodePoint(one, other),
    ),
  );
}

function requestBody(
  walk: TypeWalk,
  declaration: ComposerDeclaration,
): RequestBodyObject | undefined {
  const found = optionSchema(walk, declaration, "body");
  if (found === undefined) {
    // Not validated: whatever JSON there is reaches the composer.
    return BODIES.has(declaration.method)
      ? { content: { [JSON_TYPE]: { schema: {} } } }
      : undefined;
  }
  return {
    ...(found.isOptional ? {} : { required: true }),
    content: { [JSON_TYPE]: { schema: shown(found.schema) } },
  };
}

const BODIES = new Set(["POST", "PUT", "PATCH"]);
const JSON_TYPE = "application/json";

function answersOf(
  walk: TypeWalk,
  declaration: ComposerDeclaration,
  isDegradable: boolean,
): Record<string, ResponseObject> {
  const declared = optionSchema(walk, declaration, "output")?.schema;
  const types = answerTypes(walk.project, declaration);
  if (types.length === 0) walk.lossy("", "an answer whose type the compiler does not know");
  const answers = types.length === 0 ? [{ status: 200, bodies: [] }] : types;
  return Object.fromEntries(
    answers.map(({ status, bodies }): [string, ResponseObject] => {
      if (status === undefined) walk.lossy("", "a status that is known only when it is answered");
      const isGood = status === undefined || status < 300;
      const schema = isGood && declared !== undefined ? declared : walk.schemaOfAny(bodies, "");
      const isEmpty = bodies.length === 0 && types.length > 0;
      return [
        status === undefined ? "2XX" : String(status),
        {
          description: isEmpty ? "Done; there is no body." : "The answer.",
          ...(isDegradable && isGood ? { headers: DEGRADED } : {}),
          ...(isEmpty ? {} : { content: { [JSON_TYPE]: { schema: shown(schema) } } }),
        },
      ];
    }),
  );
}

const DEGRADED = {
  "Gateway-Degraded": {
    description:
      "Which parts of the answer are stand-ins, and why: a list (RFC 9651); absent: none.",
    schema: { type: "string" },
  },
};

/** Where a stand-in may be, each once. */
function degradableParts(dependencies: RouteDependencies | undefined): readonly DegradablePart[] {
  const parts = (dependencies?.calls ?? [])
    .filter(({ fallback }) => fallback.length > 0)
    .map(({ part = "", service, operation, fallback }) => ({ part, service, operation, fallback }));
  const distinct = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...distinct].sort(([one], [other]) => byCodePoint(one, other)).map(([, part]) => part);
}

function codesOf(
  { walk, declaration, retirement, dependencies }: ComposedOperationOptions,
  takesBody: boolean,
): Set<ProblemCode> {
  const { project } = walk;
  const validates = ["path", "query", "header", "body"].some((name) => {
    const { options } = declaration;
    return options && project.checker.getTypeAtLocation(options).getProperty(name) !== undefined;
  });
  const calls = dependencies === undefined || dependencies.calls.length > 0;
  return new Set<ProblemCode>([
    ...COMMON_PROBLEMS,
    "not-acceptable",
    ...(validates ? (["invalid-input"] as const) : []),
    ...(takesBody ? (["body-too-large", "invalid-json", "unsupported-media-type"] as const) : []),
    ...(retirement?.sunset === undefined ? [] : (["gone"] as const)),
    ...(calls || (dependencies?.unfollowed.length ?? 0) > 0 ? SERVICE_PROBLEMS : []),
    ...thrownProblems(project, declaration.handler),
  ]);
}
