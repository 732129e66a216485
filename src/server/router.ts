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
export class Found<Route extends Routable> {
  readonly route: Route;
  /** In the order of the template. */
  readonly values: readonly string[];
  #path: Readonly<Record<string, string>> | undefined;

  constructor(route: Route, values: readonly string[]) {
    this.route = route;
    this.values = values;
  }

  /** By name, null-prototype. Made for whoever asks: neither an answer that is kept nor a relay does. */
  get path(): Readonly<Record<string, string>> {
    this.#path ??= byName(this.route.pattern.names, this.values);
    return this.#path;
  }
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
    const values = valuesOf(route.pattern.names.length, found.params);
    return values && new Found(route, values);
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

const NO_VALUES: readonly string[] = [];
const NO_PATH: Readonly<Record<string, string>> = Object.freeze(Object.create(null));
/** Made once: most paths have few parameters. */
const KEYS: readonly string[] = Array.from({ length: 16 }, (_, index) => `p${index}`);

/** Undefined when one is empty, because find-my-way lets `/orders/` be an order without an id. */
function valuesOf(
  count: number,
  params: Readonly<Record<string, string | undefined>>,
): readonly string[] | undefined {
  if (count === 0) return NO_VALUES;
  const values: string[] = [];
  for (let index = 0; index < count; index++) {
    const value = params[KEYS[index] ?? `p${index}`];
    if (value === undefined || value === "") return undefined;
    values.push(value);
  }
  return values;
}

/** A piece of the template without a name has a value that nobody asks for. */
function byName(
  names: readonly (string | null)[],
  values: readonly string[],
): Readonly<Record<string, string>> {
  if (names.length === 0) return NO_PATH;
  const path: Record<string, string> = Object.create(null);
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (typeof name === "string") path[name] = values[index] ?? "";
  }
  return path;
}

/** find-my-way wants a handler; the route itself is its store. */
function nothing(): void {}
