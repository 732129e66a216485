/** Two processes on one Redis: what one keeps, deletes and invalidates is so for the other. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AnswerStore } from "../../src/stores/answer-store.ts";
import { eventually } from "../support/eventually.ts";
import { keptEntry, textOf, tieredStore, untilRedis } from "../support/kept-entry.ts";
import { noSharedRedis, type SharedRedis, shareRedis, withRedis } from "../support/redis-server.ts";

const minute = { ttlMs: 60_000 };

describe.skipIf(noSharedRedis)(withRedis("two stores on one Redis", noSharedRedis), () => {
  let redis: SharedRedis;
  let prefix: string;
  let one: AnswerStore;
  let other: AnswerStore;

  beforeAll(async () => {
    redis = await shareRedis();
  });
  afterAll(() => redis.close());
  beforeEach(async () => {
    prefix = `test-${randomUUID()}:`;
    one = tieredStore(redis.url, { prefix });
    other = tieredStore(redis.url, { prefix });
    await Promise.all([untilRedis(one, "up"), untilRedis(other, "up")]);
  });

  /** The other store has it, from Redis: it fills its own level. */
  async function reaches(store: AnswerStore, key: string, text: string | undefined) {
    await eventually(async () => expect(await textOf(store, key)).toBe(text));
  }

  it("what one stores the other finds, whole, and then without Redis", async () => {
    const entry = keptEntry("hello", {
      status: 404,
      headers: { "content-type": "text/plain", vary: ["accept", "origin"] },
      meta: { policy: { ttlMs: 5, nested: [1, "ü", null] } },
    });
    one.set("k", entry, minute);
    expect(one.get("k")).toEqual(entry);
    await reaches(other, "k", "hello");
    const near = other.get("k");
    expect(near).not.toBeInstanceOf(Promise);
    expect(near).toEqual(entry);
    expect(other.health).toMatchObject({ redis: "up", entries: 1 });
  });

  it("the other keeps it for the time that is left, not anew", async () => {
    one.set("k", keptEntry("short"), { ttlMs: 150 });
    await reaches(other, "k", "short");
    await reaches(other, "k", undefined);
    await reaches(one, "k", undefined);
  });

  it("a tag that one invalidates is invalid for the other, in memory and in Redis", async () => {
    one.set("a", keptEntry("a"), { ...minute, tags: ["products", "shop"] });
    one.set("b", keptEntry("b"), { ...minute, tags: ["shop"] });
    one.set("c", keptEntry("c"), minute);
    for (const key of ["a", "b", "c"]) await reaches(other, key, key);
    await one.invalidateTag("products");
    expect(await textOf(one, "a")).toBeUndefined();
    await reaches(other, "a", undefined);
    expect([await textOf(other, "b"), await textOf(other, "c")]).toEqual(["b", "c"]);
    await other.invalidateTag("shop");
    await reaches(one, "b", undefined);
    expect(await textOf(one, "c")).toBe("c");
  });

  it("a store that begins later knows what was invalidated before", async () => {
    one.set("a", keptEntry("a"), { ...minute, tags: ["t"] });
    one.set("b", keptEntry("b"), { ...minute, tags: ["u"] });
    await reaches(other, "a", "a");
    await one.invalidateTag("t");
    const late = tieredStore(redis.url, { prefix });
    await untilRedis(late, "up");
    expect([await textOf(late, "a"), await textOf(late, "b")]).toEqual([undefined, "b"]);
  });

  it("what is stored after an invalidation holds", async () => {
    await one.invalidateTag("t");
    one.set("a", keptEntry("new"), { ...minute, tags: ["t"] });
    await reaches(other, "a", "new");
    const late = tieredStore(redis.url, { prefix });
    await untilRedis(late, "up");
    expect(await textOf(late, "a")).toBe("new");
  });

  it("what was fetched before an invalidation is not stored after it", async () => {
    const since = other.mark?.() ?? 0;
    await one.invalidateTag("t");
    await eventually(() => expect(other.mark?.()).toBeGreaterThan(since));
    other.set("a", keptEntry("old"), { ...minute, tags: ["t"], since });
    other.set("b", keptEntry("untouched"), { ...minute, tags: ["u"], since });
    expect(other.get("b")).toBeDefined();
    expect(await textOf(other, "a")).toBeUndefined();
    expect(await textOf(one, "a")).toBeUndefined();
  });

  it("a key that one deletes is gone for the other", async () => {
    one.set("k", keptEntry("k"), minute);
    await reaches(other, "k", "k");
    other.delete("k");
    expect(await textOf(other, "k")).toBeUndefined();
    await reaches(one, "k", undefined);
    one.set("k", keptEntry("again"), minute);
    await reaches(other, "k", "again");
    expect(await textOf(one, "k")).toBe("again");
  });

  it("of many that find nothing, one fetches and the others wait for it", async () => {
    const stores = [one, other, one, other, one, other];
    let fetches = 0;
    const answers = await Promise.all(
      stores.map(async (store) => {
        const release = await store.lock?.("k", 5_000);
        if (release === undefined) return (await store.waitFor?.("k", 5_000))?.body.toString();
        fetches += 1;
        await new Promise((resolve) => setImmediate(resolve));
        store.set("k", keptEntry("fetched"), minute);
        release();
        return "fetched";
      }),
    );
    expect(answers).toEqual(stores.map(() => "fetched"));
    expect(fetches).toBe(1);
    const again = await one.lock?.("k", 5_000);
    expect(again).toBeTypeOf("function");
    again?.();
  });

  it("who waits is told when nothing came of it, and never waits too long", async () => {
    const release = await one.lock?.("k", 60_000);
    expect(await other.lock?.("k", 60_000)).toBeUndefined();
    const before = performance.now();
    expect(await other.waitFor?.("k", 100)).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(2_000);
    const waiting = other.waitFor?.("k", 20_000);
    release?.();
    expect(await waiting).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it("a lock that has run out and is somebody else's is not released", async () => {
    const late = await one.lock?.("k", 20);
    let now: (() => void) | undefined;
    await eventually(async () => {
      now = await other.lock?.("k", 60_000);
      expect(now).toBeDefined();
    });
    late?.();
    // A round trip after it: the release has been done.
    await one.lock?.("another", 1_000);
    expect(await one.lock?.("k", 1_000)).toBeUndefined();
    now?.();
    await eventually(async () => expect(await one.lock?.("k", 1_000)).toBeDefined());
  });

  it("keys carry the prefix, and every one has an end but the counter", async () => {
    one.set("k", keptEntry("k"), { ...minute, tags: ["t"] });
    await one.invalidateTag("u");
    await one.lock?.("k", 60_000);
    await reaches(other, "k", "k");
    const keys = (await redis.send("KEYS", `${prefix}*`)) as string[];
    // What tells a server that takes writes from others is gone after a second.
    expect(keys.filter((key) => key !== `${prefix}probe`).sort()).toEqual(
      ["answer:k", "invalidations", "lock:k", "tag:u"].map((name) => prefix + name),
    );
    const endless: string[] = [];
    for (const key of keys) if ((await redis.send("PTTL", key)) === -1) endless.push(key);
    expect(endless).toEqual([`${prefix}invalidations`]);
    const stranger = tieredStore(redis.url, { prefix: `test-${randomUUID()}:` });
    await untilRedis(stranger, "up");
    expect(await stranger.get("k")).toBeUndefined();
  });

  it("do what a simple model does, whatever the order", async () => {
    const who = fc.nat(1);
    const key = fc.constantFrom("a", "b", "c");
    const tags = fc.subarray(["x", "y"]);
    const step = fc.oneof(
      fc.record({ do: fc.constant("set" as const), who, key, tags }),
      fc.record({ do: fc.constant("get" as const), who, key }),
      fc.record({ do: fc.constant("delete" as const), who, key }),
      fc.record({ do: fc.constant("invalidate" as const), who, tag: fc.constantFrom("x", "y") }),
    );
    const stores = [one, other] as const;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        round += 1;
        /** What each has in its memory, and what is in Redis. */
        const levels = [new Map(), new Map(), new Map()] as Map<
          string,
          { text: string; tags: readonly string[] }
        >[];
        const [near0, near1, far] = levels;
        for (const [index, each] of steps.entries()) {
          const self = stores[each.who === 0 ? 0 : 1];
          const peer = stores[each.who === 0 ? 1 : 0];
          const near = each.who === 0 ? near0 : near1;
          const heard = peer.mark?.() ?? 0;
          if (each.do === "set") {
            const entry = { text: `${round} ${index}`, tags: each.tags };
            self.set(`${round}${each.key}`, keptEntry(entry.text), { ...minute, tags: each.tags });
            near?.set(each.key, entry);
            far?.set(each.key, entry);
          } else if (each.do === "get") {
            const expected = near?.get(each.key) ?? far?.get(each.key);
            expect(await textOf(self, `${round}${each.key}`)).toBe(expected?.text);
            if (expected !== undefined) near?.set(each.key, expected);
          } else if (each.do === "delete") {
            self.delete(`${round}${each.key}`);
            for (const level of levels) level.delete(each.key);
          } else {
            await self.invalidateTag(each.tag);
            for (const level of levels)
              for (const [name, entry] of level)
                if (entry.tags.includes(each.tag)) level.delete(name);
          }
          // Until Redis has done it, and the other has heard of it.
          await self.lock?.(`barrier ${round} ${index}`, 1);
          if (each.do === "delete" || each.do === "invalidate") {
            await eventually(() => expect(peer.mark?.()).toBeGreaterThan(heard));
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
