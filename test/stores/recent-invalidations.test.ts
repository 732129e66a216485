/** What was invalidated lately: what was begun before is void, and nothing else is for longer than it must. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecentInvalidations } from "../../src/stores/recent-invalidations.ts";

describe("recent invalidations", () => {
  it("make void what was begun before, by name", () => {
    const recent = createRecentInvalidations();
    const before = recent.mark();
    recent.note("a");
    const after = recent.mark();
    recent.note("b");
    expect([recent.isVoid(["a"], before), recent.isVoid(["c"], before)]).toEqual([true, false]);
    expect([recent.isVoid(["a"], after), recent.isVoid(["c", "b"], after)]).toEqual([false, true]);
    recent.noteAll();
    expect(recent.isVoid(["c"], after)).toBe(true);
    expect(recent.isVoid(["a", "b", "c"], recent.mark())).toBe(false);
  });

  it("never let through what is void, with however little memory", () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(fc.array(name), fc.nat(3), fc.nat(60), name, (noted, room, begun, own) => {
        const recent = createRecentInvalidations(room);
        const mark = Math.min(begun, noted.length);
        for (const each of noted) recent.note(each);
        const isVoid = recent.isVoid([own], mark);
        if (noted.lastIndexOf(own) >= mark) expect(isVoid).toBe(true);
        // With room for all it is exact.
        else if (room === 3 && new Set(noted).size <= 3) expect(isVoid).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
