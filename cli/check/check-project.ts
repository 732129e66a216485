/** Everything that CI wants to know of a project: configuration, documents, generated code, types. */
import { CommandError } from "../command-error.ts";
import type { GenReport } from "../gen/run.ts";
import { type GenerateOptions, generate, requireOperations } from "../generate.ts";
import { checkDrill, type DrillCheck, drillFailure } from "../index/drill/check-drill.ts";
import { budgetFailure, checkBudgets } from "../index/explain/check-budgets.ts";
import { diagnosticLines, genFailure } from "../print/format-gen.ts";
import type { Terminal } from "../print/terminal.ts";
import { checkTypes, formatTypeFault, type TypeFault, typesInvalid } from "./check-types.ts";

export interface CheckReport {
  readonly generated: "current" | "stale";
  readonly drift: GenReport["drift"];
  /** What is wrong with the documents, and what would become of their operations. */
  readonly diagnostics: GenReport["diagnostics"];
  readonly changes: GenReport["changes"];
  /** Configured, with a document or without. */
  readonly services: number;
  readonly routes: number;
  readonly types: readonly TypeFault[];
  /** Absent: the project has no recorded drill, or something else was wrong. */
  readonly drill?: DrillCheck;
}

/**
 * Checks all of it before it fails: one run tells everything.
 * @throws CommandError: 4 for configuration and documents, 3 for stale generated code, 1 for types and budgets of routes,
 * the first that holds; at last 3 for routes that fail otherwise than was recorded.
 */
export async function checkProject(
  options: GenerateOptions,
  terminal: Terminal,
): Promise<CheckReport> {
  const generated = await generate({ ...options, check: true }, terminal);
  const { report } = generated;
  const failure = genFailure(report, terminal, true);
  if (failure !== undefined && report.outcome === "invalid") throw failure;
  await requireOperations(generated, terminal);
  const types = await checkTypes(options.root);
  const found: CheckReport = {
    generated: report.outcome === "drift" ? "stale" : "current",
    drift: report.drift,
    diagnostics: report.diagnostics,
    changes: report.changes,
    services: Object.keys(generated.configuration?.config.services ?? {}).length,
    routes: report.routes.length,
    types,
  };
  if (failure !== undefined) {
    const lines = [...(failure.details.lines ?? []), ...types.map(formatTypeFault)];
    throw new CommandError(failure.code, failure.message, {
      ...failure.details,
      lines,
      report: found,
    });
  }
  if (types.length > 0) {
    const { code, message, details } = typesInvalid(types, found);
    const lines = [...diagnosticLines(report.diagnostics, terminal), ...(details.lines ?? [])];
    throw new CommandError(code, message, { ...details, lines });
  }
  const budgets = await checkBudgets(options.root, generated);
  const exceeded = budgetFailure(budgets, { ...found, budgets });
  if (exceeded !== undefined) throw exceeded;
  const drill = await checkDrill(options.root, generated, terminal);
  const all = { ...found, ...(drill === undefined ? {} : { drill }) };
  const drifted = drillFailure(drill, report.out, all);
  if (drifted !== undefined) throw drifted;
  return all;
}
