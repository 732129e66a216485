/** Holds what composers may cost against what they cost, by their source. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type ts from "typescript";
import { CommandError } from "../../command-error.ts";
import { findComposers } from "../../gen/composers.ts";
import type { Generated } from "../../generate.ts";
import { composersIn } from "../composers-in.ts";
import type { RouteDependencies } from "../dependencies.ts";
import { createProjectProgram, type ProjectProgram } from "../program.ts";
import { readDependencies } from "./explain-project.ts";
import { explainRoute } from "./explain-route.ts";
import { parseLatencies } from "./latencies.ts";
import type { Plan } from "./plan.ts";

export interface BudgetBreach {
  /** `file:line:column` of the number. */
  readonly place: string;
  readonly route: string;
  readonly message: string;
  readonly cure: string;
}

/** Every budget that is not kept. `generated/` must be current. No composer is run. */
export async function checkBudgets(root: string, generated: Generated): Promise<BudgetBreach[]> {
  const { configuration, report } = generated;
  // Costs nothing where nobody has set one.
  const found = findComposers(root).routes.filter(({ file }) =>
    readFileSync(join(root, file), "utf8").includes("budget"),
  );
  if (found.length === 0 || configuration === undefined) return [];
  const dependencies = readDependencies(root, generated);
  const files = [...new Set(found.map(({ file }) => file))];
  const project = await createProjectProgram({ root, files, generated: report.out });
  return composersIn(project, found).flatMap((composer): BudgetBreach[] => {
    const limits = limitsOf(project, composer.options);
    const route = dependencies.routes.find((one) => isOf(one, composer));
    if (limits.length === 0 || route === undefined) return [];
    const { plan } = explainRoute({
      route,
      composer,
      project,
      config: configuration.config,
      models: new Map(),
      latencies: parseLatencies([], []),
    });
    return limits.flatMap((limit) => breachOf(limit, route, plan) ?? []);
  });
}

function isOf(
  { composer, name }: RouteDependencies,
  wanted: { readonly at: string; readonly name: string },
): boolean {
  return composer === wanted.at && name === wanted.name;
}

interface Limit {
  readonly name: "calls" | "stages";
  /** Absent: it is computed. */
  readonly most: number | undefined;
  readonly place: string;
}

/** As the options say them in numbers. */
function limitsOf(project: ProjectProgram, options: ts.Expression | undefined): Limit[] {
  const { ts, placeOf } = project;
  const membersOf = (node: ts.Expression | undefined): [string, ts.Expression][] =>
    node === undefined || !ts.isObjectLiteralExpression(node)
      ? []
      : node.properties.flatMap((one): [string, ts.Expression][] =>
          ts.isPropertyAssignment(one) ? [[one.name.getText(), one.initializer]] : [],
        );
  const budget = membersOf(options).find(([name]) => name === "budget")?.[1];
  return membersOf(budget).flatMap(([name, node]): Limit[] => {
    if (name !== "calls" && name !== "stages") return [];
    const most = ts.isNumericLiteral(node) ? Number(node.text) : undefined;
    return [{ name, most, place: placeOf(node) }];
  });
}

function breachOf(
  { name, most, place }: Limit,
  { route }: RouteDependencies,
  plan: Plan,
): BudgetBreach | undefined {
  if (most === undefined) {
    const cure = "write it as a number: budget: { calls: 5, stages: 2 }";
    return { place, route, message: `budget.${name} of ${route} is computed`, cure };
  }
  const count = name === "calls" ? plan.calls.length : plan.stages;
  if (count <= most) return undefined;
  const last = plan.calls.filter(({ stage }) => stage === plan.stages);
  const why =
    name === "calls"
      ? `${count} calls`
      : `${count} stages, the last for ${[...new Set(last.map((call) => `${call.service}.${call.operation}`))].join(", ")}`;
  return {
    place,
    route,
    message: `${route} has a budget of ${most} ${name}, and makes ${why}`,
    cure: `heddle explain "${route}" shows what could be saved; else raise budget.${name} to ${count}`,
  };
}

/** The failure of a check; undefined: every budget is kept. */
export function budgetFailure(
  breaches: readonly BudgetBreach[],
  report: object,
): CommandError | undefined {
  const [first] = breaches;
  if (first === undefined) return undefined;
  const { length } = breaches;
  const message = length === 1 ? first.message : `${length} budgets of routes are exceeded`;
  return new CommandError("budget-exceeded", message, {
    cure: first.cure,
    place: first.place,
    lines: length === 1 ? [] : breaches.map((one) => `${one.place} ${one.message}`),
    report,
  });
}
