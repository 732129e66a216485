/** What generated code is told of a route: its access, and how the documents say that it ends. */
import type { DocumentedEnd, RouteFacts } from "../../../src/core/access.ts";
import { orderFault } from "../../../src/core/retirement.ts";
import type { Dependencies, OperationEnding, RouteDependencies } from "../dependencies.ts";

/** Finds a route's facts; undefined where the documents say nothing, or nothing is known. */
export type FindFacts = (route: RouteName) => RouteFacts | undefined;

interface RouteName {
  /** Upper case. */
  readonly method: string;
  readonly template: string;
  readonly kind: RouteDependencies["kind"];
  readonly frontend?: string;
  /** What the composer is exported as. */
  readonly name?: string;
}

/** @param dependencies absent: nothing is known */
export function routeFacts(dependencies: Dependencies | undefined): FindFacts {
  const routes = dependencies?.routes ?? [];
  const byRoute = new Map(routes.map((route) => [keyOf(route), factsOf(route)]));
  return ({ method, template, ...who }) => {
    const facts = byRoute.get(keyOf({ ...who, route: `${method} ${template}` }));
    return facts !== undefined && Object.keys(facts).length > 0 ? facts : undefined;
  };
}

type Key = Pick<RouteDependencies, "route" | "kind" | "frontend" | "name">;

function keyOf({ route, kind, frontend, name }: Key): string {
  return JSON.stringify([route, kind, frontend ?? null, name ?? null]);
}

function factsOf({ access, endings = [] }: RouteDependencies): RouteFacts {
  const ending = endOf(endings);
  return {
    ...(access === undefined ? {} : { access }),
    ...(ending === undefined ? {} : { ending }),
  };
}

/**
 * The end of a route, by the operations that it cannot do without: the earliest. One that it can do without takes a part
 * of the answer with it, or a stand-in takes its place; the route answers on.
 */
export function endOf(endings: readonly OperationEnding[]): DocumentedEnd | undefined {
  const needed = endings.filter(({ optional }) => !optional);
  if (needed.length === 0) return undefined;
  const since = needed.map(({ deprecated }) => deprecated);
  // One that is deprecated since nobody knows when may be the first.
  const from = since.includes(undefined) ? undefined : earliest(since);
  const sunset = earliest(needed.map((ending) => ending.sunset));
  const end = { ...(from === undefined ? {} : { deprecated: from }), ...(sunset && { sunset }) };
  // RFC 9745 §4: nothing ends before it is deprecated.
  return orderFault(end) === undefined
    ? { deprecated: true, ...end }
    : { ...end, deprecated: true };
}

function earliest(days: readonly (string | undefined)[]): string | undefined {
  const known = days.flatMap((day) => (day === undefined ? [] : [day]));
  return known.sort((one, other) => Date.parse(one) - Date.parse(other))[0];
}
