/** Routes that the gateway would not start with, for those who know them without their composers. */
import type { GatewayConfig } from "../config/gateway-config.ts";
import type { ConfigProblem } from "../config/problems.ts";
import { compileRouteConfigs, hostsOf } from "../config/routes.ts";
import { compileRoutes } from "../server/compile-routes.ts";
import {
  type AnyRoute,
  type ComposedRoute,
  proxied,
  type RouteDefinition,
} from "../server/route.ts";
import type { OperationPlan } from "../upstream/plan.ts";

/** A route as it is found, before anything is loaded. */
export type FoundRoute =
  | {
      readonly frontend: string;
      readonly file: string;
      readonly method: string;
      readonly template: string;
    }
  | { readonly service: string; readonly operation: OperationPlan; readonly prefix: string };

/**
 * The problem of a route; undefined where there is none. Whether two routes want one place is not looked at.
 * @param own paths of the gateway, below which no route may be
 */
export function routeProblem(route: FoundRoute, own: readonly string[]): ConfigProblem | undefined {
  const services = "service" in route ? [route.service] : [];
  return compileRoutes([toDefinition(route)], { services, own }).problems[0];
}

/**
 * Every problem of the configuration's routes, among themselves and with those that were found.
 * @param configuration whose shape is right; the environment has no say in it
 */
export function configuredRouteProblems(
  found: readonly FoundRoute[],
  { services, frontends = {}, routes = [] }: GatewayConfig,
  own: readonly string[],
): readonly ConfigProblem[] {
  const settings = compileRouteConfigs(routes, frontends);
  const definitions: readonly AnyRoute[] = [
    ...found.map(toDefinition),
    ...settings.map((route): AnyRoute => ({ kind: "configured", settings: route })),
  ];
  const hosts = Object.fromEntries(
    Object.keys(frontends).map((name) => [name, { hosts: hostsOf(frontends, name) }]),
  );
  const surroundings = { services: Object.keys(services), own, frontends: hosts };
  const { problems } = compileRoutes(definitions, surroundings);
  return problems.filter(({ path }) => path.startsWith("routes["));
}

/** Only what is told of a composer counts here: nothing is answered. */
function toDefinition(route: FoundRoute): RouteDefinition {
  if ("service" in route) return proxied(route.service, route.operation, route.prefix);
  const { frontend, file, method, template } = route;
  const composer = { method, template } as ComposedRoute["composer"];
  return { kind: "composed", frontend, file, composer };
}
