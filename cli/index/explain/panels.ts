/** What a waterfall shows, for texts and pictures alike: rows with a beginning and an end. */
import type { ExplainReport } from "./explain-project.ts";
import type { Assumptions } from "./explain-route.ts";
import type { PlannedCall } from "./plan.ts";
import { ASSUMED_ITEMS, type Repetition } from "./plan-nodes.ts";

export interface Row {
  readonly service: string;
  /** `orders.getOrder` */
  readonly label: string;
  readonly note: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly isCritical: boolean;
}

export interface Panel {
  readonly title: string;
  readonly totalMs: number;
  readonly rows: readonly Row[];
  /** What is to be said of it. */
  readonly remarks: readonly string[];
}

/** By its source, then as it was measured. */
export function panelsOf({ plan, measured, assumed }: ExplainReport): Panel[] {
  const { calls, stages, totalMs } = plan;
  const ordered = [...calls].sort(
    (one, other) => one.startMs - other.startMs || one.stage - other.stage || one.id - other.id,
  );
  const source: Panel = {
    title: `by its source: ${countOf(calls.length, "call")} in ${countOf(stages, "stage")}, ${totalMs} ms`,
    totalMs,
    rows: ordered.map((call): Row => {
      const { service, operation, startMs, endMs, isCritical } = call;
      const label = `${service}.${operation}`;
      return { service, label, note: noteOf(call), startMs, endMs, isCritical };
    }),
    remarks: remarksOf(assumed, calls),
  };
  if (measured === undefined) return [source];
  const { requests, status } = measured;
  return [
    source,
    {
      title: `measured on mocks: ${countOf(requests, "request")}, ${measured.totalMs} ms, answered with ${status}`,
      totalMs: measured.totalMs,
      rows: measured.calls.map(({ service, operation, count, isGivenUp, ...row }): Row => {
        const label = operation === "" ? service : `${service}.${operation}`;
        const often = count === 1 ? [] : [`×${count}`];
        const note = [...often, ...(isGivenUp ? ["given up"] : [])].join(", ");
        return { service, label, note, ...row };
      }),
      remarks: measured.differences.length === 0 ? ["as the source says"] : measured.differences,
    },
  ];
}

/** What the figures stand on. */
function remarksOf({ items, latencyMs, told }: Assumptions, calls: readonly PlannedCall[]) {
  const others = Object.entries(told).map(([name, ms]) => `${name} ${ms} ms`);
  const each = `${[...others, `${others.length === 0 ? "each call" : "any other"} ${latencyMs} ms`].join(", ")}`;
  const isSeries = calls.some(({ repeated }) => repeated === "series");
  return [`taken for granted: ${each}${isSeries ? `, a list of ${items} items` : ""}`];
}

const REPEATED: Readonly<Record<Repetition, string>> = {
  each: "×n",
  all: "×n at once",
  series: `×${ASSUMED_ITEMS} one by one`,
  batch: "×n in bulk",
};

/** `products ×n in bulk, or stale`: the part, how often, what happens otherwise. */
function noteOf({ part = "", repeated, when, fallback, sameAs }: PlannedCall): string {
  const shared = sameAs === undefined ? [] : ["as above"];
  const often = repeated === undefined ? [] : [REPEATED[repeated]];
  const perhaps = when.includes("branch") ? ["perhaps"] : [];
  const otherwise = fallback.length === 0 ? [] : [`or ${[...fallback].reverse().join(", ")}`];
  return [part, [...shared, ...often, ...perhaps, ...otherwise].join(", ")]
    .filter(Boolean)
    .join(" ");
}

export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
