/** What can be told of a route of the configuration. */
import type { Retirement } from "../core/retirement.ts";
import type { Conditions, FieldCondition, RouteSettings } from "./route-settings.ts";

type Values = Readonly<Record<string, string | true>>;

/** What a request must be, as it is written in the configuration. */
export interface ConditionsSummary {
  readonly host?: readonly string[];
  readonly header?: Values;
  readonly query?: Values;
}

export interface ConfiguredRouteSummary extends ConditionsSummary, Omit<Retirement, "policy"> {
  readonly kind: "proxied" | "redirect";
  /** Upper case; `*`: every method that can be relayed. */
  readonly method: string;
  readonly template: string;
  readonly frontend?: string;
  /** The only one; of several, see `targets`. */
  readonly service?: string;
  readonly targets?: readonly (ConditionsSummary & {
    readonly service: string;
    readonly weight: number;
  })[];
  /** What the service is asked instead. */
  readonly rewrite?: string;
  readonly redirect?: { readonly to: string; readonly status: number };
  /** It takes WebSocket, too. */
  readonly websocket?: true;
}

/** Tells of a route, once for each of its methods. */
export function summariseRouteSettings(settings: RouteSettings): ConfiguredRouteSummary[] {
  const { path, methods = ["*"], when, targets, rewrite, redirect, frontend } = settings;
  const [first] = targets;
  const services =
    targets.length > 1
      ? {
          targets: targets.map(({ service, weight, when: own }) => ({
            service,
            weight,
            ...summariseConditions(own),
          })),
        }
      : first && { service: first.service };
  return methods.map((method) => ({
    kind: redirect === undefined ? "proxied" : "redirect",
    method,
    template: path,
    ...(frontend === undefined ? {} : { frontend }),
    ...summariseConditions(when),
    ...services,
    ...(rewrite.path === undefined ? {} : { rewrite: rewrite.path }),
    ...(redirect === undefined ? {} : { redirect }),
    ...(settings.websocket === undefined || method === "HEAD" ? {} : { websocket: true as const }),
    ...settings.ending,
  }));
}

/** Only what is asked for. */
export function summariseConditions({ hosts, headers, query }: Conditions): ConditionsSummary {
  return {
    ...(hosts.length === 0 ? {} : { host: hosts }),
    ...(headers.length === 0 ? {} : { header: valuesOf(headers) }),
    ...(query.length === 0 ? {} : { query: valuesOf(query) }),
  };
}

function valuesOf(fields: readonly FieldCondition[]): Values {
  return Object.fromEntries(fields);
}
