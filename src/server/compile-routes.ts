/** Route definitions -> routes that can be matched, or every reason why they cannot. */
import { METHODS } from "node:http";
import { keyOfConditions, singly } from "../config/conditions.ts";
import type { ConfigProblem } from "../config/problems.ts";
import type { Conditions } from "../config/route-settings.ts";
import type { FrontendSettings } from "../config/settings.ts";
import { parseTemplate } from "../core/path-template.ts";
import type { CompiledRetirement } from "../core/retirement.ts";
import { parseRoutePath } from "../core/route-path.ts";
import type { InboundContext } from "./inbound.ts";
import { isBelow } from "./middleware/admin.ts";
import { OWN_PATHS } from "./middleware/probes.ts";
import type { ResponseCache } from "./response-cache/response-cache.ts";
import { type AnyRoute, type RouteSummary, summariseAny } from "./route.ts";
import { compilePattern, type RoutePattern } from "./route-pattern.ts";
import { EVERY_METHOD, type Routable } from "./router.ts";

/** Writes the answer of a route. */
export type Answer = (context: InboundContext) => Promise<void>;

/** A route that can be matched. */
export interface MatchableRoute extends Routable {
  readonly definition: AnyRoute;
  /** For people, logs and metrics. */
  readonly template: string;
  readonly frontend: string | undefined;
}

/** A route that can be matched and answered. */
export interface CompiledRoute extends MatchableRoute {
  readonly deadlineMs: number;
  readonly answer: Answer;
  /** Of a request's body; `Infinity`: any. Absent: the server's. */
  readonly bodyLimitBytes?: number | undefined;
  /** Absent: none of its answers is kept whole. */
  readonly responses?: ResponseCache | undefined;
  /** Absent: nobody has said that it ends. */
  readonly retirement?: CompiledRetirement | undefined;
}

export interface RouteCompilation {
  readonly routes: readonly MatchableRoute[];
  readonly problems: readonly ConfigProblem[];
}

/** What routes are held against. */
export interface RouteSurroundings {
  /** Names of those that exist. */
  readonly services: readonly string[];
  /** The gateway's own paths, below which no route may be. Default: none. */
  readonly own?: readonly string[];
  /** Default: none has hosts of its own. */
  readonly frontends?: Readonly<Record<string, Pick<FrontendSettings, "hosts">>>;
}

export function compileRoutes(
  definitions: readonly AnyRoute[],
  { services, own = [], frontends = {} }: RouteSurroundings,
): RouteCompilation {
  const problems: ConfigProblem[] = [];
  const taken = new Map<string, string>();

  function compile(definition: AnyRoute, summary: RouteSummary): MatchableRoute[] {
    const { method, template, frontend } = summary;
    const isConfigured = definition.kind === "configured";
    const name = nameOf(definition, summary);
    const refuse = (message: string, cure: string): [] => {
      // What stands in the configuration is told by its place there.
      const path = isConfigured ? `routes[${definition.settings.index}]` : `route ${name}`;
      problems.push({
        path,
        message: isConfigured ? `${method} ${template} ${message}` : message,
        cure,
      });
      return [];
    };
    if (method !== EVERY_METHOD && !METHODS.includes(method)) {
      return refuse(
        `has a method that Node.js ${process.versions.node} cannot receive`,
        "run a later Node.js, or leave the route out",
      );
    }
    if (definition.kind === "proxied" && !services.includes(definition.service)) {
      return refuse("leads to a service that does not exist", CURE_STALE);
    }
    let pattern: RoutePattern;
    try {
      pattern = patternOf(definition);
    } catch (error) {
      return refuse(
        `cannot be matched: ${(error as Error).message}`,
        isConfigured ? "change its path" : "leave the operation out of `expose`",
      );
    }
    const isOwn = own.some((path) => isBelow(path, pattern.shape));
    if (OWN_PATHS.has(pattern.shape) || isOwn)
      return refuse("is a page of the gateway's own", "choose another path or prefix");
    const when = conditionsOf(definition, frontends);
    for (const one of singly(when)) {
      const key = `${method} ${pattern.shape} ${keyOfConditions(one)}`;
      const other = taken.get(key);
      const isPlain = one.host === undefined && one.headers.length + one.query.length === 0;
      const same = isPlain ? "the same method and path" : "the same method, path and conditions";
      const cure = isConfigured
        ? "change the path or the conditions of one of them"
        : CURE_CONFLICT;
      if (other !== undefined) return refuse(`has ${same} as ${other}`, cure);
      taken.set(key, name);
    }
    return [{ definition, method, template, frontend, pattern, when }];
  }

  const routes = definitions.flatMap((definition) =>
    summariseAny(definition).flatMap((summary) => compile(definition, summary)),
  );
  return { routes, problems };
}

const CURE_STALE = "add it to `services`, or run `heddle gen` again";
const CURE_CONFLICT = "change the template of one of them, or the service's `prefix`";

function patternOf(definition: AnyRoute): RoutePattern {
  if (definition.kind === "configured") {
    const { pieces, isPrefix } = parseRoutePath(definition.settings.path);
    return compilePattern(pieces, isPrefix);
  }
  if (definition.kind === "composed")
    return compilePattern(parseTemplate(definition.composer.template));
  const pieces = [definition.prefix, ...definition.operation.path];
  return compilePattern(pieces.filter((piece) => piece !== ""));
}

/** A composed route answers on its frontend's hosts. Whatever else is generated answers on all. */
function conditionsOf(
  definition: AnyRoute,
  frontends: NonNullable<RouteSurroundings["frontends"]>,
): Conditions {
  if (definition.kind === "configured") return definition.settings.when;
  const { frontend = "" } = definition.kind === "composed" ? definition : {};
  const hosts = Object.hasOwn(frontends, frontend) ? frontends[frontend]?.hosts : undefined;
  return { hosts: hosts ?? [], headers: [], query: [] };
}

/** `GET /web/orders/{orderId} (composers/web/order-page.ts)` */
function nameOf(
  definition: AnyRoute,
  { method, template, file, service, operation }: RouteSummary,
): string {
  const place =
    definition.kind === "configured"
      ? `routes[${definition.settings.index}]`
      : (file ?? `${service}.${operation}`);
  return `${method} ${template} (${place})`;
}
