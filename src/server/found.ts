/** A route that was found, and the values of its parameters. */
import type { RoutePattern } from "./route-pattern.ts";

/** What has a place in a tree. */
export interface Matchable {
  readonly pattern: RoutePattern;
}

/** By position: `p0`, `p1`. */
export type Params = Readonly<Record<string, string | undefined>>;

/** What is made for whoever asks is not made before: neither an answer that is kept nor a relay asks for values. */
export class Found<Route extends Matchable> {
  readonly route: Route;
  /** Header fields by which the route was chosen, in lower case; undefined: none. */
  readonly looked: readonly string[] | undefined;
  readonly #params: Params;
  #values: readonly string[] | undefined;
  #path: Readonly<Record<string, string>> | undefined;

  constructor(route: Route, params: Params, looked: readonly string[] | undefined) {
    this.route = route;
    this.#params = params;
    this.looked = looked;
  }

  /** Decoded, in the order of the template. */
  get values(): readonly string[] {
    this.#values ??= this.route.pattern.names.map((_, index) => this.#params[`p${index}`] ?? "");
    return this.#values;
  }

  /** By name, null-prototype. */
  get path(): Readonly<Record<string, string>> {
    this.#path ??= byName(this.route.pattern.names, this.values);
    return this.#path;
  }
}

const NO_PATH: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

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
