/** `heddle drill`: generates what is not current, drills, and records what was found. */
import { join } from "node:path";
import { generateOrThrow } from "../../generate.ts";
import type { Terminal } from "../../print/terminal.ts";
import { compareResilience } from "./compare-resilience.ts";
import { hashDrillInputs } from "./drill-inputs.ts";
import { drillProject, loadForDrill } from "./drill-project.ts";
import { drillSources } from "./drill-sources.ts";
import type { RouteResilience } from "./resilience.ts";
import { readResilience, resilienceTexts, writeResilience } from "./resilience-file.ts";

export interface DrillOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly config?: string | undefined;
  /** Only this one: nothing is written then. */
  readonly route?: string | undefined;
  /** Only this one: nothing is written then. */
  readonly service?: string | undefined;
}

export interface DrillReport {
  readonly routes: readonly RouteResilience[];
  /** What is not as it was recorded, in words. */
  readonly changes: readonly string[];
  /** Relative to the project. */
  readonly written: readonly string[];
}

/** @throws CommandError for a project that cannot be generated or loaded, and for routes and services that there are not. */
export async function runDrill(options: DrillOptions, terminal: Terminal): Promise<DrillReport> {
  const { root, config, route, service } = options;
  const generated = await generateOrThrow({ root, config }, terminal);
  const { configFile, out, dependencies } = drillSources(root, generated);
  const loaded = await loadForDrill(root, configFile);
  const asked = { root, configFile, dependencies, route, service };
  const routes = await drillProject(loaded, asked, terminal);
  if (route !== undefined || service !== undefined) return { routes, changes: [], written: [] };
  const folder = join(root, out);
  const before = readResilience(folder);
  const inputs = hashDrillInputs(root, out, loaded.inputs);
  const written = writeResilience(folder, resilienceTexts(inputs, routes));
  return {
    routes,
    changes: before === undefined ? [] : compareResilience(before.routes, routes),
    written: written.map((name) => `${out}/${name}`),
  };
}
