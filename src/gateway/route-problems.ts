/** Routes that the gateway would not start with, for those who know them without their composers. */
import type { ConfigProblem } from "../config/problems.ts";
import { compileRoutes } from "../server/compile-routes.ts";
import { type ComposedRoute, proxied } from "../server/route.ts";
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
 * @param adminPath where the admin pages are; undefined: there are none
 */
export function routeProblem(
  route: FoundRoute,
  adminPath: string | undefined,
): ConfigProblem | undefined {
  const definition =
    "service" in route
      ? proxied(route.service, route.operation, route.prefix)
      : toDefinition(route);
  const services = "service" in route ? [route.service] : [];
  return compileRoutes([definition], services, adminPath).problems[0];
}

/** Only what is told of a composer counts here: nothing is answered. */
function toDefinition({
  frontend,
  file,
  method,
  template,
}: Exclude<FoundRoute, { readonly service: string }>): ComposedRoute {
  const composer = { method, template } as ComposedRoute["composer"];
  return { kind: "composed", frontend, file, composer };
}
