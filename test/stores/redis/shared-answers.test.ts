/** The level of kept answers that is in Redis, over a link of the test's own: what it sends, and how much at most. */
import { describe, expect, it, vi } from "vitest";
import { encodeEntry } from "../../../src/stores/redis/entry-codec.ts";
import type { LinkState } from "../../../src/stores/redis/link.ts";
import { createPending } from "../../../src/stores/redis/pending.ts";
import { createSharedAnswers } from "../../../src/stores/redis/shared-answers.ts";
import { eventually } from "../../support/eventually.ts";
import { fakeRedisLink } from "../../support/fake-redis-link.ts";
import { keptEntry, rememberingLog } from "../../support/kept-entry.ts";

function create(state: LinkState = "up") {
  const link = fakeRedisLink(state);
  const here = {
    invalidateTag: vi.fn(),
    delete: vi.fn(),
    invalidateTagged: vi.fn(),
    clear: vi.fn(),
  };
  const store = createSharedAnswers(link, here, rememberingLog());
  return { store, here, link, sent: link.sent };
}

describe("answers in Redis", () => {
  it("are written a thousand at a time, and no more until some have arrived", async () => {
    const { store, sent } = create();
    for (let index = 0; index < 1_500; index++) store.set(`${index}`, keptEntry("x"), 1_000, []);
    expect(sent).toHaveLength(1_000);
    for (const { answer } of sent.splice(0, 10)) answer("OK");
    await eventually(() => {
      store.set("more", keptEntry("x"), 1_000, []);
      expect(sent.length).toBeGreaterThan(990);
    });
    for (let index = 0; index < 100; index++) store.set(`${index}`, keptEntry("x"), 1_000, []);
    expect(sent).toHaveLength(1_000);
  });

  it("are written 8 MiB at a time, none of more than 2 MiB, and none while Redis is down", () => {
    const { store, sent } = create();
    const megabyte = keptEntry("", { body: Buffer.alloc(1_024 * 1_024) });
    for (let index = 0; index < 20; index++) store.set(`${index}`, megabyte, 1_000, []);
    expect(sent).toHaveLength(7);
    const other = create();
    other.store.set("k", keptEntry("", { body: Buffer.alloc(3 * 1_024 * 1_024) }), 1_000, []);
    expect(other.sent).toEqual([]);
    const down = create("down");
    down.store.set("k", keptEntry("k"), 1_000, []);
    expect(down.sent).toEqual([]);
  });

  it("live for a week at most, and for whole milliseconds", () => {
    const { store, sent } = create();
    for (const ttlMs of [1e12, 1.5, 0.2]) store.set("k", keptEntry("k"), ttlMs, []);
    expect(sent.map(({ args }) => args.slice(-2))).toEqual([
      ["PX", "604800000"],
      ["PX", "1"],
      ["PX", "1"],
    ]);
  });

  it("that have no end are none of a gateway's: deleted", async () => {
    const { store, sent } = create();
    const value = encodeEntry("k", { entry: keptEntry("k"), tags: [], generation: 0 });
    const reading = store.get("k");
    for (const { args, answer } of sent.splice(0)) answer(args[0] === "GET" ? value : -1);
    expect(await reading).toBeUndefined();
    expect(sent.map(({ args }) => args)).toEqual([["UNLINK", "p:answer:k"]]);
  });

  it("are not disturbed by messages that are none", () => {
    const { here, link } = create();
    const hear = link.publish;
    for (const message of ["", " ", "x", "1", "-1 {}", "1 {", "1 null", '1 {"tags":1}', "x {}"])
      hear(message);
    expect(here.invalidateTag).not.toHaveBeenCalled();
    hear('2 {"origin":"other","tags":["t"],"keys":["k"],"everything":false}');
    expect(here.invalidateTag).toHaveBeenCalledExactlyOnceWith("t");
    expect(here.delete).toHaveBeenCalledExactlyOnceWith("k");
    expect(here.clear).not.toHaveBeenCalled();
    hear('3 {"origin":"other","tags":[],"keys":[],"everything":true}');
    expect(here.clear).toHaveBeenCalledOnce();
  });
});

describe("invalidations", () => {
  it("of this process's own are not done twice when they come back", () => {
    const { store, here, link } = create();
    void store.invalidateTag("t");
    const [{ args } = { args: [] }] = link.sent;
    link.publish(`7 ${String(args.at(-1))}`);
    expect(here.invalidateTag).not.toHaveBeenCalled();
    link.publish(`8 ${String(args.at(-1)).replace(/"origin":"[^"]*"/, '"origin":"another"')}`);
    expect(here.invalidateTag).toHaveBeenCalledExactlyOnceWith("t");
  });

  it("hold for what is read while they are on their way", async () => {
    const { store, link, sent } = create();
    const value = encodeEntry("k", { entry: keptEntry("old"), tags: ["t"], generation: 0 });
    const read = async (): Promise<unknown> => {
      const reading = store.get("k");
      for (const { args, answer } of sent.splice(-2)) answer(args[0] === "GET" ? value : 60_000);
      return (await reading)?.entry.body.toString();
    };
    await link.up();
    expect(await read()).toBe("old");
    const invalidated = store.invalidateTag("t");
    expect(await read()).toBeUndefined();
    for (const { answer } of sent.splice(0)) answer("7");
    link.publish('7 {"origin":"this"}');
    await invalidated;
    expect(await read()).toBeUndefined();
  });

  it("hold for older entries, about which Redis is asked, even when they come while it is", async () => {
    const { store, link, sent } = create();
    await link.up("10");
    const value = encodeEntry("k", { entry: keptEntry("old"), tags: ["t"], generation: 3 });
    const read = async (record: string | null, meanwhile = ""): Promise<unknown> => {
      const reading = store.get("k");
      for (const { args, answer } of sent.splice(0)) answer(args[0] === "GET" ? value : 60_000);
      await eventually(() => expect(sent.map(({ args }) => args)).toEqual([["MGET", "p:tag:t"]]));
      link.publish(meanwhile);
      sent.shift()?.answer([record]);
      return (await reading)?.entry.body.toString();
    };
    expect(await read(null)).toBe("old");
    expect(await read("3")).toBe("old");
    expect(await read("4")).toBeUndefined();
    expect(await read("no number")).toBeUndefined();
    expect(await read(null, '11 {"origin":"another","tags":["t"]}')).toBeUndefined();
  });

  it("are over when this process has heard of them, too: what it stores then holds", async () => {
    const { store, link, sent } = create();
    await link.up();
    let isOver = false;
    const invalidated = store.invalidateTag("t").then(() => {
      isOver = true;
    });
    sent.shift()?.answer("7");
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    link.publish('7 {"origin":"this"}');
    await invalidated;
    store.set("k", keptEntry("new"), 1_000, ["t"]);
    const value = sent.shift()?.args[2];
    const reading = store.get("k");
    for (const { args, answer } of sent.splice(0)) answer(args[0] === "GET" ? value : 1_000);
    expect((await reading)?.entry.body.toString()).toBe("new");
    const unheard = store.invalidateTag("t");
    sent.shift()?.answer("9");
    await new Promise((resolve) => setImmediate(resolve));
    link.down();
    await unheard;
  });

  it("drop nothing here on connecting, unless some were missed or Redis has lost its data", async () => {
    const { here, link } = create();
    const done = (): number[] =>
      [here.clear, here.invalidateTagged].map((fn) => fn.mock.calls.length);
    await link.up(null);
    expect(done()).toEqual([0, 0]);
    link.publish('7 {"origin":"other"}');
    await link.up("7");
    expect(done()).toEqual([0, 0]);
    await link.up("8");
    expect(done()).toEqual([1, 0]);
    await link.up(null);
    expect(done()).toEqual([1, 1]);
  });
});

describe("invalidations that wait for Redis", () => {
  it("are each kept once, and become one of everything when there are too many", () => {
    const pending = createPending(3);
    const of = (tags: string[], keys: string[] = []) => ({ tags, keys, everything: false });
    pending.add(of(["a", "b"], ["k"]));
    pending.add(of(["a"], ["k"]));
    expect(pending.take()).toEqual(of(["a", "b"], ["k"]));
    expect(pending.take()).toEqual(of([]));
    pending.add(of(["a", "b"], ["k"]));
    pending.add(of(["c"]));
    pending.add(of(["d"], ["l"]));
    expect(pending.take()).toEqual({ tags: [], keys: [], everything: true });
    expect(pending.take()).toEqual(of([]));
  });
});
