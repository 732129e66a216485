/** Route definitions -> routes that can be matched, or every reason why they cannot. */
import { METHODS } from "node:http";
import { parseTemplate } from "../compose/template.ts";
import type { ConfigProblem } from "../config/problems.ts";
import type { CompiledRetirement } from "../core/retirement.ts";
import type { InboundContext } from "./inbound.ts";
import { isBelow } from "./middleware/admin.ts";
import { OWN_PATHS } from "./middleware/probes.ts";
import type { ResponseCache } from "./response-cache/response-cache.ts";
import { type RouteDefinition, type RouteSummary, summariseRoute } from "./route.ts";
import { compilePattern, type RoutePattern } from "./route-pattern.ts";
import type { Routable } from "./router.ts";

/** Writes the answer of a route. */
export type Answer = (context: InboundContext) => Promise<void>;

/** A route that can be matched. */
export interface MatchableRoute extends Routable {
  readonly definition: RouteDefinition;
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

/** `services`: the names of those that exist. `adminPath`: below which no route may be. */
export function compileRoutes(
  definitions: readonly RouteDefinition[],
  services: readonly string[],
  adminPath?: string,
): RouteCompilation {
  const problems: ConfigProblem[] = [];
  const taken = new Map<string, string>();
  const routes = definitions.flatMap((definition): MatchableRoute[] => {
    const summary = summariseRoute(definition);
    const name = nameOf(summary);
    const refuse = (message: string, cure: string): [] => {
      problems.push({ path: `route ${name}`, message, cure });
      return [];
    };
    if (!METHODS.includes(summary.method)) {
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
      pattern = compilePattern(piecesOf(definition));
    } catch (error) {
      return refuse(
        `cannot be matched: ${(error as Error).message}`,
        "leave the operation out of `expose`",
      );
    }
    const isAdmin = adminPath !== undefined && isBelow(adminPath, pattern.shape);
    if (OWN_PATHS.has(pattern.shape) || isAdmin)
      return refuse("is a page of the gateway's own", "choose another path or prefix");
    const key = `${summary.method} ${pattern.shape}`;
    const other = taken.get(key);
    if (other !== undefined)
      return refuse(`has the same method and path as ${other}`, CURE_CONFLICT);
    taken.set(key, name);
    const { method, template, frontend } = summary;
    return [{ definition, method, template, frontend, pattern }];
  });
  return { routes, problems };
}

const CURE_STALE = "add it to `services`, or run `heddle gen` again";
const CURE_CONFLICT = "change the template of one of them, or the service's `prefix`";

function piecesOf(definition: RouteDefinition): ReturnType<typeof parseTemplate> {
  if (definition.kind === "composed") return parseTemplate(definition.composer.template);
  return [definition.prefix, ...definition.operation.path].filter((piece) => piece !== "");
}

/** `GET /web/orders/{orderId} (composers/web/order-page.ts)` */
function nameOf({ method, template, file, service, operation }: RouteSummary): string {
  return `${method} ${template} (${file ?? `${service}.${operation}`})`;
}
