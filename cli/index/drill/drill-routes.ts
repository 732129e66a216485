/** Drills routes: every fault of every service alone, then every two services with every two faults. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { DrilledRoute } from "./drilled-route.ts";
import { FAULT_NAMES, type FaultName, OUTAGES } from "./faults.ts";
import { follows } from "./follows.ts";
import {
  answers,
  type FaultOutcome,
  type Need,
  type Outcome,
  type RouteResilience,
  type ServiceResilience,
} from "./resilience.ts";
import type { Run, Seen } from "./run-once.ts";

export type RunOnce = (run: Run) => Promise<Seen>;

/** Runs under way at a time: they wait together. */
const AT_A_TIME = 250;

export interface DrillOptions {
  /** Only these services go wrong. Default: all that a route depends on. */
  readonly isDrilled: (service: string) => boolean;
  readonly runOnce: RunOnce;
  readonly onProgress: (done: number, of: number) => void;
}

export async function drillRoutes(
  routes: readonly DrilledRoute[],
  options: DrillOptions,
): Promise<RouteResilience[]> {
  const first = await runAll(
    routes.map((route) => ({ route, faults: {} })),
    options.runOnce,
    () => undefined,
  );
  const bases = routes.map((route, at) => baseOf(route, first[at], options));
  const tasks = bases.flatMap(({ route, reason, services }) =>
    reason === undefined ? runsOf(route, services) : [],
  );
  const seen = await runAll(tasks, options.runOnce, (done) =>
    options.onProgress(done, tasks.length),
  );
  const drilled = tasks.flatMap((run, at): Drilled[] => {
    const outcome = seen[at]?.outcome;
    return outcome === undefined ? [] : [{ ...run, outcome }];
  });
  return bases.map((base) =>
    judge(
      base,
      drilled.filter(({ route }) => route === base.route),
    ),
  );
}

interface Drilled extends Run {
  readonly outcome: Outcome;
}

interface Base {
  readonly route: DrilledRoute;
  /** Why it cannot be drilled. */
  readonly reason: string | undefined;
  readonly ok: Outcome;
  readonly services: readonly string[];
  readonly called: ReadonlySet<string>;
}

function baseOf(route: DrilledRoute, seen: Seen | undefined, { isDrilled }: DrillOptions): Base {
  const { outcome = { status: 0 }, body = "", called = new Set<string>() } = seen ?? {};
  // What was called counts, too: the index may not have followed it.
  const all = [...new Set([...route.services, ...called])].sort(byCodePoint);
  const reason = answers(outcome)
    ? undefined
    : `needs an example: the request that was made up is answered with ${outcome.status}${told(body)}`;
  return { route, reason, ok: outcome, services: all.filter(isDrilled), called };
}

function told(body: string): string {
  try {
    const { detail, title } = JSON.parse(body) as { detail?: unknown; title?: unknown };
    return `, ${detail ?? title}`;
  } catch {
    return "";
  }
}

function runsOf(route: DrilledRoute, services: readonly string[]): Run[] {
  const alone = services.flatMap((service) =>
    FAULT_NAMES.flatMap((fault): Run[] => {
      const run = { route, faults: { [service]: fault } };
      return route.stale.has(service) ? [run, { ...run, isWarm: true }] : [run];
    }),
  );
  const together = services.flatMap((one, at) =>
    services
      .slice(at + 1)
      .flatMap((other) =>
        FAULT_NAMES.flatMap((fault) =>
          FAULT_NAMES.map((second): Run => ({ route, faults: { [one]: fault, [other]: second } })),
        ),
      ),
  );
  return [...alone, ...together];
}

async function runAll(
  tasks: readonly Run[],
  runOnce: RunOnce,
  onProgress: (done: number) => void,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let at = 0; at < tasks.length; at += AT_A_TIME) {
    const some = tasks.slice(at, at + AT_A_TIME);
    seen.push(...(await Promise.all(some.map(runOnce))));
    onProgress(seen.length);
  }
  return seen;
}

function judge(
  { route, reason, ok, services, called }: Base,
  runs: readonly Drilled[],
): RouteResilience {
  const { route: name, request, deadlineMs } = route;
  if (reason !== undefined) return { route: name, notDrilled: reason, request };
  const outcomeOf = (service: string, fault: FaultName | undefined, warm: boolean) =>
    runs.find(
      ({ faults, isWarm = false }) =>
        isWarm === warm && faults[service] === fault && Object.keys(faults).length === 1,
    )?.outcome;
  const pairs = runs.filter(({ faults }) => Object.keys(faults).length === 2);
  const surprises = pairs.filter(({ faults, outcome }) => {
    const alone = Object.entries(faults).map(
      ([service, fault]) => outcomeOf(service, fault, false) ?? ok,
    );
    return !follows(outcome, alone, ok);
  });
  return {
    route: name,
    request,
    deadlineMs,
    ok,
    services: services.map((service): ServiceResilience => {
      const faults = FAULT_NAMES.map((fault): FaultOutcome => {
        const cold = outcomeOf(service, fault, false) ?? ok;
        const warm = outcomeOf(service, fault, true);
        const isSame = warm === undefined || JSON.stringify(warm) === JSON.stringify(cold);
        return { fault, ...cold, ...(isSame ? {} : { warm }) };
      });
      return { service, need: needOf(faults, called.has(service)), faults };
    }),
    pairs: {
      drilled: pairs.length,
      surprises: surprises.map(({ faults, outcome }) => ({ faults, ...outcome })),
    },
  };
}

function needOf(faults: readonly FaultOutcome[], isCalled: boolean): Need {
  if (!isCalled) return "unreached";
  const outages = faults.filter(({ fault }) => OUTAGES.includes(fault));
  return outages.every(answers) ? "optional" : "hard";
}
