/** The answer store of one process: what it gives out, what it drops, and that it never takes more than it may. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type AnswerStore, createMemoryAnswerStore } from "../../src/stores/answer-store.ts";
import { keptEntry, textOf } from "../support/kept-entry.ts";

const MAX_BYTES = 20_000;
const minute = { ttlMs: 60_000 };

function create(maxBytes = MAX_BYTES): AnswerStore {
  const store = createMemoryAnswerStore({ maxBytes });
  onTestFinished(() => store.close());
  return store;
}

describe("a memory answer store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("answers at once, without a promise, for as long as it was told", async () => {
    const store = create();
    const entry = keptEntry("hello", { headers: { vary: ["a", "b"] }, meta: { policy: [1] } });
    store.set("k", entry, { ttlMs: 1_000 });
    expect(store.get("k")).toEqual(entry);
    expect(store.health).toMatchObject({ redis: "off", entries: 1 });
    vi.advanceTimersByTime(1_001);
    expect(store.get("k")).toBeUndefined();
    expect(store.health).toEqual({ redis: "off", entries: 0, bytes: 0 });
  });

  it("keeps nothing that is of no use, and drops what was there before it", () => {
    const store = create();
    for (const ttlMs of [0, -1, Number.NaN]) {
      store.set("k", keptEntry("old"), minute);
      store.set("k", keptEntry("new"), { ttlMs });
      expect(store.get("k"), String(ttlMs)).toBeUndefined();
    }
  });

  it("drops everything that carries a tag, and nothing else", async () => {
    const store = create();
    store.set("a", keptEntry("a"), { ...minute, tags: ["x", "y"] });
    store.set("b", keptEntry("b"), { ...minute, tags: ["y"] });
    store.set("c", keptEntry("c"), minute);
    await store.invalidateTag("x");
    expect(["a", "b", "c"].map((key) => store.get(key) !== undefined)).toEqual([false, true, true]);
    store.set("a", keptEntry("a"), minute);
    await store.invalidateTag("y");
    expect(["a", "b", "c"].map((key) => store.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it("does not keep what was invalidated since it was fetched", async () => {
    const store = create();
    const since = store.mark?.() ?? -1;
    store.delete("key");
    await store.invalidateTag("tag");
    store.set("key", keptEntry("old"), { ...minute, since });
    store.set("tagged", keptEntry("old"), { ...minute, tags: ["tag"], since });
    store.set("other", keptEntry("good"), { ...minute, tags: ["another"], since });
    expect(await textOf(store, "key")).toBeUndefined();
    expect(await textOf(store, "tagged")).toBeUndefined();
    expect(await textOf(store, "other")).toBe("good");
    const now = store.mark?.() ?? -1;
    store.set("key", keptEntry("new"), { ...minute, tags: ["tag"], since: now });
    expect(await textOf(store, "key")).toBe("new");
  });

  it("lets go of the chunk that a body was cut from", () => {
    const store = create();
    const chunk = Buffer.alloc(64 * 1_024, "x");
    store.set("k", keptEntry("", { body: chunk.subarray(10, 20) }), minute);
    const { body } = store.get("k") as ReturnType<typeof keptEntry>;
    expect(body.toString()).toBe("xxxxxxxxxx");
    expect(body.buffer.byteLength).toBe(10);
    const whole = Buffer.alloc(4_096);
    store.set("l", keptEntry("", { body: whole }), minute);
    expect((store.get("l") as ReturnType<typeof keptEntry>).body).toBe(whole);
  });

  it("counts header fields, meta data and tags, not only bodies", () => {
    const store = create();
    const big = "x".repeat(5_000);
    const weigh = (entry: ReturnType<typeof keptEntry>, tags: string[] = []): number => {
      store.set("k", entry, { ...minute, tags });
      return store.health.bytes;
    };
    const least = weigh(keptEntry(""));
    expect(weigh(keptEntry(big))).toBeGreaterThanOrEqual(least + 5_000);
    expect(weigh(keptEntry("", { headers: { a: [big] } }))).toBeGreaterThan(least + 4_900);
    expect(weigh(keptEntry("", { meta: { a: { b: big } } }))).toBeGreaterThan(least + 5_000);
    expect(weigh(keptEntry(""), [big])).toBeGreaterThan(least + 5_000);
  });

  it("does what a simple model does, whatever the order, and stays within its bytes", () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "__proto__");
    const tags = fc.uniqueArray(fc.constantFrom("x", "y", "constructor"));
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant("set" as const),
          key,
          tags,
          size: fc.nat(7_000),
          ttlMs: fc.integer({ min: -1, max: 5_000 }),
        }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant("get" as const), key }) },
      fc.record({ do: fc.constant("delete" as const), key }),
      fc.record({
        do: fc.constant("invalidate" as const),
        tag: fc.constantFrom("x", "y", "constructor"),
      }),
      fc.record({ do: fc.constant("wait" as const), ms: fc.nat(2_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = createMemoryAnswerStore({ maxBytes: MAX_BYTES });
        /** What may still be there; in the order of use. */
        const model = new Map<string, { text: string; tags: readonly string[]; until: number }>();
        let hasEvicted = false;
        for (const [index, each] of steps.entries()) {
          if (each.do === "set") {
            const text = `${index} `.padEnd(each.size, ".");
            store.set(each.key, keptEntry(text), { ttlMs: each.ttlMs, tags: each.tags });
            model.delete(each.key);
            if (each.ttlMs > 0)
              model.set(each.key, { text, tags: each.tags, until: Date.now() + each.ttlMs });
            // The newest is the last to go.
            if (each.ttlMs > 0) expect(store.get(each.key)).toBeDefined();
          } else if (each.do === "get") {
            const found = store.get(each.key) as ReturnType<typeof keptEntry> | undefined;
            const expected = model.get(each.key);
            const isOver = expected === undefined || expected.until < Date.now();
            if (isOver) expect(found).toBeUndefined();
            else if (found === undefined) expect(hasEvicted).toBe(true);
            else expect(found.body.toString()).toBe(expected.text);
          } else if (each.do === "delete") {
            store.delete(each.key);
            model.delete(each.key);
          } else if (each.do === "invalidate") {
            void store.invalidateTag(each.tag);
            for (const [name, { tags: own }] of model)
              if (own.includes(each.tag)) model.delete(name);
          } else {
            vi.advanceTimersByTime(each.ms);
          }
          const { bytes, entries } = store.health;
          expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
          const sizes = [...model.values()].map(({ text }) => text.length + 1_000);
          hasEvicted ||= sizes.reduce((sum, size) => sum + size, 0) > MAX_BYTES;
          expect(entries).toBeLessThanOrEqual(model.size + 9);
        }
        void store.close();
        expect(store.health).toEqual({ redis: "off", entries: 0, bytes: 0 });
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
