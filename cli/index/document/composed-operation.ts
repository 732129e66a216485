/** One composed route as an operation of the gateway's own document. */
import type { ProblemCode } from "../../../src/core/errors.ts";
import type { Retirement } from "../../../src/core/retirement.ts";
import { endOf } from "../access/route-facts.ts";
import type { RouteSecurity } from "../access/security-of.ts";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { RouteDependencies } from "../dependencies.ts";
import { answerTypes } from "./answer-types.ts";
import type { OperationObject, RequestBodyObject, ResponseObject } from "./document-types.ts";
import { shown } from "./document-types.ts";
import { documentationOf } from "./documentation-of.ts";
import { endingOf } from "./ending.ts";
import { optionSchema } from "./option-schemas.ts";
import { composedParameters } from "./parameters.ts";
import { COMMON_PROBLEMS, type Problems, SERVICE_PROBLEMS } from "./problems.ts";
import type { TypeWalk } from "./schema-of-type.ts";
import { degradableParts, withStandIns } from "./stand-ins.ts";
import { thrownProblems } from "./thrown-problems.ts";

export interface ComposedOperationOptions {
  readonly walk: TypeWalk;
  readonly problems: Problems;
  readonly declaration: ComposerDeclaration;
  readonly operationId: string;
  readonly retirement: Retirement | undefined;
  /** What the route depends on; absent: not known. */
  readonly dependencies: RouteDependencies | undefined;
  readonly security: RouteSecurity["security"];
}

export function composedOperation(options: ComposedOperationOptions): OperationObject {
  const { walk, problems, declaration, operationId, retirement, dependencies, security } = options;
  const body = requestBody(walk, declaration);
  const degradable = degradableParts(dependencies);
  const answers = withStandIns(answersOf(walk, declaration), degradable);
  const parameters = composedParameters(walk, declaration);
  return {
    operationId,
    tags: [declaration.frontend],
    ...documentationOf(walk.project, declaration),
    ...endingOf(retirement, endOf(dependencies?.endings ?? [])),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: problems.responses(answers, codesOf(options, body !== undefined)),
    ...(security === undefined ? {} : { security }),
    ...(degradable.length === 0 ? {} : { "x-degradable": degradable }),
  };
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
          ...(isEmpty ? {} : { content: { [JSON_TYPE]: { schema: shown(schema) } } }),
        },
      ];
    }),
  );
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
