/** An error of a request, for the developer: what a service said, or the stack as far as the project goes. */
import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import { placeInStack } from "./place-in-stack.ts";
import { serviceProblem } from "./service-problem.ts";

export interface ErrorTold {
  /** What the line above says already. */
  readonly message: string;
  /** Whether it is a failure of a known kind: nobody needs Heddle's own stack for it. */
  readonly expected: boolean;
  /** The project's folder, absolute. */
  readonly root: string;
  /** The whole stack, in any case. */
  readonly debug: boolean;
}

/** The lines below the line that tells of an error. */
export function explainError(error: Error, told: ErrorTold): readonly string[] {
  const { root, debug, expected } = told;
  // Known by name: a project brings its own copy of the class.
  const said =
    error.name === "UpstreamError"
      ? explainAnswer((error as { readonly body?: unknown }).body)
      : [];
  if (debug) return [...said, error.stack ?? error.message];
  if (!expected) return shortStack(error, root);
  const message = messageOf(error);
  const place = placeInStack(error, root);
  return [
    ...(message === told.message ? [] : [`  ${message}`]),
    ...said,
    ...(place === undefined ? [] : [`  at ${place}`]),
  ];
}

function explainAnswer(body: unknown): readonly string[] {
  const [first, ...more] = serviceProblem(body);
  return first === undefined
    ? []
    : [`  the service said: ${first}`, ...more.map((text) => `    ${text}`)];
}

/** The stack down to its last frame in the project; whole where it has none. */
function shortStack({ stack, message }: Error, root: string): readonly string[] {
  const lines = (stack ?? message).split("\n");
  const isOurs = (line: string): boolean =>
    /^\s+at /.test(line) && line.includes(`${root}${sep}`) && !line.includes("node_modules");
  const last = lines.findLastIndex(isOurs);
  return (last < 0 ? lines : lines.slice(0, last + 1)).map((line) =>
    line.replaceAll(`${pathToFileURL(root).href}/`, "").replaceAll(`${root}${sep}`, ""),
  );
}

/** An error for several addresses has no message of its own. */
function messageOf(error: Error): string {
  if (error.message !== "" || !(error instanceof AggregateError)) return error.message;
  return error.errors.map((one) => (one instanceof Error ? one.message : String(one))).join("; ");
}
