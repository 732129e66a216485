/** The routes of one method as find-my-way keeps them: one place a pattern, passed over where its conditions do not hold. */
import findMyWay from "find-my-way";
import type { Asked } from "./asked.ts";
import { Found, type Matchable, type Params } from "./found.ts";
import type { RoutePattern } from "./route-pattern.ts";
import { type Candidate, chooseRoute, createPlace, type RoutePlace } from "./route-place.ts";

export interface RouteTree<Route extends Matchable> {
  /** Whether requests are asked for more than their path. */
  readonly isAsking: boolean;
  find(path: string, asked: Asked | undefined): Found<Route> | undefined;
}

/** Longer than a whole head can be (Node's limit is 16 KiB): the limit is there, not here. */
const MAX_VALUE_LENGTH = 65_536;

/** Builds the tree of one method. */
export function createRouteTree<Route extends Matchable>(
  candidates: readonly Candidate<Route>[],
): RouteTree<Route> {
  const sorted = [...candidates].sort((one, other) =>
    inOrder(one.route.pattern.order, other.route.pattern.order),
  );
  const tree = plant(sorted, ({ pattern }) => pattern);
  let strict: Tree<Route> | undefined;

  return {
    isAsking: tree.isAsking,
    find(path, asked) {
      // The asterisk-form (RFC 9112 §3.2.4), and what is no target at all.
      if (path.charCodeAt(0) !== SLASH) return undefined;
      const found = search(tree, path, asked);
      if (found !== EMPTY) return found;
      // find-my-way lets `/orders/` be an order without an id and looks no further; few paths have an empty segment.
      strict ??= plant(sorted, ({ strict: pattern }) => pattern);
      const other = search(strict, path, asked);
      return other === EMPTY ? undefined : other;
    },
  };
}

interface Tree<Route> {
  readonly router: findMyWay.Instance<findMyWay.HTTPVersion.V1>;
  /** The place that a condition let through last: what was chosen there need not be chosen again. */
  readonly chosen: { place: RoutePlace<Route> | undefined; route: Route | undefined };
  /** Whether there is anything to ask for. */
  readonly isAsking: boolean;
}

const SLASH = 0x2f;
const EMPTY = Symbol("a value is empty");
/** A tree has one method; this is the one that find-my-way finds fastest. */
const METHOD = "GET";

function plant<Route extends Matchable>(
  candidates: readonly Candidate<Route>[],
  patternOf: (pattern: RoutePattern) => string,
): Tree<Route> {
  const chosen: Tree<Route>["chosen"] = { place: undefined, route: undefined };
  const router = findMyWay({
    caseSensitive: true,
    maxParamLength: MAX_VALUE_LENGTH,
    constraints: { when: whenStrategy(chosen) },
  });
  const byPattern = new Map<string, Candidate<Route>[]>();
  for (const candidate of candidates) {
    const { pattern } = candidate.route;
    const before = patternOf(pattern);
    // A prefix is `/a` and everything below `/a/`; without anything before it, all that there is.
    const patterns = !pattern.isPrefix
      ? [before]
      : before === ""
        ? ["/*"]
        : [`${before}/*`, before];
    for (const one of patterns) {
      const others = byPattern.get(one);
      if (others === undefined) byPattern.set(one, [candidate]);
      else others.push(candidate);
    }
  }
  let isAsking = false;
  for (const [pattern, some] of byPattern) {
    const place = createPlace(some);
    if (place.only === undefined) isAsking = true;
    const options = place.isOpen ? {} : { constraints: { when: place } };
    router.on(METHOD, pattern, options, nothing, place);
  }
  return { router, chosen, isAsking };
}

/**
 * Passes over a place where no conditions hold, so that find-my-way goes on to the next pattern. There is one handler a
 * pattern, so its mask is 1.
 */
function whenStrategy<Route>(chosen: Tree<Route>["chosen"]): Strategy {
  return {
    name: "when",
    storage() {
      let place: RoutePlace<Route> | undefined;
      return {
        set(value) {
          place = value as unknown as RoutePlace<Route>;
        },
        get(asked) {
          if (place === undefined) return NO_HANDLER;
          chosen.place = place;
          chosen.route = chooseRoute(place, asked as unknown as Asked);
          return chosen.route === undefined ? NO_HANDLER : FIRST_HANDLER;
        },
      };
    },
    deriveConstraint: () => "",
  };
}

type Strategy = findMyWay.ConstraintStrategy<findMyWay.HTTPVersion.V1>;
type Handler = ReturnType<ReturnType<Strategy["storage"]>["get"]>;
/** Masks, whatever the types say. */
const FIRST_HANDLER = 1 as unknown as Handler;
const NO_HANDLER = 0 as unknown as Handler;

function search<Route extends Matchable>(
  { router, chosen, isAsking }: Tree<Route>,
  path: string,
  asked: Asked | undefined,
): Found<Route> | typeof EMPTY | undefined {
  // Without conditions anywhere, nothing is asked of the request.
  const found = isAsking
    ? router.find(METHOD, path, { when: asked as unknown as string })
    : router.find(METHOD, path);
  if (found === null) return undefined;
  const place = found.store as RoutePlace<Route>;
  const route = place.only ?? (place.isOpen ? chooseRoute(place, asked) : chosen.route);
  if (route === undefined) return undefined;
  if (isEmptyIn(path) && hasEmpty(route.pattern.names.length, found.params)) return EMPTY;
  return new Found(route, found.params, asked?.looked);
}

/** Whether a segment of the path is empty, beside the first. */
function isEmptyIn(path: string): boolean {
  return path.charCodeAt(path.length - 1) === SLASH || path.includes("//");
}

function hasEmpty(count: number, params: Params): boolean {
  for (let index = 0; index < count; index++) if (!params[`p${index}`]) return true;
  return false;
}

/** By the first segment that differs; by code unit, whatever the locale. */
function inOrder(one: readonly string[], other: readonly string[]): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const [a = "", b = ""] = [one[at], other[at]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return one.length - other.length;
}

/** find-my-way wants a handler; the place itself is its store. */
function nothing(): void {}
