/** A route as `generated/routes.ts` writes it: composed or proxied. */
import type { Composer } from "../compose/composer.ts";
import type { OperationPlan } from "../upstream/plan.ts";

/** Answered by a composer. */
export interface ComposedRoute {
  readonly kind: "composed";
  readonly frontend: string;
  /** The composer's file, relative to the project. */
  readonly file: string;
  readonly composer: Composer<string, unknown>;
}

/** Relayed to one operation. */
export interface ProxiedRoute {
  readonly kind: "proxied";
  readonly service: string;
  readonly operation: OperationPlan;
  /** Put before the operation's own path; `""` or `"/"` for none. */
  readonly prefix: string;
}

export type RouteDefinition = ComposedRoute | ProxiedRoute;

/** A route that a composer of `frontend` answers. */
export function composed(
  frontend: string,
  file: string,
  composer: Composer<string, unknown>,
): ComposedRoute {
  return { kind: "composed", frontend, file, composer };
}

/** A route that is relayed to one operation of `service`, under `prefix`. */
export function proxied(service: string, operation: OperationPlan, prefix: string): ProxiedRoute {
  return { kind: "proxied", service, operation, prefix: prefix === "/" ? "" : prefix };
}

/** What can be told of a route: printed by `heddle routes`. */
export interface RouteSummary {
  readonly kind: "composed" | "proxied";
  /** Upper case. */
  readonly method: string;
  /** The whole template, prefix included. */
  readonly template: string;
  readonly frontend?: string;
  readonly file?: string;
  readonly service?: string;
  readonly operation?: string;
}

/** Tells of a route. */
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
