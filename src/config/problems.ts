/** What is wrong with a configuration: placed, with the value and the cure, all of it at once. */

export interface ConfigProblem {
  /** `services.orders.timeout`; `environment PORT` for a variable that is no part of the file. */
  readonly path: string;
  /** What is wrong, to be read after the path: `is not a duration`. */
  readonly message: string;
  /** The value as text, shortened; absent where there is none or it may be a secret. */
  readonly value?: string;
  /** What to do about it. */
  readonly cure: string;
  /** Where it is written, where that is known: `file:line:column`. */
  readonly place?: string;
  /** The environment's variable that is not set, where that is the problem. */
  readonly variable?: string;
}

/** A configuration that cannot be used. Carries every problem there is. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(formatConfigProblems(problems));
    this.problems = problems;
  }
}

/** The problems as lines for a terminal: place, path and message, then value and cure, each indented. */
export function formatConfigProblems(
  problems: readonly ConfigProblem[],
  file = "the configuration",
): string {
  const lines = [
    `${file} has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:`,
  ];
  for (const { path, message, value, cure, place } of problems) {
    lines.push("", `  ${place === undefined ? "" : `${place} `}${path} ${message}`);
    if (value !== undefined) lines.push(`    value: ${value}`);
    lines.push(`    cure:  ${cure}`);
  }
  return lines.join("\n");
}

const LONGEST_VALUE = 80;

/** A value as one short line of text. */
export function showValue(value: unknown): string {
  const text =
    typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  const masked = text.replace(/(:\/\/)[^/@"\s]*@/g, "$1***@");
  return masked.length > LONGEST_VALUE ? `${masked.slice(0, LONGEST_VALUE - 1)}…` : masked;
}
