/** Where a run was otherwise than the source says: which calls were made, when they began and ended. */
import type { MeasuredCall } from "./group-visits.ts";
import type { Plan, PlannedCall } from "./plan.ts";

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** One sentence a difference, by the operations of the plan, then others; empty: the run was as planned. */
export function compareMeasured(
  { calls }: Pick<Plan, "calls">,
  measured: readonly MeasuredCall[],
): string[] {
  const planned = groupBy(
    // What is given the answer of another call is no request.
    calls.filter(({ sameAs }) => sameAs === undefined),
    ({ service, operation, bulk }) => `${service}.${bulk ?? operation}`,
  );
  const made = groupBy(measured, ({ service, operation }) =>
    operation === "" ? service : `${service}.${operation}`,
  );
  return [
    ...[...planned].flatMap(([name, group]) => differenceOf(name, group, made.get(name)) ?? []),
    ...[...made.keys()]
      .filter((name) => !planned.has(name))
      .map((name) => `${name} was called, which the source does not show`),
  ];
}

function differenceOf(
  name: string,
  planned: readonly PlannedCall[],
  made: readonly MeasuredCall[] | undefined,
): string | undefined {
  if (made === undefined) return `${name} was not called${reasonOf(planned)}`;
  const isGivenUp = made.some((one) => one.isGivenUp);
  const [plan, run] = [spanOf(planned), spanOf(made)];
  return plan.startMs === run.startMs && plan.endMs === run.endMs
    ? undefined
    : `${name} took ${textOf(run)}, by the source ${textOf(plan)}${isGivenUp ? ": it was given up" : ""}`;
}

function reasonOf(planned: readonly PlannedCall[]): string {
  const always = planned.filter(({ when }) => !when.includes("branch"));
  if (always.length === 0) return ": it may be left out";
  return always.every(({ when }) => when.includes("loop")) ? ": a list may be empty" : "";
}

function spanOf(spans: readonly Span[]): Span {
  return {
    startMs: Math.min(...spans.map(({ startMs }) => startMs)),
    endMs: Math.max(...spans.map(({ endMs }) => endMs)),
  };
}

function textOf({ startMs, endMs }: Span): string {
  return `from ${startMs} to ${endMs} ms`;
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string) {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}
