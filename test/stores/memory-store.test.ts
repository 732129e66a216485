/** The store in memory: what it gives out, for how long, and what it throws out when it is full. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createMemoryStore, type MemoryStoreOptions } from "../../src/stores/memory-store.ts";
import type { Store } from "../../src/stores/store.ts";

function create(options: MemoryStoreOptions = {}): Store<unknown> {
  const store = createMemoryStore<unknown>(options);
  onTestFinished(() => store.close());
  return store;
}

const minute = { ttlMs: 60_000, bytes: 1_000 };

describe("a memory store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("gives out the very value that was set, until its time is over", () => {
    const store = create();
    const value = { a: 1 };
    expect(store.set("k", value, minute)).toBe(true);
    expect(store.get("k")).toBe(value);
    vi.advanceTimersByTime(60_001);
    expect(store.get("k")).toBeUndefined();
    expect([store.entries, store.bytes]).toEqual([0, 0]);
  });

  it("holds for fractions of a second, and not at all for none", () => {
    const store = create();
    store.set("k", 1, { ttlMs: 250, bytes: 1 });
    vi.advanceTimersByTime(240);
    expect(store.get("k")).toBe(1);
    vi.advanceTimersByTime(20);
    expect(store.get("k")).toBeUndefined();
    expect(store.set("z", 1, { ttlMs: 0, bytes: 1 })).toBe(false);
    expect(store.get("z")).toBeUndefined();
  });

  it("throws out what was not used for longest when there are too many", () => {
    const store = create({ maxEntries: 3 });
    for (const key of ["a", "b", "c"]) store.set(key, key, minute);
    store.get("a");
    store.set("d", "d", minute);
    expect(["a", "b", "c", "d"].map((key) => store.get(key))).toEqual(["a", undefined, "c", "d"]);
    expect(store.entries).toBe(3);
  });

  it("stays within its bytes, and refuses what alone is too big", () => {
    const store = create({ maxBytes: 10_000 });
    for (let index = 0; index < 100; index++) {
      store.set(`k${index}`, index, minute);
      expect(store.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(store.get("k99")).toBe(99);
    expect(store.entries).toBeGreaterThan(4);
    store.set("old", 1, minute);
    expect(store.set("old", 2, { ttlMs: 1_000, bytes: 10_001 })).toBe(false);
    expect(store.get("old")).toBeUndefined();
  });

  it("weighs a value that is set again once", () => {
    const store = create();
    store.set("k", 1, minute);
    const weight = store.bytes;
    store.set("k", 2, minute);
    expect([store.get("k"), store.bytes, store.entries]).toEqual([2, weight, 1]);
  });

  it("forgets what is deleted, cleared or expired unseen", () => {
    const store = create();
    for (const key of ["a", "b", "__proto__", "constructor"]) store.set(key, key, minute);
    expect(store.get("__proto__")).toBe("__proto__");
    store.delete("a");
    expect([store.get("a"), store.entries]).toEqual([undefined, 3]);
    vi.advanceTimersByTime(10 * 60_000);
    expect([store.entries, store.bytes]).toEqual([0, 0]);
    store.set("a", 1, minute);
    store.clear();
    expect([store.get("a"), store.entries, store.bytes]).toEqual([undefined, 0, 0]);
  });

  it("holds no timer when it is closed", () => {
    const store = createMemoryStore();
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    store.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
