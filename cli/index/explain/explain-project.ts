/** `heddle explain`: one route of a project, by its source and, where that is asked for, by a run. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../../command-error.ts";
import { findComposers } from "../../gen/composers.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { readService } from "../../gen/read-service.ts";
import { type Generated, generateOrThrow } from "../../generate.ts";
import type { Terminal } from "../../print/terminal.ts";
import { composersIn } from "../composers-in.ts";
import { type Dependencies, parseDependencies, type RouteDependencies } from "../dependencies.ts";
import { createProjectProgram } from "../program.ts";
import { chooseRoute } from "./choose-route.ts";
import { drawExplanation } from "./draw-explanation.ts";
import { type Explanation, explainRoute } from "./explain-route.ts";
import { parseLatencies, requireKnownOperations, servicesTold } from "./latencies.ts";
import { type Measurement, measureRoute } from "./measure.ts";

export interface ExplainOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly config?: string | undefined;
  readonly route: string;
  readonly latency: readonly string[];
  /** Whether the route is run, too. */
  readonly run: boolean;
  /** A file for the picture, relative to the project. */
  readonly svg?: string | undefined;
}

export interface ExplainReport extends Explanation {
  readonly measured?: Measurement;
  /** The picture's file. */
  readonly svg?: string;
}

/** @throws CommandError for a project that cannot be generated, a route that there is not, and a run that fails. */
export async function explainProject(
  options: ExplainOptions,
  terminal: Terminal,
): Promise<ExplainReport> {
  const { root, svg } = options;
  const generated = await generateOrThrow({ root, config: options.config }, terminal);
  const { configuration } = generated;
  if (configuration === undefined) throw noConfiguration();
  const { config, file } = configuration;
  const services = Object.keys(config.services);
  const latencies = parseLatencies(options.latency, services);
  const dependencies = readDependencies(root, generated);
  const route = chooseRoute(dependencies, options.route);
  const told = new Set([...servicesOf(route), ...servicesTold(latencies)]);
  const needed = options.run ? services : [...told];
  const models = await readModels(root, config.services, needed);
  requireKnownOperations(latencies, models);
  const explanation = explainRoute({
    route,
    ...(await programOf(root, generated.report.out, route)),
    config,
    models,
    latencies,
  });
  const measured = options.run
    ? await measureRoute({
        root,
        configFile: file,
        dependencies,
        route: route.route,
        models: [...models.values()],
        latencies,
        plan: explanation.plan,
      })
    : undefined;
  const report = { ...explanation, ...(measured === undefined ? {} : { measured }) };
  if (svg === undefined) return report;
  writePicture(resolve(root, svg), drawExplanation(report));
  return { ...report, svg };
}

export function readDependencies(root: string, { report }: Generated): Dependencies {
  let text = "";
  try {
    text = readFileSync(join(root, report.out, "dependencies.json"), "utf8");
  } catch {
    // Told as any other that cannot be used.
  }
  const dependencies = parseDependencies(text);
  if (dependencies !== undefined) return dependencies;
  throw new CommandError("generated-stale", `${report.out}/dependencies.json cannot be read`, {
    cure: "run heddle gen",
  });
}

/** The services that a route calls. */
export function servicesOf({ calls }: RouteDependencies): string[] {
  return [...new Set(calls.map(({ service }) => service))];
}

/** The composer's own sources, where the route has one. */
export async function programOf(
  root: string,
  generated: string,
  { composer: at, name }: RouteDependencies,
) {
  const file = at?.replace(/:\d+$/, "");
  if (file === undefined) return { project: undefined, composer: undefined };
  const routes = findComposers(root).routes.filter((one) => one.file === file && one.name === name);
  const project = await createProjectProgram({ root, files: [file], generated });
  return { project, composer: composersIn(project, routes)[0] };
}

export async function readModels(
  root: string,
  services: Readonly<Record<string, { readonly document?: string | undefined }>>,
  names: readonly string[],
): Promise<Map<string, ServiceModel>> {
  const models = new Map<string, ServiceModel>();
  for (const name of names) {
    const source = services[name]?.document;
    if (source === undefined) continue;
    const { model } = await readService({ name, source, root });
    if (model !== undefined) models.set(name, model);
  }
  return models;
}

function writePicture(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(
      "not-writable",
      `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`,
      { cure: "name a file in a folder that exists: --svg docs/route.svg" },
    );
  }
}

function noConfiguration(): CommandError {
  return new CommandError("configuration-missing", "there is no configuration", {
    cure: "run heddle init",
  });
}
