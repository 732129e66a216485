/** The waterfall of a route as its source says it: when each call begins and ends if every call takes as long as is told. */
import type { CallDependency, RouteDependencies } from "../dependencies.ts";
import type { Latencies } from "./latencies.ts";
import type { Loop } from "./wait-state.ts";
import type { CallSite } from "./walk.ts";

/** Items that a list is taken to have: the static plan knows none. */
export const ASSUMED_ITEMS = 10;

export type Repetition = "each" | "all" | "series" | "batch";

export interface PlannedCall {
  /** Position in the route's calls. */
  readonly id: number;
  readonly service: string;
  readonly operation: string;
  /** `file:line:column`; `""`: proxied. */
  readonly at: string;
  readonly when: CallDependency["when"];
  readonly part?: string;
  readonly fallback: CallDependency["fallback"];
  /** From 1: calls of one stage run side by side. */
  readonly stage: number;
  /** Ids of the calls that end before this one begins, those aside that they wait for themselves. */
  readonly waitsFor: readonly number[];
  /** Absent: once. `batch`: many become one. */
  readonly repeated?: Repetition;
  /** The operation that they become. */
  readonly bulk?: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Whether the route would be answered earlier if this call were faster. */
  readonly isCritical: boolean;
}

export interface Plan {
  readonly calls: readonly PlannedCall[];
  readonly stages: number;
  readonly totalMs: number;
}

/** A call with all that decides when it begins. */
export interface PlanNode {
  readonly id: number;
  readonly call: CallDependency;
  readonly site: CallSite | undefined;
  /** What its input or its being made depends on. */
  readonly needs: ReadonlySet<number>;
  /** What it waits for, needed or not. */
  readonly waits: ReadonlySet<number>;
  readonly repeated: Repetition | undefined;
  /** Where it is `batch`. */
  readonly bulk: string | undefined;
  readonly durationMs: number;
}

export interface PlanTask {
  readonly route: RouteDependencies;
  readonly sites: ReadonlyMap<string, CallSite>;
  readonly latencies: Latencies;
  /** The bulk operation that the configuration names for an operation. */
  readonly batchOf: (service: string, operation: string) => string | undefined;
}

export function planNodes({ route, sites, latencies, batchOf }: PlanTask): PlanNode[] {
  const { calls } = route;
  const idsAt = (places: Iterable<string>, self: CallDependency): Set<number> => {
    const wanted = new Set(places);
    return new Set(calls.flatMap(({ at }, id) => (at !== self.at && wanted.has(at) ? [id] : [])));
  };
  return calls.map((call, id): PlanNode => {
    const { service, operation, when, at } = call;
    const site = sites.get(at);
    const needs = idsAt(call.after, call);
    const awaited = site?.waits ?? awaitedByParts(call, calls);
    const loops = site?.loops ?? [];
    const batch = batchOf(service, operation);
    const isBatched = batch !== undefined;
    const repeated = when.includes("loop") ? repetitionOf(at, loops, isBatched) : undefined;
    const bulk = repeated === "batch" ? batch : undefined;
    const times = timesOf(at, repeated, loops);
    const durationMs = latencies.of(service, operation) * times;
    return { id, call, site, needs, waits: idsAt(awaited, call), repeated, bulk, durationMs };
  });
}

/** A part begins when the composer has returned: that much is known without its site. */
function awaitedByParts(call: CallDependency, calls: readonly CallDependency[]): string[] {
  return call.part === undefined
    ? []
    : calls.filter(({ part }) => part === undefined).map(({ at }) => at);
}

/** As a loop is for one call: what is not awaited before the next time is not in series. */
export function kindFor(at: string, { kind, left }: Loop): Loop["kind"] {
  return kind === "series" && left?.has(at) === true ? "all" : kind;
}

function repetitionOf(at: string, loops: readonly Loop[], isBatched: boolean): Repetition {
  const kinds = loops.map((loop) => kindFor(at, loop));
  if (kinds.includes("series")) return "series";
  if (isBatched) return "batch";
  return kinds.includes("all") ? "all" : "each";
}

function timesOf(at: string, repeated: Repetition | undefined, loops: readonly Loop[]): number {
  if (repeated === undefined || repeated === "batch") return 1;
  return loops.reduce((times, loop) => {
    const kind = kindFor(at, loop);
    if (kind === "series") return times * ASSUMED_ITEMS;
    return kind === "each" ? times * Math.ceil(ASSUMED_ITEMS / (loop.concurrency ?? 16)) : times;
  }, 1);
}

/** How a call may be taken to be otherwise than it is written. */
export interface Change {
  readonly id: number;
  /** No longer waited for. */
  readonly freeOf?: ReadonlySet<number>;
  readonly durationMs?: number;
}

/** Puts every call where it begins at the earliest. */
export function schedule(nodes: readonly PlanNode[], changes: readonly Change[] = []): Plan {
  const times = new Map<number, { startMs: number; endMs: number; stage: number }>();
  const changesOf = (id: number): readonly Change[] => changes.filter((one) => one.id === id);
  const predecessors = ({ id, needs, waits }: PlanNode): number[] => {
    const free = changesOf(id).map(({ freeOf }) => freeOf);
    return [...needs, ...[...waits].filter((one) => !free.some((set) => set?.has(one)))];
  };
  const place = (node: PlanNode, trail: ReadonlySet<number>) => {
    const known = times.get(node.id);
    if (known !== undefined) return known;
    let startMs = 0;
    let stage = 1;
    for (const id of predecessors(node)) {
      const before = nodes[id];
      // Loops feed what they began with: the first time counts.
      if (before === undefined || trail.has(id)) continue;
      const time = place(before, new Set([...trail, node.id]));
      startMs = Math.max(startMs, time.endMs);
      stage = Math.max(stage, time.stage + 1);
    }
    const changed = changesOf(node.id).find(({ durationMs }) => durationMs !== undefined);
    const time = { startMs, endMs: startMs + (changed?.durationMs ?? node.durationMs), stage };
    times.set(node.id, time);
    return time;
  };
  for (const node of nodes) place(node, new Set([node.id]));
  const totalMs = Math.max(0, ...[...times.values()].map(({ endMs }) => endMs));
  const critical = criticalOf(nodes, times, totalMs, predecessors);
  return {
    totalMs,
    stages: Math.max(0, ...[...times.values()].map(({ stage }) => stage)),
    calls: nodes.map((node): PlannedCall => {
      const { id, call, repeated, bulk } = node;
      const { service, operation, at, when, part, fallback } = call;
      const time = times.get(id) ?? { startMs: 0, endMs: 0, stage: 1 };
      return {
        id,
        service,
        operation,
        at,
        when,
        ...(part === undefined ? {} : { part }),
        fallback,
        waitsFor: nearest(nodes, node, predecessors),
        ...(repeated === undefined ? {} : { repeated }),
        ...(bulk === undefined ? {} : { bulk }),
        ...time,
        isCritical: critical.has(id),
      };
    }),
  };
}

/** Without those that others of them wait for. */
function nearest(
  nodes: readonly PlanNode[],
  node: PlanNode,
  predecessors: (node: PlanNode) => readonly number[],
): number[] {
  const all = new Set(predecessors(node));
  const farther = [...all].flatMap((id) => {
    const before = nodes[id];
    return before === undefined ? [] : predecessors(before);
  });
  return [...all].filter((id) => !farther.includes(id)).sort((one, other) => one - other);
}

/** Every call that ends when the route does, or when a critical one begins that waits for it. */
function criticalOf(
  nodes: readonly PlanNode[],
  times: ReadonlyMap<number, { readonly startMs: number; readonly endMs: number }>,
  totalMs: number,
  predecessors: (node: PlanNode) => readonly number[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (endMs: number, ids: readonly number[]): void => {
    for (const id of ids) {
      const [node, time] = [nodes[id], times.get(id)];
      if (node === undefined || time?.endMs !== endMs || found.has(id)) continue;
      found.add(id);
      visit(time.startMs, predecessors(node));
    }
  };
  visit(
    totalMs,
    nodes.map(({ id }) => id),
  );
  return found;
}
