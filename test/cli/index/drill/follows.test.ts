import { describe, expect, it } from "vitest";
import { follows } from "../../../../cli/index/drill/follows.ts";
import type { Outcome } from "../../../../cli/index/drill/resilience.ts";

const ok: Outcome = { status: 200 };
const without = (...parts: string[]): Outcome => ({
  status: 200,
  degraded: parts.map((part) => ({ part, kind: "default" as const })),
});
const failed: Outcome = { status: 502, problem: "service-failed", service: "orders" };
const busy: Outcome = { status: 429, problem: "too-many-requests", service: "catalog" };

describe("a pair of faults follows from the two", () => {
  it("when both are answered and the same parts are missing", () => {
    expect(follows(without("a", "b"), [without("a"), without("b")], ok)).toBe(true);
  });

  it("when less is missing, as what is missing hangs below something that is missing too", () => {
    expect(follows(without("a"), [without("a"), without("a.b")], ok)).toBe(true);
  });

  it("when one fails, and it fails like that one", () => {
    expect(follows(failed, [failed, without("a")], ok)).toBe(true);
  });

  it("when both fail, and it fails like either: which one is first is chance", () => {
    expect(follows(failed, [failed, busy], ok)).toBe(true);
    expect(follows(busy, [failed, busy], ok)).toBe(true);
  });

  it("when it takes as long as the longer one", () => {
    expect(
      follows(
        { ...ok, ms: 800 },
        [
          { ...ok, ms: 300 },
          { ...ok, ms: 800 },
        ],
        ok,
      ),
    ).toBe(true);
  });
});

describe("a pair of faults is a surprise", () => {
  it("when either alone is answered and both together are not", () => {
    expect(follows(failed, [without("a"), without("b")], ok)).toBe(false);
  });

  it("when something is missing that neither takes away", () => {
    expect(follows(without("a", "b", "c"), [without("a"), without("b")], ok)).toBe(false);
  });

  it("when it fails unlike both, or is answered although one fails", () => {
    expect(follows({ status: 500, problem: "internal" }, [failed, busy], ok)).toBe(false);
    expect(follows({ ...failed, service: "catalog" }, [failed, busy], ok)).toBe(false);
    expect(follows(ok, [failed, without("a")], ok)).toBe(false);
  });

  it("when it takes longer than either", () => {
    expect(
      follows(
        { ...ok, ms: 1_100 },
        [
          { ...ok, ms: 300 },
          { ...ok, ms: 800 },
        ],
        ok,
      ),
    ).toBe(false);
  });
});
