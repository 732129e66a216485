/** The calls of a route with all that decides when each begins and how long it lasts. */
import type { CallDependency, RouteDependencies } from "../dependencies.ts";
import type { Latencies } from "./latencies.ts";
import type { Loop } from "./wait-state.ts";
import type { CallSite } from "./walk.ts";

/** Items that a list is taken to have: the static plan knows none. */
export const ASSUMED_ITEMS = 10;

/** What `each` runs at once where it is told nothing. */
const CONCURRENCY = 16;

export type Repetition = "each" | "all" | "series" | "batch";

export interface PlanNode {
  readonly id: number;
  readonly call: CallDependency;
  /** Absent: it is proxied, or stands where the walk does not come. */
  readonly site: CallSite | undefined;
  /** What its input or its being made depends on. */
  readonly needs: ReadonlySet<number>;
  /** What it waits for, needed or not. */
  readonly waits: ReadonlySet<number>;
  readonly repeated: Repetition | undefined;
  /** Where it is `batch`. */
  readonly bulk: string | undefined;
  /** The id of a call above that is the same, and whose answer it is given. */
  readonly sameAs: number | undefined;
  /** Of one time. */
  readonly latencyMs: number;
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
    const loops = site?.loops ?? [];
    const batch = batchOf(service, operation);
    const isBatched = batch !== undefined;
    const isRepeated = when.includes("loop") && (site === undefined || loops.length > 0);
    const repeated = isRepeated ? repetitionOf(at, loops, isBatched) : undefined;
    return {
      id,
      call,
      site,
      needs: idsAt([...call.after, ...(site?.guards ?? [])], call),
      waits: idsAt(site?.waits ?? awaitedByParts(call, calls), call),
      repeated,
      bulk: repeated === "batch" ? batch : undefined,
      sameAs: undefined,
      latencyMs: latencies.of(service, operation),
    };
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

/** @param isMended whether a loop is taken to be `each`, by its place */
export function durationOf(
  { call: { at }, site, repeated, latencyMs }: PlanNode,
  isMended: (loop: string) => boolean = () => false,
): number {
  if (repeated === undefined || repeated === "batch") return latencyMs;
  return (site?.loops ?? []).reduce((durationMs, loop) => {
    const kind = isMended(loop.at) ? "each" : kindFor(at, loop);
    if (kind === "series") return durationMs * ASSUMED_ITEMS;
    const { concurrency = CONCURRENCY } = loop;
    return kind === "each" ? durationMs * Math.ceil(ASSUMED_ITEMS / concurrency) : durationMs;
  }, latencyMs);
}
