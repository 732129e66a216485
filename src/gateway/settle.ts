/** Configuration, environment and what was generated, held against each other before anything starts. */
import { compileConfig } from "../config/compile.ts";
import type { Environment } from "../config/env.ts";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { ownPaths } from "../config/own-paths.ts";
import { ConfigError, type ConfigProblem } from "../config/problems.ts";
import type { GatewaySettings } from "../config/settings.ts";
import { compileRoutes, type MatchableRoute } from "../server/compile-routes.ts";
import type { AnyRoute } from "../server/route.ts";
import type { ServiceDefinition } from "../upstream/plan.ts";
import type { Generated } from "./generated.ts";
import { operationProblems } from "./operation-problems.ts";
import { publicProblems } from "./public-problems.ts";

export interface Surroundings {
  readonly env: Environment;
  /** Addresses that win over the configured ones, by service. */
  readonly urls: Readonly<Record<string, string>>;
  /** Whether generated services may be left out of the configuration: their routes are gone, and calls to them fail. */
  readonly mayRemove: boolean;
}

export interface Settled {
  readonly settings: GatewaySettings;
  /** The services that composers can call; those that were removed are without settings. */
  readonly definitions: readonly ServiceDefinition[];
  readonly matchable: readonly MatchableRoute[];
}

/**
 * Settings and routes.
 * @throws ConfigError with every problem at once: of the file, of the environment, of routes, and of what was generated
 * from another file.
 */
export function settle(
  config: GatewayConfig,
  generated: Generated,
  { env, urls, mayRemove }: Surroundings,
): Settled {
  const { settings, problems } = compileConfig(config, { environment: env, urls });
  const defined = generated.services.map(({ name }) => name);
  const removed = new Set(mayRemove ? notConfigured(config, defined) : []);
  const wanted = generated.routes.filter(
    (route) => route.kind === "composed" || !removed.has(route.service),
  );
  const { server, frontends = {}, routes: configured = [] } = settings ?? {};
  const bare = withoutDocument(config, defined);
  const routes = compileRoutes(
    [...wanted, ...configured.map((route): AnyRoute => ({ kind: "configured", settings: route }))],
    { services: [...defined, ...bare], own: ownPaths(server ?? {}), frontends },
  );
  const all = [
    ...problems,
    ...strangers(config, [...defined, ...bare]).filter(
      ({ path }) => !removed.has(path.slice(PREFIX.length)),
    ),
    ...withoutSchemas(settings, generated),
    ...operationProblems(settings?.services ?? {}, generated.services),
    ...publicProblems(settings === undefined ? {} : config.services, wanted),
    ...routes.problems,
  ];
  if (settings === undefined || all.length > 0) throw new ConfigError(all);
  // Those without a document have no operations, and are called all the same.
  const definitions = [
    ...generated.services,
    ...bare.map((name): ServiceDefinition => ({ name, operations: {} })),
  ];
  return { settings, definitions, matchable: routes.routes };
}

const PREFIX = "services.";

/** Services that no document tells of, and so nothing was generated for. */
function withoutDocument(config: GatewayConfig, defined: readonly string[]): string[] {
  return Object.entries(config?.services ?? {})
    .filter(([name, service]) => service?.document === undefined && !defined.includes(name))
    .map(([name]) => name);
}

function notConfigured(config: GatewayConfig, defined: readonly string[]): string[] {
  const configured = Object.keys(config?.services ?? {});
  return defined.filter((name) => !configured.includes(name));
}

/** Services that are configured or generated, but not both. */
function strangers(config: GatewayConfig, defined: readonly string[]): ConfigProblem[] {
  const configured = Object.keys(config?.services ?? {});
  const missing = (name: string, message: string, cure: string): ConfigProblem => ({
    path: `${PREFIX}${name}`,
    message,
    cure,
  });
  return [
    ...notConfigured(config, defined).map((name) =>
      missing(name, "was generated but is not configured", "add it, or run `heddle gen` again"),
    ),
    ...configured
      .filter((name) => !defined.includes(name))
      .map((name) => missing(name, "has not been generated", "run `heddle gen`")),
  ];
}

/** Services whose answers are to be held against schemas that were not generated. */
function withoutSchemas(
  settings: GatewaySettings | undefined,
  { services }: Generated,
): ConfigProblem[] {
  return services
    .filter(({ name, loadSchemas }) => {
      const { mode = "off" } = settings?.services[name]?.validate ?? {};
      return mode !== "off" && loadSchemas === undefined;
    })
    .map(({ name }) => ({
      path: `services.${name}.validate`,
      message: "needs the service's schemas, which have not been generated",
      cure: "run `heddle gen`",
    }));
}
