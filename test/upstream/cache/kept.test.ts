/** What the cache layer keeps, for whom, and for how long. */
import { describe, expect, it } from "vitest";
import { createBench, fresh, START } from "./support.ts";

const RULE = { ttl: "30s" } as const;

describe("an answer that is fresh by its own fields", () => {
  it("answers the next call, with its age and what is left", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    const first = await bench.send();
    expect([first.source, first.cacheStatus]).toEqual(["service", "fwd=miss; stored"]);
    bench.pass(10_500);
    const second = await bench.send();
    expect(second.value).toBe("answer 1");
    expect([second.source, second.cacheStatus]).toEqual(["cache", "hit; ttl=49"]);
    expect(second.answer.headers).toMatchObject({ age: "10", "cache-control": "max-age=60" });
    expect(second.answer.status).toBe(200);
    expect(bench.asked.length).toBe(1);
    expect(bench.results).toEqual(["hit"]);
  });

  it("is fetched again when it is not fresh any more", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    bench.pass(60_000);
    expect((await bench.send()).value).toBe("answer 2");
  });

  it("is read anew for every call", async () => {
    const bench = createBench();
    bench.reply = fresh(60, {});
    const read = (_status: number, _headers: object, body: Buffer): unknown => ({
      text: body.toString(),
    });
    const first = (await bench.send({ more: { read } })).value as { text: string };
    first.text = "mine";
    const second = (await bench.send({ more: { read } })).value as { text: string };
    second.text = "mine";
    expect((await bench.send({ more: { read } })).value).toEqual({ text: "answer 1" });
    expect(bench.asked.length).toBe(1);
  });

  it("is for nobody with another partition, and for no other target or service", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send({ partition: "ada" });
    expect((await bench.send({ partition: "bob" })).value).toBe("answer 2");
    expect((await bench.send({ partition: "" })).value).toBe("answer 3");
    expect((await bench.send({ partition: "ada", target: "/two" })).value).toBe("answer 4");
    const other = { partition: "ada", more: { service: "other" } };
    expect((await bench.send(other)).value).toBe("answer 5");
    expect((await bench.send({ partition: "ada" })).value).toBe("answer 1");
  });

  it("is not given to a call that reads it when it was relayed unread", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send({ mode: "stream" });
    expect((await bench.send()).value).toBe("answer 2");
  });

  it("is not kept where it is told not to be", async () => {
    for (const given of [{ policy: false }, {}] as const) {
      const bench = createBench({ settings: { cache: false } });
      bench.reply = fresh(60);
      const { cacheStatus } = await bench.send(given);
      expect(cacheStatus).toBe("fwd=bypass");
      await bench.send(given);
      expect(bench.asked.length).toBe(2);
      expect(bench.store.health.entries).toBe(0);
    }
  });

  it.each([
    { method: "POST" },
    { method: "HEAD" },
    { more: { identity: undefined } },
    { headers: { "cache-control": "no-store" } },
    { headers: { "if-match": '"1"' } },
  ])("is not kept of %j", async (given) => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send(given);
    await bench.send(given);
    expect(bench.asked.length).toBe(2);
    expect(bench.store.health.entries).toBe(0);
  });

  it("is not kept when it is a failure, unless it is declared to be the same for all", async () => {
    const bench = createBench();
    bench.reply = { ...fresh(60), status: 503 };
    await bench.send();
    expect(bench.store.health.entries).toBe(0);
    const policy = { public: "everyone sees the same" };
    await bench.send({ policy });
    expect((await bench.send({ policy })).answer.status).toBe(503);
    expect(bench.asked.length).toBe(2);
  });

  it("is not kept when it is longer than one answer may be", async () => {
    const bench = createBench({ maxBodyBytes: 10 });
    bench.reply = { ...fresh(60), body: "12345678901" };
    expect((await bench.send()).cacheStatus).toBe("fwd=miss");
    expect(bench.store.health.entries).toBe(0);
    bench.reply = { ...fresh(60), body: "1234567890" };
    await bench.send();
    expect(bench.store.health.entries).toBe(1);
  });

  it("costs a service that sends no such fields no look-up", async () => {
    const bench = createBench();
    let lookUps = 0;
    const { get } = bench.store;
    bench.store.get = (key) => {
      lookUps += 1;
      return get(key);
    };
    await bench.send();
    await bench.send();
    expect([lookUps, bench.results, bench.store.health.entries]).toEqual([0, [], 0]);
  });
});

describe("an answer with a rule of the call", () => {
  it("is kept for its time, whatever its fields say", async () => {
    const bench = createBench();
    bench.reply = { headers: { "cache-control": "no-store, private" } };
    await bench.send({ policy: RULE, partition: "ada" });
    bench.pass(29_999);
    const given = { policy: RULE, partition: "ada", headers: { "cache-control": "no-cache" } };
    expect((await bench.send(given)).value).toBe("answer 1");
    bench.pass(1);
    expect((await bench.send(given)).value).toBe("answer 2");
  });

  it("is kept for everybody only when it does not say otherwise", async () => {
    const policy = { ...RULE, public: true };
    for (const headers of [{}, { "cache-control": "no-store" }, { "cache-control": "private" }]) {
      const bench = createBench();
      bench.reply = { headers };
      await bench.send({ policy });
      await bench.send({ policy });
      expect(bench.asked.length).toBe("cache-control" in headers ? 2 : 1);
    }
  });

  it("is kept for a time of its own when there is nothing", async () => {
    const policy = { ...RULE, negative: "5s" } as const;
    const bench = createBench();
    bench.reply = { status: 404 };
    await bench.send({ policy });
    bench.pass(4_999);
    expect((await bench.send({ policy })).answer.status).toBe(404);
    expect(bench.asked.length).toBe(1);
    bench.pass(1);
    await bench.send({ policy });
    expect(bench.asked.length).toBe(2);
  });

  it.each([500, 404, 302, 206])("is not kept when its status is %d", async (status) => {
    const bench = createBench();
    bench.reply = { status };
    await bench.send({ policy: RULE });
    await bench.send({ policy: RULE });
    expect(bench.asked.length).toBe(2);
  });

  it("is kept as its fields say where the rule has no time, and stale for longer if the rule says so", async () => {
    const policy = { stale: "1m", negative: "5s" } as const;
    const bench = createBench({ settings: { cache: false } });
    bench.reply = fresh(10);
    await bench.send({ policy });
    bench.pass(69_000);
    expect((await bench.send({ policy })).cacheStatus).toBe("hit; ttl=-59");
    bench.reply = { status: 404 };
    await bench.send({ policy, target: "/two" });
    expect((await bench.send({ policy, target: "/two" })).cacheStatus).toBe("hit; ttl=5");
    bench.reply = fresh(10, { "cache-control": "max-age=10, must-revalidate" });
    await bench.send({ policy, target: "/three" });
    bench.pass(10_000);
    expect((await bench.send({ policy, target: "/three" })).source).toBe("service");
  });

  it("goes with its tags", async () => {
    const bench = createBench();
    await bench.send({ policy: { ...RULE, tags: ["products"] } });
    await bench.store.invalidateTag("products");
    expect((await bench.send({ policy: RULE })).value).toBe("answer 2");
  });

  it("is fetched whole, and the client's condition is evaluated here", async () => {
    const bench = createBench();
    bench.reply = { headers: { etag: '"1"', "content-type": "text/plain" } };
    const given = { policy: RULE, headers: { "if-none-match": '"1"', range: "bytes=0-1" } };
    for (const cacheStatus of ["fwd=miss; stored", "hit; ttl=30"]) {
      const served = await bench.send(given);
      expect(served.answer.status).toBe(304);
      expect(served.answer.headers).toMatchObject({ etag: '"1"' });
      expect(served.answer.headers["content-type"]).toBeUndefined();
      expect(served.cacheStatus).toBe(cacheStatus);
    }
    expect(bench.asked.map(({ headers }) => headers)).toEqual([{}]);
    expect((await bench.send({ policy: RULE })).value).toBe("answer 1");
  });
});

describe("a request", () => {
  it("has its conditions and ranges met by what is kept", async () => {
    const bench = createBench();
    bench.reply = { ...fresh(60, { etag: '"1"' }), body: "0123456789" };
    await bench.send({ mode: "stream" });
    const served = async (headers: Record<string, string>): Promise<unknown[]> => {
      const { answer, value } = await bench.send({ mode: "stream", headers });
      return [answer.status, value, answer.headers["content-range"]];
    };
    expect(await served({ "if-none-match": '"1"' })).toEqual([304, "", undefined]);
    expect(await served({ "if-none-match": '"2"' })).toEqual([200, "0123456789", undefined]);
    expect(await served({ range: "bytes=2-4" })).toEqual([206, "234", "bytes 2-4/10"]);
    expect(await served({ range: "bytes=12-" })).toEqual([416, "", "bytes */10"]);
    expect(await served({ range: "bytes=2-4", "if-range": '"2"' })).toEqual([
      200,
      "0123456789",
      undefined,
    ]);
    expect(bench.asked.length).toBe(1);
  });

  it("may refuse what is kept, and what it fetches is kept instead", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    const { value, cacheStatus } = await bench.send({ headers: { "cache-control": "no-cache" } });
    expect([value, cacheStatus]).toEqual(["answer 2", "fwd=request; stored"]);
    expect((await bench.send()).value).toBe("answer 2");
  });

  it("that refuses what is kept waits for nobody", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    bench.reply = () => new Promise(() => {});
    const given = { headers: { "cache-control": "no-cache" } };
    void bench.send(given);
    void bench.send(given);
    expect(bench.asked.length).toBe(3);
  });

  it("that is not to be stored is not answered from the store either", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    const { value, cacheStatus } = await bench.send({ headers: { "cache-control": "no-store" } });
    expect([value, cacheStatus]).toEqual(["answer 2", "fwd=bypass"]);
    expect((await bench.send()).value).toBe("answer 1");
  });

  it("may take only what is kept", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    const headers = { "cache-control": "only-if-cached" };
    await expect(bench.send({ headers })).rejects.toMatchObject({ status: 504 });
    await expect(bench.send({ headers, policy: RULE })).rejects.toMatchObject({ status: 504 });
    expect(bench.asked.length).toBe(0);
    await bench.send();
    expect((await bench.send({ headers })).value).toBe("answer 1");
  });

  it("with a condition for the service goes to the service", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    const { value, cacheStatus } = await bench.send({ headers: { "if-match": '"1"' } });
    expect([value, cacheStatus]).toEqual(["answer 2", "fwd=bypass"]);
    expect(bench.results).toEqual(["bypass"]);
  });
});

describe("answers that vary", () => {
  it("are kept side by side, each for the requests that it fits", async () => {
    const bench = createBench();
    bench.reply = fresh(60, { vary: "Accept-Language" });
    const served = async (language: string): Promise<unknown[]> => {
      const { value, cacheStatus } = await bench.send({ headers: { "accept-language": language } });
      return [value, cacheStatus];
    };
    expect(await served("en")).toEqual(["answer 1", "fwd=miss; stored"]);
    expect(await served("de")).toEqual(["answer 2", "fwd=vary-miss; stored"]);
    expect(await served("en")).toEqual(["answer 1", "hit; ttl=60"]);
    expect(await served("DE")).toEqual(["answer 2", "hit; ttl=60"]);
  });

  it("by what is forwarded are kept apart where one answer is for all", async () => {
    const bench = createBench({ settings: { forward: ["accept-language"] } });
    const policy = { ...RULE, public: true };
    bench.reply = { headers: { vary: "accept-language" } };
    const call = (language: string): Promise<{ value: unknown }> => {
      const { context } = bench.call();
      const headers = { "accept-language": language };
      return bench.send({ policy, more: { context: { ...context, headers } } });
    };
    expect((await call("en")).value).toBe("answer 1");
    expect((await call("de")).value).toBe("answer 2");
    expect((await call("en")).value).toBe("answer 1");
  });

  it("by everything are not kept", async () => {
    const bench = createBench();
    bench.reply = fresh(60, { vary: "*" });
    await bench.send();
    expect((await bench.send()).value).toBe("answer 2");
  });
});

describe("what is in the store", () => {
  it("is no answer when something else has put it there", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    const { get } = bench.store;
    for (const meta of [{}, { kind: "answer" }, { kind: "variants", names: 1 }]) {
      bench.store.get = () => ({
        status: 200,
        headers: {},
        body: Buffer.from("poison"),
        storedAtMs: START,
        meta,
      });
      expect((await bench.send()).value).not.toBe("poison");
    }
    bench.store.get = get;
  });

  it("is no answer to a call that cannot read it", async () => {
    const bench = createBench();
    bench.reply = fresh(60, { etag: '"1"' });
    await bench.send();
    const read = (_status: number, _headers: object, body: Buffer): unknown => {
      if (body.toString() === "answer 1") throw new Error("not mine");
      return "read";
    };
    expect((await bench.send({ more: { read } })).value).toBe("read");
    expect(bench.asked.map(({ headers }) => headers)).toEqual([{}, {}]);
  });

  it("may have to be waited for", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send();
    const { get } = bench.store;
    bench.store.get = (key) => Promise.resolve(get(key));
    expect((await bench.send()).cacheStatus).toBe("hit; ttl=60");
  });
});
