/** `heddle drill`: a project's gateway on mocks of its services, with everything that can be the matter with them. */
import { join } from "node:path";
import { SERVICE_DEFAULTS } from "../../../src/config/compile.ts";
import type { GatewayConfig } from "../../../src/config.ts";
import { parseDuration } from "../../../src/core/duration.ts";
import { CommandError } from "../../command-error.ts";
import { type LoadedGateway, loadGateway, removeBundles } from "../../dev/load-gateway.ts";
import { placeInStack } from "../../dev/place-in-stack.ts";
import type { ServiceModel } from "../../gen/model.ts";
import { readService } from "../../gen/read-service.ts";
import { createProgress } from "../../print/progress.ts";
import { suggestionOf } from "../../print/suggest.ts";
import type { Terminal } from "../../print/terminal.ts";
import type { Dependencies } from "../dependencies.ts";
import { readDrillFile } from "./drill-file.ts";
import { drillRoutes } from "./drill-routes.ts";
import { drilledConfig } from "./drilled-config.ts";
import { type DrilledRoute, listDrilledRoutes } from "./drilled-route.ts";
import { createFaultyService } from "./faulty-service.ts";
import { collectKnownValues } from "./known-values.ts";
import { quarantine, withoutHold } from "./quarantine.ts";
import type { RouteResilience } from "./resilience.ts";
import { runOnce } from "./run-once.ts";
import { openStage } from "./stage.ts";
import { takeOverTime } from "./virtual-time.ts";

export interface DrillProjectOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  /** The configuration's file, relative to the project. */
  readonly configFile: string;
  readonly dependencies: Dependencies;
  /** `GET /web/orders/{orderId}`, or its template alone. Default: all. */
  readonly route?: string | undefined;
  /** Default: all. */
  readonly service?: string | undefined;
}

/**
 * Drills a project whose generated code is current.
 * @throws CommandError for routes and services that there are not, and for code that cannot be loaded.
 */
export async function drillProject(
  loaded: LoadedGateway,
  options: DrillProjectOptions,
  terminal: Terminal,
): Promise<RouteResilience[]> {
  const progress = createProgress(terminal, Date.now);
  try {
    const { module } = loaded;
    const models = await readModels(module.config, options.root, (text) => progress.step(text));
    const routes = chosenRoutes(models, loaded, options);
    const services = new Map(models.map((model) => [model.name, createFaultyService(model)]));
    const apart = quarantine();
    const time = takeOverTime();
    try {
      const stage = await time.run(openStage(time));
      const timeoutMs = (name: string): number =>
        parseDuration(module.config.services[name]?.timeout ?? SERVICE_DEFAULTS.timeout);
      const drilled = drilledConfig(module.config);
      const theatre = { module, drilled, services, timeoutMs, stage, time };
      const drill = drillRoutes(routes, {
        isDrilled: (service) => options.service === undefined || options.service === service,
        runOnce: (run) => runOnce(theatre, run),
        onProgress: (done, of) => progress.step(`drilling, ${done} of ${of}`),
      });
      try {
        return await time.run(Promise.race([drill, apart.untilThrown]));
      } catch (error) {
        throw apart.thrown()?.error === error ? endOfGateway(error, options.root) : error;
      } finally {
        await time.run(stage.close());
      }
    } finally {
      time.restore();
      apart.end();
    }
  } finally {
    progress.done();
  }
}

/** What a timer or a listener of the project throws, nobody catches: it would end the gateway with all its requests. */
function endOfGateway(error: unknown, root: string): CommandError {
  const place = placeInStack(error, root);
  const message = error instanceof Error ? error.message : String(error);
  return new CommandError(
    "composer-invalid",
    `something is thrown where nobody catches it, which ends a gateway: ${message}`,
    {
      cure: "catch it where it is thrown: in the timer, or the listener",
      ...(place === undefined ? {} : { place }),
    },
    error,
  );
}

/** The project's own gateway, in this process. */
export async function loadForDrill(root: string, configFile: string): Promise<LoadedGateway> {
  const apart = quarantine();
  // For the place of what composers throw.
  process.setSourceMapsEnabled(true);
  try {
    return await withoutHold(() => loadGateway({ root, configFile: join(root, configFile) }));
  } finally {
    apart.end();
    removeBundles(root);
  }
}

async function readModels(
  { services }: GatewayConfig,
  root: string,
  step: (text: string) => void,
): Promise<ServiceModel[]> {
  const models: ServiceModel[] = [];
  for (const [name, { document: source }] of Object.entries(services)) {
    if (source === undefined) continue;
    step(`reading ${source}`);
    const { model } = await readService({ name, source, root });
    if (model !== undefined) models.push(model);
  }
  return models;
}

function chosenRoutes(
  models: readonly ServiceModel[],
  { module }: LoadedGateway,
  { root, dependencies, route: wanted, service }: DrillProjectOptions,
): DrilledRoute[] {
  const names = models.map(({ name }) => name);
  if (service !== undefined && !names.includes(service)) {
    throw new CommandError("unknown-service", `there is no service "${service}" to drill`, {
      cure: suggestionOf(service, names, `there are ${names.join(", ") || "none"}`),
    });
  }
  const sources = { module, models, dependencies, known: collectKnownValues(models) };
  const unnamed = listDrilledRoutes({ ...sources, given: {} });
  const given = readDrillFile(
    root,
    unnamed.map(({ route }) => route),
  );
  const routes = listDrilledRoutes({ ...sources, given });
  if (wanted === undefined) return routes;
  const chosen = routes.filter(
    ({ route }) => route === wanted || route.slice(route.indexOf(" ") + 1) === wanted,
  );
  if (chosen.length > 0) return chosen;
  const known = routes.map(({ route }) => route);
  throw new CommandError("invalid-argument", `there is no route "${wanted}"`, {
    cure: suggestionOf(wanted, known, "heddle routes tells what there is"),
  });
}
