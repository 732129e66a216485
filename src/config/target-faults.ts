/** What is wrong with the targets of a route: what can never be chosen, and what nothing is left for. */
import { excludes, implies, keyOfConditions, singly } from "./conditions.ts";
import type { FrontendConfig } from "./gateway-config.ts";
import type { Tell } from "./route-faults.ts";
import { compileConditions, compileRouteConfigs, isConditional } from "./routes.ts";
import type { RouteConfig } from "./routes-config.ts";

/** Tells of every target that no request leads to, and names the one that is in its way. */
export function targetFaults(
  route: RouteConfig,
  frontends: Readonly<Record<string, FrontendConfig>>,
  tell: Tell,
): void {
  const { to, sticky } = route;
  const targets = typeof to === "string" || to === undefined ? [] : to;
  if (sticky !== undefined && targets.length < 2)
    tell(["sticky"], "has one target only to stay with", "remove it, or write several in `to`");
  if (typeof sticky === "object" && (sticky.cookie === undefined) === (sticky.header === undefined))
    tell(
      ["sticky"],
      "names not one thing",
      'write { cookie: "session" } or { header: "x-customer" }',
    );
  if (targets.length === 0) return;
  const whole = singly(compileRouteConfigs([route], frontends)[0]?.when ?? compileConditions({}));
  const conditional = targets.flatMap((target, at) =>
    isConditional(compileConditions(target)) ? [{ target, at }] : [],
  );
  const taken = new Map<string, number>();
  let always: number | undefined;
  for (const { target, at } of conditional) {
    const own = singly(compileConditions(target));
    if (own.every((one) => whole.every((other) => excludes(one, other))))
      tell(
        ["to", at],
        "has conditions that no request of the route can meet",
        "change one of them",
      );
    if (whole.every((one) => own.some((other) => implies(one, other)))) always ??= at;
    for (const one of own) {
      const key = keyOfConditions(one);
      const other = taken.get(key);
      if (other !== undefined)
        tell(["to", at], `has the conditions of to[${other}], which is chosen first`, CURE_SAME);
      taken.set(key, other ?? at);
    }
  }
  const weighted = targets.flatMap(({ weight }, at) => {
    const isAsked = conditional.some((other) => other.at === at);
    if (weight === 0 && !isAsked)
      tell(
        ["to", at, "weight"],
        "leads no request to the target",
        "raise it, or give it conditions",
      );
    return (weight ?? (isAsked ? 0 : 1)) > 0 ? [at] : [];
  });
  if (always !== undefined) {
    for (const at of weighted.filter((other) => other !== always))
      tell(
        ["to", at],
        `is never chosen: the conditions of to[${always}] hold for every request`,
        CURE_SAME,
      );
  } else if (weighted.length === 0) {
    tell(["to"], "has no target for requests that meet no conditions", "give one of them a weight");
  }
}

const CURE_SAME = "change the conditions of one of them";
