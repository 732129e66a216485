/** What another configuration changed, for a line of the log and for whoever asked for it. */
import { isDeepStrictEqual } from "node:util";
import type { Plane } from "./plane.ts";
import type { ReloadReport } from "./reload-report.ts";

export function planeChanges(before: Plane, after: Plane): ReloadReport {
  const { services: old } = before.settings;
  const { services: now } = after.settings;
  const names = Object.keys(now);
  const added = names.filter((name) => !Object.hasOwn(old, name));
  const removed = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
  const changed = names.filter(
    (name) => Object.hasOwn(old, name) && !isDeepStrictEqual(old[name], now[name]),
  );
  const routesBefore = routesOf(before);
  const routesAfter = routesOf(after);
  return {
    services: { added: added.sort(), removed: removed.sort(), changed: changed.sort() },
    routes: {
      added: [...routesAfter].filter((route) => !routesBefore.has(route)).sort(),
      removed: [...routesBefore].filter((route) => !routesAfter.has(route)).sort(),
    },
  };
}

function routesOf({ routes }: Plane): Set<string> {
  return new Set(routes.map(({ method, template }) => `${method} ${template}`));
}
