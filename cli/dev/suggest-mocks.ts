/** Another way out for whoever has no address of a service: mocks, which need none. */
import type { ConfigProblem } from "../../src/config/problems.ts";

/** The problems, with `heddle dev --mock` beside every variable that a service asks for. */
export function suggestMocks(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.map((problem) =>
    problem.variable === undefined || !problem.path.startsWith("services.")
      ? problem
      : { ...problem, cure: `${problem.cure}, or start with mocks: heddle dev --mock` },
  );
}
