/** The waterfall of a route as its source says it: when each call begins and ends if every call takes as long as is told. */
import type { CallDependency } from "../dependencies.ts";
import { durationOf, type PlanNode, type Repetition } from "./plan-nodes.ts";

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
  /** The id of the call that is the same: the gateway makes it once. */
  readonly sameAs?: number;
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

/** How a call may be taken to be otherwise than it is written. */
export interface Change {
  readonly id: number;
  /** No longer waited for. */
  readonly freeOf?: ReadonlySet<number>;
  /** Places of loops that are taken to be `each`. */
  readonly mended?: ReadonlySet<string>;
  /** All of its times together. */
  readonly durationMs?: number;
}

interface Time {
  readonly startMs: number;
  readonly endMs: number;
  readonly stage: number;
}

/** Puts every call where it begins at the earliest. */
export function schedule(nodes: readonly PlanNode[], changes: readonly Change[] = []): Plan {
  const times = new Map<number, Time>();
  const changesOf = (id: number): readonly Change[] => changes.filter((one) => one.id === id);
  const predecessors = ({ id, needs, waits, sameAs }: PlanNode): number[] => {
    const free = changesOf(id).map(({ freeOf }) => freeOf);
    const others = [...waits].filter((one) => !free.some((set) => set?.has(one)));
    return [...needs, ...others].filter((one) => one !== sameAs);
  };
  const lasts = (node: PlanNode): number => {
    const own = changesOf(node.id);
    const fixed = own.flatMap(({ durationMs }) => durationMs ?? []);
    return fixed.length > 0
      ? Math.min(...fixed)
      : durationOf(node, (loop) => own.some(({ mended }) => mended?.has(loop)));
  };
  const place = (node: PlanNode, trail: ReadonlySet<number>): Time => {
    const known = times.get(node.id);
    if (known !== undefined) return known;
    const before = (id: number): Time[] => {
      const other = nodes[id];
      // Loops feed what they began with: the first time counts.
      return other === undefined || trail.has(id)
        ? []
        : [place(other, new Set([...trail, node.id]))];
    };
    const awaited = predecessors(node).flatMap(before);
    const [same] = node.sameAs === undefined ? [] : before(node.sameAs);
    const startMs = Math.max(0, ...awaited.map(({ endMs }) => endMs));
    const stage = Math.max(0, ...awaited.map((one) => one.stage));
    // Given an answer that is there already, or under way, a call is no stage of its own.
    const time =
      same === undefined
        ? { startMs, endMs: startMs + lasts(node), stage: stage + 1 }
        : { startMs, endMs: Math.max(startMs, same.endMs), stage: Math.max(stage, same.stage) };
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
      const { id, call, repeated, bulk, sameAs } = node;
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
        ...(sameAs === undefined ? {} : { sameAs }),
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
  times: ReadonlyMap<number, Time>,
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
