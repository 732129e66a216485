/** The two levels while Redis is being asked: what happens meanwhile wins. */
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeEntry } from "../../src/stores/redis/entry-codec.ts";
import { createLinkedAnswerStore } from "../../src/stores/tiered-answer-store.ts";
import { fakeRedisLink } from "../support/fake-redis-link.ts";
import { keptEntry, rememberingLog, textOf } from "../support/kept-entry.ts";

const minute = { ttlMs: 60_000 };

async function create() {
  const link = fakeRedisLink();
  const store = createLinkedAnswerStore({ maxBytes: 1_000_000, link, log: rememberingLog() });
  onTestFinished(() => store.close());
  await link.up();
  /** Begins to read the key; `arrive` lets Redis answer. */
  const ask = () => {
    const reading = textOf(store, "k");
    const asked = link.sent.splice(0);
    const arrive = (): Promise<string | undefined> => {
      const value = encodeEntry("k", { entry: keptEntry("far"), tags: ["t"], generation: 0 });
      for (const { args, answer } of asked) answer(args[0] === "GET" ? value : 60_000);
      return reading;
    };
    return { asked, arrive };
  };
  return { store, link, ask };
}

describe("an answer that is read from Redis", () => {
  it("is asked for once by many, and then kept here", async () => {
    const { store, ask } = await create();
    const { asked, arrive } = ask();
    const same = textOf(store, "k");
    expect(ask().asked).toEqual([]);
    expect(asked.map(({ args }) => args)).toEqual([
      ["GET", "p:answer:k"],
      ["PTTL", "p:answer:k"],
    ]);
    expect([await arrive(), await same]).toEqual(["far", "far"]);
    expect(store.get("k")).not.toBeInstanceOf(Promise);
  });

  it("is not given out when its key is deleted meanwhile, here or elsewhere", async () => {
    const { store, link, ask } = await create();
    const here = ask();
    store.delete("k");
    expect(await here.arrive()).toBeUndefined();
    expect(store.health.entries).toBe(0);
    const elsewhere = ask();
    link.publish('7 {"origin":"another","keys":["k"]}');
    expect(await elsewhere.arrive()).toBeUndefined();
    expect(store.health.entries).toBe(0);
  });

  it("is not given out when its tag, or everything, is invalidated meanwhile", async () => {
    const { store, link, ask } = await create();
    const tagged = ask();
    link.publish('7 {"origin":"another","tags":["t"]}');
    expect(await tagged.arrive()).toBeUndefined();
    const other = ask();
    link.publish('8 {"origin":"another","everything":true}');
    expect(await other.arrive()).toBeUndefined();
    expect(store.health.entries).toBe(0);
  });

  it("gives way to one that is stored meanwhile", async () => {
    const { store, ask } = await create();
    const { arrive } = ask();
    store.set("k", keptEntry("near"), minute);
    expect(await arrive()).toBe("near");
    expect(await textOf(store, "k")).toBe("near");
  });

  it("is asked for anew after that", async () => {
    const { store, ask } = await create();
    const first = ask();
    store.delete("k");
    const second = ask();
    expect(second.asked.map(({ args }) => args[0])).toContain("GET");
    expect(await first.arrive()).toBeUndefined();
    expect(await second.arrive()).toBe("far");
  });
});
