/** The routes of one method as a tree of segments, passed over where their conditions do not hold. */
import type { Asked } from "./asked.ts";
import { Found, type Matchable } from "./found.ts";
import { decodePath, type PartSegment, type PatternSegment, partsOf } from "./route-pattern.ts";
import { type Candidate, chooseRoute, createPlace, type RoutePlace } from "./route-place.ts";

export interface RouteTree<Route extends Matchable> {
  /** Whether requests are asked for more than their path. */
  readonly isAsking: boolean;
  find(path: string, asked: Asked | undefined): Found<Route> | undefined;
}

/** Builds the tree of one method. */
export function createRouteTree<Route extends Matchable>(
  candidates: readonly Candidate<Route>[],
): RouteTree<Route> {
  const root = new Growth<Route>();
  for (const candidate of candidates) root.add(candidate, candidate.route.pattern.segments);
  const tree = root.grown();

  return {
    isAsking: tree.isAsking,
    find(path, asked) {
      // The asterisk-form (RFC 9112 §3.2.4), and what is no target at all.
      if (path.charCodeAt(0) !== SLASH) return undefined;
      const decoded = decodePath(path);
      if (decoded === undefined) return undefined;
      const route = seek(tree, decoded, 1, asked);
      return route && new Found(route, decoded, asked?.looked);
    },
  };
}

const SLASH = 0x2f;

/** A place in the tree, and what is below it: by the next segment, or whatever that is. */
interface Node<Route> {
  readonly literals: ReadonlyMap<string, Node<Route>> | undefined;
  /** In the order in which they are tried. */
  readonly parts: readonly Branch<Route>[];
  readonly whole: Node<Route> | undefined;
  /** Of the paths that end here. */
  readonly here: RoutePlace<Route> | undefined;
  /** Of the prefixes. */
  readonly below: RoutePlace<Route> | undefined;
  /** Whether anything is asked for, here or further down. */
  readonly isAsking: boolean;
}

interface Branch<Route> {
  readonly segment: PartSegment;
  readonly node: Node<Route>;
}

/**
 * The first route whose conditions hold: of every segment the literal, then its parts, then the whole, then the prefix.
 * @param from where the next segment begins; behind the path's end when there is none
 */
function seek<Route>(
  node: Node<Route>,
  path: string,
  from: number,
  asked: Asked | undefined,
): Route | undefined {
  if (from > path.length) return node.here && routeAt(node.here, asked);
  const slash = path.indexOf("/", from);
  const end = slash < 0 ? path.length : slash;
  const { literals, parts, whole, below } = node;
  if (literals !== undefined || parts.length > 0) {
    const text = path.slice(from, end);
    const literal = literals?.get(text);
    const found = literal && seek(literal, path, end + 1, asked);
    if (found !== undefined) return found;
    for (const part of parts) {
      if (partsOf(part.segment, text) === undefined) continue;
      const route = seek(part.node, path, end + 1, asked);
      if (route !== undefined) return route;
    }
  }
  // No parameter takes an empty segment.
  if (whole !== undefined && end > from) {
    const found = seek(whole, path, end + 1, asked);
    if (found !== undefined) return found;
  }
  return below && routeAt(below, asked);
}

function routeAt<Route>(place: RoutePlace<Route>, asked: Asked | undefined): Route | undefined {
  return place.only ?? chooseRoute(place, asked);
}

/** A node while routes are added. */
class Growth<Route> {
  readonly #literals = new Map<string, Growth<Route>>();
  /** By shape. */
  readonly #parts = new Map<string, { segment: PartSegment; growth: Growth<Route> }>();
  #whole: Growth<Route> | undefined;
  readonly #here: Candidate<Route>[] = [];
  readonly #below: Candidate<Route>[] = [];

  /** @param segments what is left of the route's */
  add(candidate: Candidate<Route>, segments: readonly PatternSegment[]): void {
    const [segment, ...others] = segments;
    if (segment !== undefined) {
      this.#next(segment).add(candidate, others);
      return;
    }
    // A prefix is `/a` and everything below `/a/`.
    this.#here.push(candidate);
    if (candidate.isPrefix) this.#below.push(candidate);
  }

  grown(): Node<Route> {
    const literals = [...this.#literals].map(([text, growth]) => [text, growth.grown()] as const);
    const parts = [...this.#parts.values()]
      .map(({ segment, growth }) => ({ segment, node: growth.grown() }))
      .sort((one, other) => inOrder(one.segment, other.segment));
    const whole = this.#whole?.grown();
    const here = placeOf(this.#here);
    const below = placeOf(this.#below);
    const nodes = [...literals.map(([, node]) => node), ...parts.map(({ node }) => node)];
    return {
      literals: literals.length === 0 ? undefined : new Map(literals),
      parts,
      whole,
      here,
      below,
      isAsking:
        [...nodes, whole].some((node) => node?.isAsking) ||
        [here, below].some((place) => place !== undefined && place.only === undefined),
    };
  }

  #next(segment: PatternSegment): Growth<Route> {
    if (segment.kind === "whole") {
      this.#whole ??= new Growth();
      return this.#whole;
    }
    if (segment.kind === "literal") {
      const known = this.#literals.get(segment.text) ?? new Growth<Route>();
      this.#literals.set(segment.text, known);
      return known;
    }
    const { growth } = this.#parts.get(segment.shape) ?? { growth: new Growth<Route>() };
    this.#parts.set(segment.shape, { segment, growth });
    return growth;
  }
}

function placeOf<Route>(candidates: readonly Candidate<Route>[]): RoutePlace<Route> | undefined {
  return candidates.length === 0 ? undefined : createPlace(candidates);
}

/** By code unit in the end, whatever the locale, so that the order in which routes are written does not matter. */
function inOrder(one: PartSegment, other: PartSegment): number {
  for (const [at, count] of one.order.entries()) {
    const by = count - (other.order[at] ?? 0);
    if (by !== 0) return by;
  }
  return one.shape < other.shape ? -1 : 1;
}
