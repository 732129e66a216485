import { expect, it } from "vitest";
import { readOutcome } from "../../../../cli/index/drill/read-outcome.ts";
import { formatDegraded } from "../../../../src/compose/degraded.ts";

const answered = { status: 200, headers: {}, body: "{}", ms: 0 };

it("tells the kind of a problem and whom it blames, and nothing of its words", () => {
  const body = JSON.stringify({
    type: "urn:heddle:problem:service-timeout",
    service: "orders",
    detail: "instance 17",
  });
  const headers = { "content-type": "application/problem+json; charset=utf-8" };
  expect(readOutcome({ status: 504, headers, body, ms: 800.004 })).toEqual({
    status: 504,
    problem: "service-timeout",
    service: "orders",
    ms: 800,
  });
});

it("tells degraded parts by name, items of lists once, whatever stands in their names", () => {
  const common = { operation: "op", service: "s", reason: "service-failed" } as const;
  const field = formatDegraded([
    { ...common, part: "/lines/0/product", kind: "default" },
    { ...common, part: "/lines/1/product", kind: "default" },
    { ...common, part: '/a, "b;kind=stale', kind: "default" },
    { ...common, part: "", kind: "stale" },
  ]);
  expect(readOutcome({ ...answered, headers: { "gateway-degraded": field } }).degraded).toEqual([
    { part: "", kind: "stale" },
    { part: 'a, \\"b;kind=stale', kind: "default" },
    { part: "lines.*.product", kind: "default" },
  ]);
});

it("says nothing of times that are none, and rounds what whole milliseconds of timers add up to", () => {
  expect(readOutcome({ ...answered, ms: 1.003 })).toEqual({ status: 200 });
  expect(readOutcome({ ...answered, ms: 9_899.01 }).ms).toBe(9_900);
  expect(readOutcome({ ...answered, ms: 125 }).ms).toBe(125);
});
