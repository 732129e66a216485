/** Redis does what it should not: the store goes on without it, at once, and comes back by itself. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { AnswerStore } from "../../src/stores/answer-store.ts";
import { eventually } from "../support/eventually.ts";
import {
  keptEntry,
  type StoreUnderTest,
  textOf,
  tieredStore,
  untilRedis,
} from "../support/kept-entry.ts";
import { noRedis, type RedisServer, startRedis, withRedis } from "../support/redis-server.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";

const minute = { ttlMs: 60_000 };
/** As it is outside of tests. */
const commandTimeoutMs = 200;
/** Of a command, with what a busy machine may add. */
const SLOW_MS = 2_000;

/** Local mode: what is not here is nowhere, said at once and without a promise. */
function expectLocal(store: AnswerStore): void {
  expect(store.health.redis).toBe("down");
  const before = performance.now();
  for (let index = 0; index < 1_000; index++) expect(store.get(`unknown ${index}`)).toBeUndefined();
  store.set("local", keptEntry("local"), minute);
  expect((store.get("local") as ReturnType<typeof keptEntry>).body.toString()).toBe("local");
  store.delete("local");
  expect(store.get("local")).toBeUndefined();
  expect(performance.now() - before).toBeLessThan(SLOW_MS);
}

const told = (store: StoreUnderTest): string[] =>
  store.log.lines.map(({ level, message }) => `${level}: ${message}`);
const reasons = (store: StoreUnderTest): unknown[] =>
  store.log.lines.filter(({ level }) => level === "warn").map(({ fields }) => fields.reason);
const DOWN = "warn: redis is down: going on without it";
const UP = "info: redis is up";

describe.skipIf(noRedis)(withRedis("a store whose Redis fails"), () => {
  let redis: RedisServer;
  let proxy: TcpProxy;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());
  beforeEach(async () => {
    await redis.send("FLUSHALL");
    proxy = await startTcpProxy(redis.port);
    const { close } = proxy;
    onTestFinished(close);
  });

  const proxied = (options = {}): StoreUnderTest =>
    tieredStore(`redis://127.0.0.1:${proxy.port}`, options);

  it("down at start: answers at once, says so once, and joins when Redis is there", async () => {
    await proxy.refuse();
    const store = proxied();
    expectLocal(store);
    await eventually(() => expect(told(store)).toEqual([DOWN]));
    expect(reasons(store)[0]).toMatch(/ECONNREFUSED/);
    expect(await store.lock?.("k", 1_000)).toBeTypeOf("function");
    expect(await store.waitFor?.("k", 60_000)).toBeUndefined();
    await store.invalidateTag("t");
    await proxy.heal();
    await untilRedis(store, "up");
    expect(told(store)).toEqual([DOWN, UP]);
    store.set("k", keptEntry("k"), minute);
    const other = tieredStore(redis.url);
    await untilRedis(other, "up");
    await eventually(async () => expect(await textOf(other, "k")).toBe("k"));
  });

  it("dies while running: what was asked is a miss, then everything is local", async () => {
    const doomed = await startRedis();
    onTestFinished(() => doomed.close());
    const store = tieredStore(doomed.url);
    await untilRedis(store, "up");
    store.set("k", keptEntry("kept"), minute);
    const killed = doomed.kill();
    const before = performance.now();
    expect(await store.get("unknown")).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(SLOW_MS);
    await killed;
    await untilRedis(store, "down");
    expectLocal(store);
    expect(await textOf(store, "k")).toBe("kept");
    await doomed.restart();
    await untilRedis(store, "up");
    expect(await textOf(store, "k")).toBe("kept");
    expect(told(store)).toEqual([UP, DOWN, UP]);
  });

  it("freezes: one slow request, then everything is local until it moves again", async () => {
    const store = proxied({ commandTimeoutMs, heartbeatMs: 60_000 });
    await untilRedis(store, "up");
    proxy.freeze();
    const before = performance.now();
    const asked = ["a", "b", "c"].map((key) => store.get(key));
    expect(await Promise.all(asked)).toEqual([undefined, undefined, undefined]);
    expect(performance.now() - before).toBeLessThan(SLOW_MS);
    expectLocal(store);
    expect(reasons(store)).toEqual(["redis did not answer within 200 ms"]);
    await proxy.heal();
    await untilRedis(store, "up");
    expect(told(store)).toEqual([UP, DOWN, UP]);
  });

  it("freezes while nobody asks: the heartbeat finds out", async () => {
    const store = proxied({ commandTimeoutMs, heartbeatMs: 20 });
    await untilRedis(store, "up");
    proxy.freeze();
    await untilRedis(store, "down");
    expectLocal(store);
  });

  it("takes 500 ms: one slow request, then local for as long as it is slow", async () => {
    const store = proxied({ commandTimeoutMs, heartbeatMs: 60_000 });
    await untilRedis(store, "up");
    proxy.delay(500);
    const before = performance.now();
    expect(await store.get("k")).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(SLOW_MS);
    expectLocal(store);
    const tries = proxy.accepted;
    await eventually(() => expect(proxy.accepted).toBeGreaterThan(tries + 3));
    expectLocal(store);
    expect(told(store)).toEqual([UP, DOWN]);
    await proxy.heal();
    await untilRedis(store, "up");
  });

  it("flaps: no crash, and no socket, timer or client is left behind", async () => {
    const clientsOf = async (): Promise<number> =>
      String(await redis.send("CLIENT", "LIST"))
        .trim()
        .split("\n").length;
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = { clients: await clientsOf(), timers: timers() };
    const begun = vi.spyOn(globalThis, "setInterval");
    const ended = vi.spyOn(globalThis, "clearInterval");
    onTestFinished(() => void vi.restoreAllMocks());
    const store = proxied({ heartbeatMs: 77 });
    for (let round = 0; round < 12; round++) {
      await untilRedis(store, "up");
      const asked = Array.from({ length: 20 }, (_, index) => {
        store.set(`k${index}`, keptEntry("x".repeat(10_000)), { ...minute, tags: [`t${index}`] });
        return store.get(`unknown${index}`);
      });
      void store.invalidateTag(`t${round}`);
      if (round % 3 === 0) await proxy.refuse();
      if (round % 3 === 1) proxy.freeze();
      proxy.cut();
      await Promise.all(asked);
      await untilRedis(store, "down");
      await proxy.heal();
    }
    await untilRedis(store, "up");
    await eventually(() => expect(proxy.connections).toBe(2));
    await store.close();
    expect(store.health).toMatchObject({ redis: "down", entries: 0, bytes: 0 });
    await eventually(async () => {
      expect(proxy.connections).toBe(0);
      expect(await clientsOf()).toBe(before.clients);
    });
    expect(timers()).toBeLessThanOrEqual(before.timers);
    const heartbeats = begun.mock.results
      .filter((_, index) => begun.mock.calls[index]?.[1] === 77)
      .map(({ value }) => value);
    expect(heartbeats.length).toBeGreaterThan(12);
    const cleared = new Set(ended.mock.calls.map(([timer]) => timer));
    expect(heartbeats.filter((timer) => !cleared.has(timer))).toEqual([]);
  });

  it.each([
    [
      "a replica that takes no writes",
      ["REPLICAOF", "127.0.0.1", "1"],
      ["REPLICAOF", "NO", "ONE"],
      /READONLY/,
    ],
    [
      "out of memory",
      ["CONFIG", "SET", "maxmemory", "1"],
      ["CONFIG", "SET", "maxmemory", "0"],
      /OOM/,
    ],
  ] as const)("%s: logged, local, and back when it is over", async (_, begin, end, reason) => {
    await redis.send("CONFIG", "SET", "maxmemory-policy", "noeviction");
    const store = proxied();
    await untilRedis(store, "up");
    await redis.send(...begin);
    try {
      store.set("k", keptEntry("k"), minute);
      await untilRedis(store, "down");
      expectLocal(store);
      expect(await textOf(store, "k")).toBe("k");
      const tries = proxy.accepted;
      await eventually(() => expect(proxy.accepted).toBeGreaterThan(tries + 5));
      expectLocal(store);
      expect(told(store)).toEqual([UP, DOWN]);
      expect(reasons(store)[0]).toMatch(reason);
    } finally {
      await redis.send(...end);
    }
    await untilRedis(store, "up");
  });

  it("wants a password: logged without any, local; with the right one it is used", async () => {
    const locked = await startRedis("--requirepass", "s3cret-word");
    onTestFinished(() => locked.close());
    const at = (user: string): string => locked.url.replace("//", `//${user}`);
    const without = tieredStore(locked.url);
    const wrong = tieredStore(at(":wr0ng-word@"));
    const right = tieredStore(at(":s3cret-word@"));
    await untilRedis(right, "up");
    await eventually(() => expect([told(without), told(wrong)]).toEqual([[DOWN], [DOWN]]));
    expectLocal(without);
    expectLocal(wrong);
    expect(reasons(without)[0]).toMatch(/NOAUTH/);
    expect(reasons(wrong)[0]).toMatch(/WRONGPASS/);
    expect(JSON.stringify([without, wrong].map(({ log }) => log.lines))).not.toMatch(/-word/);
  });

  it("holds something else at the key: a miss, deleted and logged, and Redis stays up", async () => {
    const store = proxied();
    await untilRedis(store, "up");
    await redis.send("LPUSH", "test:answer:k", "x");
    expect(await store.get("k")).toBeUndefined();
    await eventually(async () => expect(await redis.send("EXISTS", "test:answer:k")).toBe(0));
    expect(store.health.redis).toBe("up");
    expect(told(store)).toEqual([
      UP,
      "warn: an answer in redis could not be read, and was deleted",
    ]);
    await redis.send("LPUSH", "test:invalidations", "x");
    await redis.send("LPUSH", "test:tag:t", "x");
    store.set("k", keptEntry("old"), { ...minute, tags: ["t"] });
    await store.invalidateTag("t");
    const other = tieredStore(redis.url);
    await untilRedis(other, "up");
    expect(await other.get("k")).toBeUndefined();
    expect(store.health.redis).toBe("up");
  });

  it("has forgotten the scripts: invalidation and locks work on", async () => {
    const store = proxied();
    const other = tieredStore(redis.url);
    await Promise.all([untilRedis(store, "up"), untilRedis(other, "up")]);
    for (let round = 0; round < 2; round++) {
      store.set("k", keptEntry("k"), { ...minute, tags: ["t"] });
      await eventually(async () => expect(await textOf(other, "k")).toBe("k"));
      await redis.send("SCRIPT", "FLUSH");
      await store.invalidateTag("t");
      await eventually(async () => expect(await other.get("k")).toBeUndefined());
      const release = await store.lock?.("k", 60_000);
      await redis.send("SCRIPT", "FLUSH");
      release?.();
      await eventually(async () => {
        const again = await other.lock?.("k", 60_000);
        expect(again).toBeDefined();
        again?.();
      });
    }
    expect(told(store)).toEqual([UP]);
  });

  it("was flushed: what is here stays, the rest is a miss, and invalidation holds", async () => {
    const store = proxied();
    const other = tieredStore(redis.url);
    await Promise.all([untilRedis(store, "up"), untilRedis(other, "up")]);
    await store.invalidateTag("before");
    store.set("k", keptEntry("k"), { ...minute, tags: ["t"] });
    await eventually(async () => expect(await redis.send("EXISTS", "test:answer:k")).toBe(1));
    await redis.send("FLUSHALL");
    expect(await textOf(store, "k")).toBe("k");
    expect(await other.get("k")).toBeUndefined();
    // Both still count from before; what is invalidated now is invalid for entries of that count, too.
    other.set("l", keptEntry("l"), { ...minute, tags: ["t"] });
    await eventually(async () => expect(await textOf(store, "l")).toBe("l"));
    await store.invalidateTag("t");
    const late = tieredStore(redis.url);
    await untilRedis(late, "up");
    expect(await late.get("l")).toBeUndefined();
    await eventually(async () => expect(await other.get("l")).toBeUndefined());
    expect(told(store)).toEqual([UP]);
  });

  it("holds poison: whatever the value, it is a miss and is deleted", async () => {
    const store = proxied();
    await untilRedis(store, "up");
    store.set("good", keptEntry("good"), minute);
    await eventually(async () => expect(await redis.send("EXISTS", "test:answer:good")).toBe(1));
    await redis.send("COPY", "test:answer:good", "test:answer:copied");
    await redis.send("COPY", "test:answer:good", "test:answer:longer");
    await redis.send("APPEND", "test:answer:longer", "more");
    await redis.send("SET", "test:answer:text", '{"status":200}', "PX", "60000");
    await redis.send("SET", "test:answer:empty", "", "PX", "60000");
    await redis.send("COPY", "test:answer:good", "test:answer:version");
    await redis.send("SETRANGE", "test:answer:version", "1", "\x02");
    const poisoned = ["copied", "longer", "text", "empty", "version"];
    for (const key of poisoned) expect(await store.get(key), key).toBeUndefined();
    await eventually(async () =>
      expect(await redis.send("EXISTS", ...poisoned.map((key) => `test:answer:${key}`))).toBe(0),
    );
    expect(store.health.redis).toBe("up");
    expect(store.log.lines.filter(({ level }) => level === "warn")).toHaveLength(poisoned.length);
    const other = tieredStore(redis.url);
    await untilRedis(other, "up");
    expect(await textOf(other, "good")).toBe("good");
  });
});

describe.skipIf(noRedis)(withRedis("invalidation while Redis cannot be reached"), () => {
  let redis: RedisServer;
  let proxy: TcpProxy;
  let cutOff: StoreUnderTest;
  let other: StoreUnderTest;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());
  beforeEach(async () => {
    await redis.send("FLUSHALL");
    proxy = await startTcpProxy(redis.port);
    const { close } = proxy;
    onTestFinished(close);
    cutOff = tieredStore(`redis://127.0.0.1:${proxy.port}`);
    other = tieredStore(redis.url);
    await Promise.all([untilRedis(cutOff, "up"), untilRedis(other, "up")]);
  });

  async function lose(): Promise<void> {
    await proxy.refuse();
    proxy.cut();
    await untilRedis(cutOff, "down");
  }

  async function fill(): Promise<void> {
    for (const key of ["tagged", "plain", "kept"]) {
      cutOff.set(key, keptEntry(key), { ...minute, ...(key === "tagged" ? { tags: ["t"] } : {}) });
      await eventually(async () => expect(await textOf(other, key)).toBe(key));
    }
  }

  it("reaches the others as soon as it can", async () => {
    await fill();
    await lose();
    await cutOff.invalidateTag("t");
    cutOff.delete("plain");
    expect(await textOf(other, "tagged")).toBe("tagged");
    await proxy.heal();
    await untilRedis(cutOff, "up");
    await eventually(async () => {
      expect(await other.get("tagged")).toBeUndefined();
      expect(await other.get("plain")).toBeUndefined();
    });
    expect(await textOf(other, "kept")).toBe("kept");
    expect(await cutOff.get("tagged")).toBeUndefined();
    expect(await cutOff.get("plain")).toBeUndefined();
  });

  it("that others did is made up for, and only then anything is dropped", async () => {
    await fill();
    await lose();
    await proxy.heal();
    await untilRedis(cutOff, "up");
    expect(cutOff.health.entries).toBe(3);
    await lose();
    await other.invalidateTag("t");
    other.delete("plain");
    expect(await textOf(cutOff, "tagged")).toBe("tagged");
    await proxy.heal();
    await untilRedis(cutOff, "up");
    expect(await cutOff.get("tagged")).toBeUndefined();
    expect(await cutOff.get("plain")).toBeUndefined();
    expect(await textOf(cutOff, "kept")).toBe("kept");
  });
});
