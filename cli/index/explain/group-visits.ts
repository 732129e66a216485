/** Gathers the requests of a run into rows, and tells which of them decided when the answer was there. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { Plan } from "./plan.ts";

/** Requests of one operation that began and ended together. */
export interface MeasuredCall {
  readonly service: string;
  /** `""`: the document has none for what was asked. */
  readonly operation: string;
  readonly count: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The gateway waited no longer. */
  readonly isGivenUp: boolean;
  readonly isCritical: boolean;
}

/** One request, as a service has seen it. */
export type Visit = Omit<MeasuredCall, "count" | "isCritical">;

/** By beginning, end, then name. */
export function groupVisits(visits: readonly Visit[], plan: Plan): MeasuredCall[] {
  const groups = new Map<string, Visit & { count: number }>();
  for (const visit of visits) {
    const [startMs, endMs] = [Math.round(visit.startMs), Math.round(visit.endMs)];
    const key = [startMs, endMs, visit.service, visit.operation, visit.isGivenUp].join(" ");
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { ...visit, startMs, endMs, count: 1 });
    else known.count += 1;
  }
  const rows = [...groups.values()].sort(
    (one, other) =>
      one.startMs - other.startMs ||
      one.endMs - other.endMs ||
      byCodePoint(one.service, other.service) ||
      byCodePoint(one.operation, other.operation),
  );
  const critical = criticalOf(rows, plan);
  return rows.map((row) => ({ ...row, isCritical: critical.has(row) }));
}

/** From the last to end back to the first: each began when one had ended that, by the plan, it waits for. */
function criticalOf(rows: readonly Visit[], plan: Plan): ReadonlySet<Visit> {
  const found = new Set<Visit>();
  const visit = (row: Visit): void => {
    if (found.has(row)) return;
    found.add(row);
    const awaited = namesBefore(row, plan);
    const before = rows.filter(
      (one) => one.endMs <= row.startMs && (awaited === undefined || awaited.has(nameOf(one))),
    );
    const endMs = Math.max(...before.map((one) => one.endMs));
    for (const one of before) if (one.endMs === endMs) visit(one);
  };
  const lastMs = Math.max(0, ...rows.map(({ endMs }) => endMs));
  for (const row of rows) if (row.endMs === lastMs) visit(row);
  return found;
}

/** What a call of this operation waits for, itself included where it is repeated; undefined: the plan knows no such call. */
function namesBefore(row: Visit, { calls }: Plan): ReadonlySet<string> | undefined {
  const namesOf = ({ service, operation, bulk }: Plan["calls"][number]): string[] => [
    `${service}.${operation}`,
    ...(bulk === undefined ? [] : [`${service}.${bulk}`]),
  ];
  const planned = calls.filter((call) => namesOf(call).includes(nameOf(row)));
  if (planned.length === 0) return undefined;
  const ids = new Set(planned.flatMap(({ waitsFor }) => waitsFor));
  const before = calls.filter(({ id }) => ids.has(id));
  const again = planned.filter(({ repeated }) => repeated !== undefined);
  return new Set([...before, ...again].flatMap(namesOf));
}

const nameOf = ({ service, operation }: Visit): string => `${service}.${operation}`;
