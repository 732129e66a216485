/** Every route of the gateway, compiled once; found by method and path in constant time (find-my-way). */
import findMyWay from "find-my-way";
import type { RoutePattern } from "./route-pattern.ts";

/** What is found by a path. */
export interface Routable {
  /** Upper case. */
  readonly method: string;
  readonly pattern: RoutePattern;
}

/** A route and the values of its parameters, decoded once. */
export interface Found<Route> {
  readonly route: Route;
  /** Null-prototype. */
  readonly path: Readonly<Record<string, string>>;
}

export interface Router<Route extends Routable> {
  /** The route for a method and a path (percent-encoded, without query). HEAD finds GET where it has no route of its own. */
  find(method: string, path: string): Found<Route> | undefined;
  /** The methods that a path takes, HEAD and OPTIONS included, sorted; empty when no route has it. */
  allowed(path: string): readonly string[];
  /** Whether any route takes this method, or every server does. */
  knows(method: string): boolean;
}

/** Longer than a whole head can be (Node's limit is 16 KiB): the limit is there, not here. */
const MAX_VALUE_LENGTH = 65_536;
const UNIVERSAL = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/** Builds the router. Routes must not conflict: {@link Routable.pattern}'s shape and method are unique. */
export function createRouter<Route extends Routable>(routes: readonly Route[]): Router<Route> {
  const tree = findMyWay({ caseSensitive: true, maxParamLength: MAX_VALUE_LENGTH });
  const methods = new Set<string>();
  for (const route of routes) {
    methods.add(route.method);
    tree.on(route.method as findMyWay.HTTPMethod, route.pattern.pattern, nothing, route);
  }
  const known = new Set([...UNIVERSAL, ...methods]);

  function exactly(method: string, path: string): Found<Route> | undefined {
    const found = tree.find(method as findMyWay.HTTPMethod, path);
    if (found === null) return undefined;
    const route = found.store as Route;
    const values = valuesOf(route.pattern.names, found.params);
    return values === undefined ? undefined : { route, path: values };
  }

  return {
    find(method, path) {
      return exactly(method, path) ?? (method === "HEAD" ? exactly("GET", path) : undefined);
    },
    allowed(path) {
      const allowed = [...methods].filter((method) => exactly(method, path) !== undefined);
      if (allowed.length === 0) return [];
      const more = allowed.includes("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"];
      return [...new Set([...allowed, ...more])].sort();
    },
    knows: (method) => known.has(method),
  };
}

const NO_VALUES: Record<string, string> = Object.freeze(Object.create(null));
/** Made once: most paths have few parameters. */
const KEYS: readonly string[] = Array.from({ length: 16 }, (_, index) => `p${index}`);

/** By name; undefined when one is empty, because find-my-way lets `/orders/` be an order without an id. */
function valuesOf(
  names: readonly (string | null)[],
  params: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  if (names.length === 0) return NO_VALUES;
  const values: Record<string, string> = Object.create(null);
  for (let index = 0; index < names.length; index++) {
    const value = params[KEYS[index] ?? `p${index}`];
    if (value === undefined || value === "") return undefined;
    const name = names[index];
    if (typeof name === "string") values[name] = value;
  }
  return values;
}

/** find-my-way wants a handler; the route itself is its store. */
function nothing(): void {}
