import { describe, expect, it } from "vitest";
import { compareResilience } from "../../../../cli/index/drill/compare-resilience.ts";
import type { Outcome, RouteResilience } from "../../../../cli/index/drill/resilience.ts";

const masked: Outcome = { status: 200, degraded: [{ part: "reviews", kind: "default" }], ms: 300 };
const failed: Outcome = { status: 504, problem: "service-timeout", service: "reviews", ms: 300 };

function table(timeout: Outcome, more: Partial<RouteResilience> = {}): RouteResilience {
  return {
    route: "GET /web/orders/{orderId}",
    request: { target: "/web/orders/o-1", headers: {} },
    deadlineMs: 2_000,
    ok: { status: 200 },
    services: [
      {
        service: "reviews",
        need: timeout === masked ? "optional" : "hard",
        faults: [{ fault: "timeout", ...timeout }],
      },
    ],
    pairs: { drilled: 0, surprises: [] },
    ...more,
  };
}

describe("what is different in two tables", () => {
  it("is nothing in the same one", () => {
    expect(compareResilience([table(masked)], [table(masked)])).toEqual([]);
  });

  it("is named by route, service and fault, as it was and as it is", () => {
    expect(compareResilience([table(masked)], [table(failed)])).toEqual([
      "GET /web/orders/{orderId}: reviews was optional, is hard now",
      "GET /web/orders/{orderId}: reviews timeout was 200 degraded: reviews (default) after 300 ms, is 504 service-timeout after 300 ms",
    ]);
  });

  it("is told of answers given once a service was well, too", () => {
    const warm: Outcome = { status: 200, degraded: [{ part: "reviews", kind: "stale" }] };
    const before = table({ ...masked, warm } as Outcome);
    expect(compareResilience([before], [table(masked)])).toContain(
      "GET /web/orders/{orderId}: reviews timeout was 200 degraded: reviews (default) after 300 ms; once it was well reviews (stale), is 200 degraded: reviews (default) after 300 ms",
    );
  });

  it("is told of routes that come and go, of pairs, and of requests that have changed", () => {
    const pair = { faults: { orders: "slow", reviews: "slow" }, status: 504 } as const;
    const pairs = { drilled: 49, surprises: [pair] };
    expect(compareResilience([], [table(masked)])).toEqual(["GET /web/orders/{orderId} is new"]);
    expect(compareResilience([table(masked)], [])).toEqual(["GET /web/orders/{orderId} is gone"]);
    expect(compareResilience([table(masked)], [table(masked, { pairs })])).toEqual([
      "GET /web/orders/{orderId}: orders slow, reviews slow is new in the table",
    ]);
    const request = { target: "/web/orders/o-2", headers: {} };
    expect(compareResilience([table(masked)], [table(masked, { request })])).toEqual([
      "GET /web/orders/{orderId}: is asked in another way",
    ]);
  });
});
