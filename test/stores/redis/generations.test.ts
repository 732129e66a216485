/** Which entries still hold: by the counter of invalidations, whatever order messages come in. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerations } from "../../../src/stores/redis/generations.ts";

describe("generations", () => {
  it("an entry is good unless one of its tags was invalidated after it was stored", () => {
    const generations = createGenerations();
    generations.sync(10, 0);
    expect(generations.judge(10, ["a"])).toBe("good");
    generations.hear(11, ["a"], false);
    expect(generations.seen).toBe(11);
    expect(generations.judge(10, ["b", "a"])).toBe("invalid");
    expect(generations.judge(10, ["b"])).toBe("good");
    expect(generations.judge(11, ["a"])).toBe("good");
  });

  it("Redis is asked about what is older than all that was heard, if it has tags", () => {
    const generations = createGenerations();
    generations.sync(10, 5);
    expect(generations.judge(9, ["a"])).toBe("ask");
    expect(generations.judge(9, [])).toBe("good");
    expect(generations.judge(4, [])).toBe("invalid");
    generations.hear(12, [], true);
    expect(generations.judge(11, [])).toBe("invalid");
  });

  it("entries with a tag that is being invalidated are invalid until it is known since when", () => {
    const generations = createGenerations();
    generations.sync(10, 0);
    generations.claim(["a"]);
    generations.claim(["a", "b"]);
    expect(generations.judge(99, ["a"])).toBe("invalid");
    generations.settle(["a"], 11);
    expect(generations.judge(11, ["a"])).toBe("invalid");
    generations.settle(["a", "b"], 12);
    expect([11, 12].map((stored) => generations.judge(stored, ["a"]))).toEqual(["invalid", "good"]);
  });

  it("what is stored after one's own invalidation counts it, unless another's is still to come", () => {
    const generations = createGenerations();
    generations.sync(10, 0);
    generations.settle([], 11);
    expect(generations.seen).toBe(11);
    generations.settle([], 13);
    expect(generations.seen).toBe(11);
    generations.settle([], 0);
    expect(generations.seen).toBe(11);
    generations.hear(12, ["a"], false);
    generations.hear(13, [], false);
    expect(generations.seen).toBe(13);
  });

  it("what was missed shows when the counter is read again", () => {
    const generations = createGenerations();
    expect(generations.sync(0, 0)).toBe("nothing");
    generations.hear(7, ["a"], false);
    expect(generations.sync(7, 0)).toBe("nothing");
    expect(generations.sync(8, 0)).toBe("some");
    expect(generations.sync(0, 0)).toBe("unknown");
    expect(generations.seen).toBe(0);
  });

  it("never calls an entry good that was invalidated, with however little memory", () => {
    const tag = fc.constantFrom("a", "b", "c", "d");
    fc.assert(
      fc.property(
        fc.array(tag),
        fc.nat(3),
        fc.nat(60),
        fc.array(tag),
        (told, room, stored, own) => {
          const generations = createGenerations(room);
          generations.sync(1, 0);
          const last = new Map<string, number>();
          for (const [index, name] of told.entries()) {
            generations.hear(index + 2, [name], false);
            last.set(name, index + 2);
          }
          const isInvalid = own.some((name) => (last.get(name) ?? 0) > stored);
          const verdict = generations.judge(stored, own);
          if (isInvalid) expect(verdict).not.toBe("good");
          else expect(verdict).not.toBe("invalid");
        },
      ),
    );
  });
});
