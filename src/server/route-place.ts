/** The routes that one method has at one pattern, in the order in which they are tried. */
import { compareConditions, type SingleConditions } from "../config/conditions.ts";
import type { Asked } from "./asked.ts";

/** One route, under conditions of one host at most. */
export interface Candidate<Route> {
  readonly route: Route;
  /** Undefined: always. */
  readonly when: SingleConditions | undefined;
  /** What is written for this path alone comes before a prefix, whatever the conditions. */
  readonly isPrefix: boolean;
  /** 0: for this method; 1: for GET, which HEAD is; 2: for every method. Counts last. */
  readonly methodRank: number;
}

export interface RoutePlace<Route> {
  readonly candidates: readonly Candidate<Route>[];
  /** Whether one of them answers whatever is asked, so that nothing is looked for elsewhere. */
  readonly isOpen: boolean;
  /** The route, where there is nothing to choose. */
  readonly only: Route | undefined;
}

const NONE: SingleConditions = { host: undefined, headers: [], query: [] };

/** What is after one that always answers is left out. */
export function createPlace<Route>(candidates: readonly Candidate<Route>[]): RoutePlace<Route> {
  const sorted = [...candidates].sort(
    (one, other) =>
      Number(one.isPrefix) - Number(other.isPrefix) ||
      compareConditions(one.when ?? NONE, other.when ?? NONE) ||
      one.methodRank - other.methodRank,
  );
  const last = sorted.findIndex(({ when }) => when === undefined);
  const kept = last < 0 ? sorted : sorted.slice(0, last + 1);
  return { candidates: kept, isOpen: last >= 0, only: last === 0 ? kept[0]?.route : undefined };
}

/** The first route whose conditions hold; what asks for nothing also where nobody asked. */
export function chooseRoute<Route>(
  { candidates }: RoutePlace<Route>,
  asked: Asked | undefined,
): Route | undefined {
  for (const { when, route } of candidates) {
    if (when === undefined || asked?.meets(when) === true) return route;
  }
  return undefined;
}
