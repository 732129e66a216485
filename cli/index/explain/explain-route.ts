/** Everything that the source of a route tells: its plan, and what could be better. */
import type { GatewayConfig } from "../../../src/config.ts";
import type { ServiceModel } from "../../gen/model.ts";
import type { ComposerDeclaration } from "../composers-in.ts";
import { comparePlaces, type RouteDependencies } from "../dependencies.ts";
import type { ProjectProgram } from "../program.ts";
import { findRepeats, shareCalls } from "./find-repeats.ts";
import { findFanOut, findLoops, findSeries } from "./find-series.ts";
import { findBulk, findLimits } from "./find-waste.ts";
import type { Finding, Suspicion } from "./finding.ts";
import { DEFAULT_LATENCY_MS, type Latencies } from "./latencies.ts";
import { type Plan, schedule } from "./plan.ts";
import { ASSUMED_ITEMS, planNodes } from "./plan-nodes.ts";
import { followSeries } from "./series.ts";

export interface Explanation {
  /** `GET /web/orders/{orderId}` */
  readonly route: string;
  readonly kind: RouteDependencies["kind"];
  readonly frontend?: string;
  readonly composer?: string;
  readonly name?: string;
  readonly plan: Plan;
  /** What the plan takes for granted. */
  readonly assumed: Assumptions;
  /** Those that save most come first. */
  readonly findings: readonly Finding[];
  /** The total of the plan, were every finding mended. */
  readonly mendedMs: number;
  /** What the index could not follow. */
  readonly unfollowed: RouteDependencies["unfollowed"];
}

export interface Assumptions {
  /** Of a list that is gone through. */
  readonly items: number;
  /** Of a call of which nothing else is told. */
  readonly latencyMs: number;
  /** By service or operation. */
  readonly told: Readonly<Record<string, number>>;
}

export interface ExplainTask {
  readonly route: RouteDependencies;
  /** Absent: the route is proxied. */
  readonly composer: ComposerDeclaration | undefined;
  readonly project: ProjectProgram | undefined;
  readonly config: GatewayConfig;
  readonly models: ReadonlyMap<string, ServiceModel>;
  readonly latencies: Latencies;
}

export function explainRoute(task: ExplainTask): Explanation {
  const { route, composer, project, config, models, latencies } = task;
  const batchOf = (service: string, operation: string): string | undefined => {
    const rules = config.services[service]?.batch ?? {};
    return Object.hasOwn(rules, operation) ? rules[operation]?.with : undefined;
  };
  const places = new Set(route.calls.map(({ at }) => at));
  const sites =
    project === undefined || composer === undefined
      ? new Map()
      : followSeries(project, composer, places);
  const planned = planNodes({ route, sites, latencies, batchOf });
  const nodes = project === undefined ? planned : shareCalls({ nodes: planned, models }, project);
  const plan = schedule(nodes);
  const latencyOf = latencies.of;
  const asked = { nodes, sites, models, batchOf, latencyOf };
  const suspicions = [
    ...findSeries(asked),
    ...findLoops(asked),
    ...findBulk(asked),
    ...findFanOut(asked),
    ...(project === undefined ? [] : findRepeats(asked, project)),
    ...findLimits(asked),
  ];
  const totalOf = (some: readonly Suspicion[]): number =>
    schedule(
      nodes,
      some.flatMap(({ changes }) => changes),
    ).totalMs;
  const mendedMs = totalOf(suspicions);
  const findings = suspicions
    .filter((one) => {
      // A wait that costs nothing, alone or with others, is none to mend.
      const others = suspicions.filter((other) => other !== one);
      return one.kind !== "series" || totalOf([one]) < plan.totalMs || totalOf(others) > mendedMs;
    })
    .map(({ changes, ...finding }): Finding => {
      return { ...finding, savesMs: plan.totalMs - schedule(nodes, changes).totalMs };
    })
    .sort((one, other) => other.savesMs - one.savesMs || comparePlaces(one.at, other.at));
  const { frontend, composer: at, name } = route;
  return {
    route: route.route,
    kind: route.kind,
    ...(frontend === undefined ? {} : { frontend }),
    ...(at === undefined ? {} : { composer: at }),
    ...(name === undefined ? {} : { name }),
    plan,
    assumed: assumptionsOf(latencies),
    findings,
    mendedMs,
    unfollowed: route.unfollowed,
  };
}

function assumptionsOf({ told }: Latencies): Assumptions {
  const { "": latencyMs = DEFAULT_LATENCY_MS, ...others } = told;
  return { items: ASSUMED_ITEMS, latencyMs, told: others };
}
