/** Every route of the gateway, compiled once; found by method, path and conditions, however many there are. */
import type { IncomingHttpHeaders } from "node:http";
import { type SingleConditions, singly } from "../config/conditions.ts";
import type { Conditions } from "../config/route-settings.ts";
import { isConditional } from "../config/routes.ts";
import { RELAYED_METHODS } from "../config/routes-shape.ts";
import { Asked, type AskedTarget } from "./asked.ts";
import type { Found } from "./found.ts";
import type { RoutePattern } from "./route-pattern.ts";
import type { Candidate } from "./route-place.ts";
import { createRouteTree, type RouteTree } from "./route-tree.ts";

export type { Found } from "./found.ts";

/** What is found by a path. */
export interface Routable {
  /** Upper case; {@link EVERY_METHOD} for all that can be relayed. */
  readonly method: string;
  readonly pattern: RoutePattern;
  /** Absent: nothing is asked for beside method and path. */
  readonly when?: Conditions | undefined;
}

/** The method of a route that takes every one but CONNECT and TRACE. */
export const EVERY_METHOD = "*";

type Find<Route extends Routable> = (
  method: string,
  path: string,
  target?: AskedTarget,
  headers?: IncomingHttpHeaders,
) => Found<Route> | undefined;

export interface Router<Route extends Routable> {
  /**
   * The route for a method and a path (percent-encoded, without query). HEAD finds what GET does, but a route of its own
   * comes before GET's of the same path.
   * @param target and `headers`: what conditions are held against; absent: only routes without conditions are found
   */
  find: Find<Route>;
  /** The methods that a path takes, HEAD and OPTIONS included, sorted; empty when no route has it. */
  allowed(path: string, target?: AskedTarget, headers?: IncomingHttpHeaders): readonly string[];
  /** Whether any route takes this method, or every server does. */
  knows(method: string): boolean;
}

const UNIVERSAL = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
const RELAYED: ReadonlySet<string> = new Set(RELAYED_METHODS);

/**
 * Builds the router. Which route is found: of the patterns that a path has, the most specific segment by segment
 * (literal, part of a segment, whole segment, all below); there, what is for this path alone before a prefix, then by
 * `compareConditions`, then what names the method. Where no conditions hold, the next pattern.
 *
 * No two routes may have the same method, shape and conditions.
 */
export function createRouter<Route extends Routable>(routes: readonly Route[]): Router<Route> {
  const methods = new Set(routes.map(({ method }) => method));
  const hasEvery = methods.delete(EVERY_METHOD);
  const trees = new Map<string, RouteTree<Route>>();
  for (const method of methods) trees.set(method, treeOf(method, routes));
  // For all methods that no route names.
  const others = hasEvery ? treeOf(EVERY_METHOD, routes) : undefined;
  const known = new Set([...UNIVERSAL, ...methods, ...(hasEvery ? RELAYED : [])]);

  function treeFor(method: string): RouteTree<Route> | undefined {
    const own = trees.get(method);
    if (own !== undefined) return own;
    if (method === "HEAD") return trees.get("GET") ?? others;
    return RELAYED.has(method) ? others : undefined;
  }

  const find: Find<Route> = (method, path, target, headers) => {
    const tree = treeFor(method);
    if (tree === undefined) return undefined;
    const asked =
      tree.isAsking && target !== undefined && headers !== undefined
        ? new Asked(target, headers)
        : undefined;
    return tree.find(path, asked);
  };

  return {
    find,
    allowed(path, target = NOTHING_ASKED, headers = {}) {
      const every = others?.find(path, new Asked(target, headers));
      const all = every === undefined ? [] : UNIVERSAL;
      const allowed = [...methods].filter((method) => find(method, path, target, headers));
      if (allowed.length + all.length === 0) return [];
      const more = allowed.includes("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"];
      return [...new Set([...allowed, ...all, ...more])].sort();
    },
    knows: (method) => known.has(method),
  };
}

const NOTHING_ASKED: AskedTarget = { query: undefined };

/** The tree of one method; of {@link EVERY_METHOD}, of those that no route names. */
function treeOf<Route extends Routable>(
  method: string,
  routes: readonly Route[],
): RouteTree<Route> {
  const candidates = routes.flatMap((route): Candidate<Route>[] => {
    const methodRank = rankOf(route.method, method);
    if (methodRank === undefined) return [];
    const { isPrefix } = route.pattern;
    return conditionsOf(route).map((when) => ({ route, when, isPrefix, methodRank }));
  });
  return createRouteTree(candidates);
}

/** HEAD is asked of GET's routes as well: what a path answers must not depend on which of the two is asked. */
function rankOf(own: string, method: string): number | undefined {
  if (own === method) return 0;
  if (method === "HEAD" && own === "GET") return 1;
  return own === EVERY_METHOD ? 2 : undefined;
}

function conditionsOf({ when }: Routable): readonly (SingleConditions | undefined)[] {
  return when === undefined || !isConditional(when) ? [undefined] : singly(when);
}
