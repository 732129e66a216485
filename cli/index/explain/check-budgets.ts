/** Holds what composers may cost against what they cost, by their source. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../command-error.ts";
import { findComposers } from "../../gen/composers.ts";
import type { Generated } from "../../generate.ts";
import { composersIn } from "../composers-in.ts";
import type { RouteDependencies } from "../dependencies.ts";
import { createProjectProgram } from "../program.ts";
import { type BudgetLimit, budgetLimits } from "./budget-limits.ts";
import { readDependencies, readModels, servicesOf } from "./explain-project.ts";
import { explainRoute } from "./explain-route.ts";
import { listed } from "./finding.ts";
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
  if (configuration === undefined || !mentionsBudget(join(root, "composers"))) return [];
  const found = findComposers(root).routes;
  const dependencies = readDependencies(root, generated);
  const files = [...new Set(found.map(({ file }) => file))];
  const project = await createProjectProgram({ root, files, generated: report.out });
  const breaches: BudgetBreach[] = [];
  for (const composer of composersIn(project, found)) {
    const limits = budgetLimits(project, composer.options);
    const route = dependencies.routes.find((one) => isOf(one, composer));
    if (limits.length === 0 || route === undefined) continue;
    const { config } = configuration;
    const models = await readModels(root, config.services, servicesOf(route));
    const latencies = parseLatencies([], []);
    const { plan } = explainRoute({ route, composer, project, config, models, latencies });
    breaches.push(...limits.flatMap((limit) => breachOf(limit, route, plan) ?? []));
  }
  return breaches;
}

/** Where nobody has set one, nothing is followed. */
function mentionsBudget(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .some((name) => readFileSync(join(folder, name), "utf8").includes("budget"));
}

function isOf(
  { composer, name }: RouteDependencies,
  wanted: { readonly at: string; readonly name: string },
): boolean {
  return composer === wanted.at && name === wanted.name;
}

function breachOf(
  { name, most, place }: BudgetLimit,
  { route }: RouteDependencies,
  plan: Plan,
): BudgetBreach | undefined {
  if (most === undefined) {
    const cure = "write it as a number: budget: { calls: 5, stages: 2 }";
    const message = `budget.${name} of ${route} is computed, so that nobody can hold it`;
    return { place, route, message, cure };
  }
  const count = name === "calls" ? plan.calls.length : plan.stages;
  if (count <= most) return undefined;
  const last = plan.calls.filter(({ stage }) => stage === plan.stages);
  const names = listed(last.map(({ service, operation }) => `${service}.${operation}`));
  const why = name === "calls" ? "" : `, the last for ${names}`;
  return {
    place,
    route,
    message: `${route} has a budget of ${countOf(most, name)}, and needs ${count}${why}`,
    cure: `heddle explain "${route}" shows what could be saved; else raise budget.${name} to ${count}`,
  };
}

function countOf(count: number, name: BudgetLimit["name"]): string {
  return `${count} ${count === 1 ? name.slice(0, -1) : name}`;
}

/** The failure of a check; undefined: every budget is kept. */
export function budgetFailure(
  breaches: readonly BudgetBreach[],
  report: object,
): CommandError | undefined {
  const [first] = breaches;
  if (first === undefined) return undefined;
  const { length } = breaches;
  const message = length === 1 ? first.message : `${length} budgets of routes are not kept`;
  return new CommandError("budget-exceeded", message, {
    cure: first.cure,
    place: first.place,
    lines: length === 1 ? [] : breaches.map((one) => `${one.place} ${one.message}`),
    report,
  });
}
