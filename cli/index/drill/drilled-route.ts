/** The routes of a project as a drill knows them: what is sent, and which services it depends on. */
import type { ComposerSettings } from "../../../src/compose/composer.ts";
import { SERVER_DEFAULTS } from "../../../src/config/compile.ts";
import type { GatewayConfig } from "../../../src/config.ts";
import { parseDuration } from "../../../src/core/duration.ts";
import type { GatewayModule } from "../../dev/load-gateway.ts";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { OperationModel, ServiceModel } from "../../gen/model.ts";
import type { Dependencies } from "../dependencies.ts";
import type { DrillFile } from "./drill-file.ts";
import type { KnownValues } from "./known-values.ts";
import { makeRouteInput, type RouteInput } from "./route-input.ts";

export interface DrilledRoute {
  /** `GET /web/orders/{orderId}` */
  readonly route: string;
  readonly method: string;
  /** On which alone it answers. */
  readonly host: string | undefined;
  readonly request: RouteInput;
  readonly deadlineMs: number;
  /** By code point. */
  readonly services: readonly string[];
  /** Those of them for which an earlier answer may stand in. */
  readonly stale: ReadonlySet<string>;
}

export interface RouteSources {
  readonly module: GatewayModule;
  readonly models: readonly ServiceModel[];
  readonly dependencies: Dependencies;
  readonly known: KnownValues;
  readonly given: DrillFile;
}

/** By template, then method. */
export function listDrilledRoutes(sources: RouteSources): DrilledRoute[] {
  const { module, dependencies } = sources;
  const { config } = module;
  const serverMs = parseDuration(config.server?.deadline ?? SERVER_DEFAULTS.deadline);
  return module.routes
    .map((definition) => {
      const basic = basicsOf(definition, sources);
      const route = `${basic.method} ${basic.template}`;
      const calls = dependencies.routes
        .filter((known) => known.route === route)
        .flatMap((known) => known.calls);
      const { method, template, frontend, deadlineMs = serverMs } = basic;
      const given = sources.given[route] ?? {};
      return {
        route,
        method,
        template,
        host: hostOf(config, frontend),
        request: makeRouteInput({ ...basic, known: sources.known, given }),
        deadlineMs,
        services: [...new Set(calls.map(({ service }) => service))].sort(byCodePoint),
        stale: new Set(
          calls.filter(({ fallback }) => fallback.includes("stale")).map(({ service }) => service),
        ),
      };
    })
    .sort(
      (one, other) =>
        byCodePoint(one.template, other.template) || byCodePoint(one.method, other.method),
    )
    .map(({ template: _template, ...route }) => route);
}

interface Basics {
  readonly method: string;
  readonly template: string;
  readonly frontend: string | undefined;
  readonly schemas: ComposerSettings;
  /** Of a proxied route. */
  readonly operation?: OperationModel | undefined;
  readonly model?: ServiceModel | undefined;
  readonly deadlineMs?: number | undefined;
}

function basicsOf(
  definition: GatewayModule["routes"][number],
  { module, models }: RouteSources,
): Basics {
  if (definition.kind === "composed") {
    const { composer, frontend } = definition;
    const { template, options: schemas, deadlineMs } = composer;
    const method = composer.method.toUpperCase();
    return { method, template, frontend, schemas, deadlineMs };
  }
  const { service, operation, prefix } = definition;
  const model = models.find(({ name }) => name === service);
  return {
    method: operation.method,
    template: prefix + operation.template,
    frontend: module.config.services[service]?.frontend,
    schemas: {},
    operation: model?.operations.find(({ name }) => name === operation.name),
    model,
  };
}

/** The first of the frontend's hosts; any name under `*.` will do. */
function hostOf({ frontends = {} }: GatewayConfig, frontend = ""): string | undefined {
  return frontends[frontend]?.hosts?.[0]?.replace("*", "any");
}
