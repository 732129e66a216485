/** Expected errors of the runtime and of `gen`, as command errors. Known by name: a project may bring its own copy. */
import type { ConfigProblem } from "../../src/config/problems.ts";
import { CommandError } from "../command-error.ts";
import type { Diagnostic } from "../gen/diagnostics.ts";

/** The command error for a configuration or a document that cannot be used; undefined for every other error. */
export function fromGatewayError(error: Error): CommandError | undefined {
  const problems = configProblemsOf(error);
  if (problems !== undefined) return fromConfigProblems(problems);
  if (error.name === "DocumentError" && "diagnostic" in error) {
    return fromDiagnostic(error.diagnostic as Diagnostic);
  }
  return undefined;
}

/** What a `ConfigError` carries. */
export function configProblemsOf(error: unknown): readonly ConfigProblem[] | undefined {
  return error instanceof Error && error.name === "ConfigError" && "problems" in error
    ? (error.problems as readonly ConfigProblem[])
    : undefined;
}

/** One error for all problems of a configuration, which may have places, and of routes. */
export function fromConfigProblems(problems: readonly ConfigProblem[]): CommandError {
  const [first] = problems;
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const isOfRoutes = problems.every(({ path }) => path.startsWith("route "));
  const message = isOfRoutes ? `the routes have ${count}` : `the configuration has ${count}`;
  return new CommandError("configuration-invalid", message, {
    cure: first?.cure ?? "correct the configuration",
    ...(first?.place === undefined ? {} : { place: first.place }),
    lines: problems.flatMap(formatConfigProblem),
    report: { problems },
  });
}

/** `heddle.config.ts:12:5 services.orders.timeout is not a duration: "5 seconds"`, and the cure on a line of its own. */
export function formatConfigProblem({
  place,
  path,
  message,
  value,
  cure,
}: ConfigProblem): [string, string] {
  const where = place === undefined ? "" : `${place} `;
  return [`${where}${path} ${message}${value === undefined ? "" : `: ${value}`}`, `    ${cure}`];
}

function fromDiagnostic({ message, cure, at, service }: Diagnostic): CommandError {
  return new CommandError(
    "document-invalid",
    `the document of ${service} cannot be read: ${message}`,
    {
      cure,
      place: `${at.file}:${at.line}:${at.column}`,
    },
  );
}
