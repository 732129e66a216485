/** What `heddle check` makes of a recorded drill: it is done again only where something could have changed its outcome. */
import { join } from "node:path";
import { CommandError } from "../../command-error.ts";
import type { Generated } from "../../generate.ts";
import { countOf } from "../../print/format-gen.ts";
import type { Terminal } from "../../print/terminal.ts";
import { compareResilience } from "./compare-resilience.ts";
import { hashDrillInputs } from "./drill-inputs.ts";
import { drillSources } from "./drill-sources.ts";
import { readResilience } from "./resilience-file.ts";

/**
 * `current`: nothing has changed that it follows from. `drilled`: something has, it was drilled again, and answers as
 * before. `stale`: it does not.
 */
export interface DrillCheck {
  readonly state: "current" | "drilled" | "stale";
  /** What is not as it is recorded, in words. */
  readonly changes: readonly string[];
}

/** Undefined: the project has no recorded drill. `generated/` must be current. */
export async function checkDrill(
  root: string,
  generated: Generated,
  terminal: Terminal,
): Promise<DrillCheck | undefined> {
  const { configFile, out, dependencies } = drillSources(root, generated);
  const recorded = readResilience(join(root, out));
  if (recorded === undefined) return undefined;
  // Projects without a drill need not load what drills.
  const { drillProject, loadForDrill } = await import("./drill-project.ts");
  const loaded = await loadForDrill(root, configFile);
  const inputs = hashDrillInputs(root, out, loaded.inputs);
  if (recorded.isUntouched && recorded.inputs === inputs) return { state: "current", changes: [] };
  const routes = await drillProject(loaded, { root, configFile, dependencies }, terminal);
  const changes = compareResilience(recorded.routes, routes);
  if (changes.length > 0) return { state: "stale", changes };
  // The cells are as they were, but somebody has written in the files.
  return recorded.isUntouched
    ? { state: "drilled", changes }
    : {
        state: "stale",
        changes: [`${out}/resilience.md or .json is not as heddle drill writes it`],
      };
}

/** The failure of a check, where there is one: 3, as for other generated files. */
export function drillFailure(
  check: DrillCheck | undefined,
  out: string,
  report: object,
): CommandError | undefined {
  if (check?.state !== "stale") return undefined;
  const { length } = check.changes;
  return new CommandError(
    "generated-stale",
    `${out}/resilience.json is true no more: ${countOf(length, "difference")}`,
    {
      cure: `run heddle drill and commit ${out}/resilience.*, if that is how these routes shall fail`,
      lines: check.changes,
      report,
    },
  );
}
