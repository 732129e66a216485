/** A route that was found, and the values of its parameters. */
import { type RoutePattern, valuesIn } from "./route-pattern.ts";

/** What has a place in a tree. */
export interface Matchable {
  readonly pattern: RoutePattern;
}

/** What is made for whoever asks is not made before: neither an answer that is kept nor a relay asks for values. */
export class Found<Route extends Matchable> {
  readonly route: Route;
  /** Header fields by which the route was chosen, in lower case; undefined: none. */
  readonly looked: readonly string[] | undefined;
  readonly #decoded: string;
  #values: readonly string[] | undefined;
  #path: Readonly<Record<string, string>> | undefined;

  /** @param decoded the path, as `decodePath` leaves it */
  constructor(route: Route, decoded: string, looked: readonly string[] | undefined) {
    this.route = route;
    this.#decoded = decoded;
    this.looked = looked;
  }

  /** Decoded, in the order of the template. */
  get values(): readonly string[] {
    this.#values ??= valuesIn(this.route.pattern, this.#decoded);
    return this.#values;
  }

  /** By name, null-prototype. */
  get path(): Readonly<Record<string, string>> {
    this.#path ??= byName(this.route.pattern.names, this.values);
    return this.#path;
  }
}

const NO_PATH: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

function byName(
  names: readonly string[],
  values: readonly string[],
): Readonly<Record<string, string>> {
  if (names.length === 0) return NO_PATH;
  const path: Record<string, string> = Object.create(null);
  for (const [index, name] of names.entries()) path[name] = values[index] ?? "";
  return path;
}
