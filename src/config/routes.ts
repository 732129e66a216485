/** Routes of the configuration -> what is matched and answered. They ask nothing of the environment. */
import { parseDuration } from "../core/duration.ts";
import { compileRetirement } from "../core/retirement.ts";
import type { FrontendConfig } from "./gateway-config.ts";
import type {
  Conditions,
  FieldChange,
  FieldCondition,
  RouteSettings,
  Sticky,
} from "./route-settings.ts";
import type {
  FieldConditions,
  RouteConditions,
  RouteConfig,
  RouteTargetConfig,
  StickyConfig,
} from "./routes-config.ts";
import { parseSize } from "./size.ts";
import { compileWebSocket } from "./websocket.ts";

/** The status of a redirect that does not say: the method stays, and it may be remembered (RFC 9110 §15.4.9). */
const REDIRECT_STATUS = 308;

/** The routes, in order. `frontends`: whose hosts hold for routes that name none. */
export function compileRouteConfigs(
  routes: readonly RouteConfig[],
  frontends: Readonly<Record<string, FrontendConfig>> = {},
): readonly RouteSettings[] {
  const seen = new Map<string, number>();
  const nameOf = (path: string): string => {
    const count = (seen.get(path) ?? 0) + 1;
    seen.set(path, count);
    return count === 1 ? path : `${path} (${count})`;
  };
  return Object.freeze(
    routes.map((route, index) => compileRoute(route, index, nameOf(route.path), frontends)),
  );
}

function compileRoute(
  route: RouteConfig,
  index: number,
  name: string,
  frontends: Readonly<Record<string, FrontendConfig>>,
): RouteSettings {
  const { path, method, to, sticky, rewrite = {}, redirect, frontend } = route;
  const own = compileConditions(route);
  const hosts = own.hosts.length > 0 ? own.hosts : hostsOf(frontends, frontend);
  return Object.freeze({
    index,
    name,
    path,
    methods: method === undefined ? undefined : [...new Set([method].flat().map(upper))],
    when: { ...own, hosts },
    targets: to === undefined ? [] : typeof to === "string" ? [only(to)] : to.map(compileTarget),
    sticky: sticky && compileSticky(sticky),
    rewrite: {
      path: rewrite.path,
      headers: changesOf(rewrite.headers),
      answerHeaders: changesOf(rewrite.answerHeaders),
    },
    redirect: redirect && { to: redirect.to, status: redirect.status ?? REDIRECT_STATUS },
    frontend,
    deadlineMs: route.deadline && parseDuration(route.deadline),
    timeoutMs: route.timeout && parseDuration(route.timeout),
    retirement: compileRetirement(route),
    ending: endingOf(route),
    bodyLimitBytes: route.bodyLimit && parseSize(route.bodyLimit),
    websocket: compileWebSocket(route.websocket),
  });
}

function endingOf({ deprecated, sunset, successor }: RouteConfig): RouteSettings["ending"] {
  return {
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(sunset === undefined ? {} : { sunset }),
    ...(successor === undefined ? {} : { successor }),
  };
}

/** The hosts of a frontend as conditions; none: all of them. */
export function hostsOf(
  frontends: Readonly<Record<string, FrontendConfig>>,
  name: string | undefined,
): readonly string[] {
  if (name === undefined || !Object.hasOwn(frontends, name)) return [];
  return (frontends[name]?.hosts ?? []).map(lower);
}

export function compileConditions({ host, header, query }: RouteConditions): Conditions {
  return {
    hosts: host === undefined ? [] : [...new Set([host].flat().map(lower))],
    headers: conditionsOf(header, lower),
    query: conditionsOf(query, (name) => name),
  };
}

/** Whether anything is asked for. */
export function isConditional({ hosts, headers, query }: Conditions): boolean {
  return hosts.length > 0 || headers.length > 0 || query.length > 0;
}

function compileTarget(target: RouteTargetConfig): RouteSettings["targets"][number] {
  const when = compileConditions(target);
  return { service: target.service, weight: target.weight ?? (isConditional(when) ? 0 : 1), when };
}

function only(service: string): RouteSettings["targets"][number] {
  return { service, weight: 1, when: { hosts: [], headers: [], query: [] } };
}

function compileSticky(sticky: StickyConfig): Sticky {
  if (sticky === "ip") return { by: "ip" };
  if (sticky === "cookie") return { by: "slot" };
  const { cookie, header = "" } = sticky;
  if (cookie !== undefined) return { by: "cookie", name: cookie };
  return { by: "header", name: header.toLowerCase() };
}

function conditionsOf(
  fields: FieldConditions = {},
  written: (name: string) => string,
): readonly FieldCondition[] {
  return Object.entries(fields).map(([name, value]) => [written(name), value]);
}

function changesOf(fields: Readonly<Record<string, string | false>> = {}): readonly FieldChange[] {
  return Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]);
}

const lower = (text: string): string => text.toLowerCase();
const upper = (text: string): string => text.toUpperCase();
