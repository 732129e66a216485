/** What an operation needs of its input, and which of it can be one of several ids. */
import type { OperationInput, OperationPlan, ParameterPlan, PathPiece } from "../plan.ts";

export type InputPart = "path" | "query" | "header" | "cookie" | "body";

/** One thing that an operation's input must have; a body has no name. */
export interface NeededInput {
  readonly part: InputPart;
  readonly name: string;
}

/** Everything that the operation cannot be called without. */
export function neededInputs({ path, query, header, cookie, body }: OperationPlan): NeededInput[] {
  const required = (part: InputPart, parameters: readonly ParameterPlan[] = []): NeededInput[] =>
    parameters.filter((plan) => plan.required === true).map(({ name }) => ({ part, name }));
  return [
    ...path.filter(isParameter).map(({ name }): NeededInput => ({ part: "path", name })),
    ...required("query", query),
    ...required("header", header),
    ...required("cookie", cookie),
    ...(body?.required === true ? [{ part: "body", name: "" } as const] : []),
  ];
}

function isParameter(piece: PathPiece): piece is ParameterPlan {
  return typeof piece !== "string";
}

/** An id as it is sent: the bulk call lists it as the single call would have written it. */
export type Id = string | number | bigint | boolean | object;

/** The id in an input that has nothing but it; undefined where there is anything else, or no id. */
export function idIn(input: OperationInput, { part, name }: NeededInput): Id | undefined {
  for (const key in input) {
    if (key !== part && input[key as keyof OperationInput] !== undefined) return undefined;
  }
  const values = input[part];
  if (typeof values !== "object" || values === null) return undefined;
  for (const key in values) {
    if (key !== name && (values as Values)[key] !== undefined) return undefined;
  }
  const id = (values as Values)[name];
  return textOfId(id) === undefined ? undefined : (id as Id);
}

type Values = Readonly<Record<string, unknown>>;

/** By which ids of calls and of items are compared: `7` and `"7"` are one. Undefined: it cannot be an id. */
export function textOfId(id: unknown): string | undefined {
  switch (typeof id) {
    case "string":
      return id === "" ? undefined : id;
    case "number":
    case "bigint":
    case "boolean":
      return String(id);
    default:
      // An integer that remembers its digits.
      return id instanceof Number ? String(id) : undefined;
  }
}
