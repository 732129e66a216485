/** Expected errors of the runtime and of `gen`, as command errors. Known by name: a project may bring its own copy. */
import type { ConfigProblem } from "../../src/config/problems.ts";
import { CommandError } from "../command-error.ts";
import type { Diagnostic } from "../gen/diagnostics.ts";

/** The command error for a configuration or a document that cannot be used; undefined for every other error. */
export function fromGatewayError(error: Error): CommandError | undefined {
  if (error.name === "ConfigError" && "problems" in error) {
    return fromConfigProblems(error.problems as readonly ConfigProblem[]);
  }
  if (error.name === "DocumentError" && "diagnostic" in error) {
    return fromDiagnostic(error.diagnostic as Diagnostic);
  }
  return undefined;
}

/** One error for all problems of a configuration. */
export function fromConfigProblems(problems: readonly ConfigProblem[]): CommandError {
  const [first] = problems;
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return new CommandError("configuration-invalid", `the configuration has ${count}`, {
    cure: first === undefined ? "mend heddle.config.ts" : `${first.path}: ${first.cure}`,
    lines: problems.flatMap(({ path, message, value, cure }) => [
      `  ${path} ${message}${value === undefined ? "" : `: ${value}`}`,
      `    ${cure}`,
    ]),
    report: { problems },
  });
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
