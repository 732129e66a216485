/** What is kept of a target goes when the target is changed. */
import { describe, expect, it } from "vitest";
import { answerOf, createBench, fresh, type Given } from "./support.ts";

const METHODS = ["POST", "PUT", "PATCH", "DELETE"] as const;

describe("a write", () => {
  it.each(METHODS)(
    "by %s makes what is kept of its target invalid, for everybody",
    async (method) => {
      const bench = createBench();
      bench.reply = fresh(60, { vary: "a" });
      const readers: Given[] = [{ partition: "ada" }, { partition: "bob", headers: { a: "1" } }];
      for (const reader of readers) await bench.send(reader);
      await bench.send({ target: "/two" });
      expect((await bench.send({ method, partition: "ada" })).cacheStatus).toBe("fwd=method");
      expect(bench.asked.length).toBe(4);
      for (const reader of readers) expect((await bench.send(reader)).source).toBe("service");
      expect((await bench.send({ target: "/two" })).source).toBe("cache");
    },
  );

  it("makes invalid what its answer says has changed", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    for (const target of ["/two", "/three?x=1", "/four"]) await bench.send({ target });
    bench.reply = {
      status: 201,
      headers: { location: "two", "content-location": "http://svc.test/base/three?x=1" },
    };
    await bench.send({ method: "POST" });
    bench.reply = fresh(60);
    expect((await bench.send({ target: "/two" })).source).toBe("service");
    expect((await bench.send({ target: "/three?x=1" })).source).toBe("service");
    expect((await bench.send({ target: "/four" })).source).toBe("cache");
  });

  it.each([400, 500])("that is answered with %d changes nothing", async (status) => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    bench.reply = { status };
    await bench.send({ method: "POST" });
    expect((await bench.send()).source).toBe("cache");
  });

  it("that got no answer may have changed something", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    bench.reply = () => Promise.reject(new Error("cut off"));
    await expect(bench.send({ method: "POST" })).rejects.toThrow("cut off");
    bench.reply = fresh(60);
    expect((await bench.send()).source).toBe("service");
  });

  it("keeps what was asked for before it from being kept after it", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send({ target: "/other" });
    let answer = (): void => {};
    bench.reply = (call) =>
      call.method === "GET"
        ? new Promise((resolve) => {
            answer = () => resolve(answerOf(call, { ...fresh(60), body: "old" }));
          })
        : {};
    const reading = bench.send();
    await bench.send({ method: "PUT" });
    answer();
    expect((await reading).value).toBe("old");
    bench.reply = { ...fresh(60), body: "new" };
    expect((await bench.send()).value).toBe("new");
    expect((await bench.send()).source).toBe("cache");
  });
});
