import { describe, expect, it } from "vitest";
import { compareMeasured } from "../../../../cli/index/explain/compare-measured.ts";
import type { MeasuredCall } from "../../../../cli/index/explain/group-visits.ts";
import type { PlannedCall } from "../../../../cli/index/explain/plan.ts";

function planned(operation: string, startMs: number, more: Partial<PlannedCall> = {}): PlannedCall {
  return {
    id: 0,
    service: "orders",
    operation,
    at: "composers/web/a.ts:1:1",
    when: [],
    fallback: [],
    stage: 1,
    waitsFor: [],
    startMs,
    endMs: startMs + 100,
    isCritical: true,
    ...more,
  };
}

const made = (operation: string, startMs: number, endMs = startMs + 100): MeasuredCall => ({
  service: "orders",
  operation,
  count: 1,
  startMs,
  endMs,
  isGivenUp: false,
  isCritical: true,
});

describe("a run held against the plan", () => {
  it("agrees where every operation was asked from and to the same time", () => {
    const plan = [planned("get", 0), planned("list", 100, { repeated: "batch", bulk: "search" })];
    expect(compareMeasured({ calls: plan }, [made("get", 0), made("search", 100)])).toEqual([]);
  });

  it("agrees where the same call is planned twice and was made once", () => {
    const plan = [planned("get", 0), planned("get", 100, { id: 1, sameAs: 0 })];
    expect(compareMeasured({ calls: plan }, [made("get", 0)])).toEqual([]);
  });

  it("tells of calls that the gateway did not wait for", () => {
    const measured = [{ ...made("a", 0, 30), isGivenUp: true }];
    expect(compareMeasured({ calls: [planned("a", 0)] }, measured)).toEqual([
      "orders.a took from 0 to 30 ms, by the source from 0 to 100 ms: it was given up",
    ]);
  });

  it("tells of calls that were left out, and why that may be", () => {
    const plan = [
      planned("a", 0, { when: ["branch"] }),
      planned("b", 0, { when: ["loop"] }),
      planned("c", 0),
    ];
    expect(compareMeasured({ calls: plan }, [])).toEqual([
      "orders.a was not called: it may be left out",
      "orders.b was not called: a list may be empty",
      "orders.c was not called",
    ]);
  });

  it("tells of other times, from the first to the last, and of calls that are not planned", () => {
    const measured = [made("a", 0), made("a", 100), made("b", 0), made("", 0)];
    expect(compareMeasured({ calls: [planned("a", 0)] }, measured)).toEqual([
      "orders.a took from 0 to 200 ms, by the source from 0 to 100 ms",
      "orders.b was called, which the source does not show",
      "orders was called, which the source does not show",
    ]);
  });
});
