/** A route as `generated/routes.ts` writes it, composed or proxied, or as the configuration does. */
import type { Composer } from "../compose/composer.ts";
import type { RouteSettings } from "../config/route-settings.ts";
import { type ConfiguredRouteSummary, summariseRouteSettings } from "../config/route-summary.ts";
import type { RouteFacts } from "../core/access.ts";
import type { OperationPlan } from "../upstream/plan.ts";

/** Answered by a composer. */
export interface ComposedRoute {
  readonly kind: "composed";
  readonly frontend: string;
  /** The composer's file, relative to the project. */
  readonly file: string;
  readonly composer: Composer<string, unknown>;
  /** What the documents say of what it calls. Absent: nothing is known. */
  readonly facts?: RouteFacts;
}

/** Relayed to one operation. */
export interface ProxiedRoute {
  readonly kind: "proxied";
  readonly service: string;
  readonly operation: OperationPlan;
  /** Put before the operation's own path; `""` or `"/"` for none. */
  readonly prefix: string;
  /** What the document says of it. Absent: nothing is known. */
  readonly facts?: RouteFacts;
}

export type RouteDefinition = ComposedRoute | ProxiedRoute;

/** Of the configuration: relayed to a service, or redirected. */
export interface ConfiguredRoute {
  readonly kind: "configured";
  readonly settings: RouteSettings;
}

/** Whatever a gateway answers. */
export type AnyRoute = RouteDefinition | ConfiguredRoute;

/** Whether a route takes upgrades. */
export function takesWebSocket(route: AnyRoute): boolean {
  return route.kind === "configured" && route.settings.websocket !== undefined;
}

/** A route that a composer of `frontend` answers. `facts`: what documents say of the operations that it calls. */
export function composed(
  frontend: string,
  file: string,
  composer: Composer<string, unknown>,
  facts?: RouteFacts,
): ComposedRoute {
  return { kind: "composed", frontend, file, composer, ...(facts && { facts }) };
}

/** A route that is relayed to one operation of `service`, under `prefix`. `facts`: what its document says of it. */
export function proxied(
  service: string,
  operation: OperationPlan,
  prefix: string,
  facts?: RouteFacts,
): ProxiedRoute {
  const place = prefix === "/" ? "" : prefix;
  return { kind: "proxied", service, operation, prefix: place, ...(facts && { facts }) };
}

/** What can be told of a route: printed by `heddle routes`. */
export interface RouteSummary extends Omit<ConfiguredRouteSummary, "kind"> {
  readonly kind: "composed" | "proxied" | "redirect";
  readonly file?: string;
  readonly operation?: string;
}

/** Tells of any route, once for each of its methods. */
export function summariseAny(route: AnyRoute): readonly RouteSummary[] {
  return route.kind === "configured"
    ? summariseRouteSettings(route.settings)
    : [summariseRoute(route)];
}

/** Tells of a route that was generated. */
export function summariseRoute(route: RouteDefinition): RouteSummary {
  if (route.kind === "composed") {
    const { composer, frontend, file } = route;
    return {
      kind: "composed",
      method: composer.method.toUpperCase(),
      template: composer.template,
      frontend,
      file,
    };
  }
  const { operation, prefix, service } = route;
  const template = prefix + operation.template;
  return {
    kind: "proxied",
    method: operation.method,
    template,
    service,
    operation: operation.name,
  };
}
