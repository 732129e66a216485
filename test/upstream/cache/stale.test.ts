/** What becomes of an answer that is not fresh any more: validated, given out meanwhile, or put in place of a failure. */
import { describe, expect, it } from "vitest";
import { GatewayError, UpstreamError } from "../../../src/core/errors.ts";
import { type Bench, createBench, fresh, settle } from "./support.ts";

const unreachable = (): UpstreamError =>
  new UpstreamError("service-unreachable", { service: "svc", operation: "op" });

/** A bench with one answer that has just become stale. */
async function stale(directives: string, more: Record<string, string> = {}): Promise<Bench> {
  const bench = createBench();
  bench.reply = { headers: { "cache-control": `max-age=10${directives}`, ...more } };
  await bench.send();
  bench.pass(10_000);
  return bench;
}

describe("a stale answer that can be validated", () => {
  const validators = { etag: '"1"', "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };

  it("is confirmed by a 304, and fresh again with the fields that came with it", async () => {
    const bench = await stale("", { ...validators, "x-old": "1" });
    bench.reply = { status: 304, headers: { "cache-control": "max-age=20", "x-new": "2" } };
    const given = { headers: { "if-none-match": '"0"', range: "bytes=0-1", accept: "text/plain" } };
    const { value, source, cacheStatus, answer } = await bench.send(given);
    expect([value, source, cacheStatus]).toEqual([
      "an",
      "cache",
      "fwd=stale; fwd-status=304; stored",
    ]);
    expect(answer.headers).toMatchObject({ "x-old": "1", "x-new": "2", etag: '"1"', age: "0" });
    expect(bench.asked[1]?.headers).toEqual({
      accept: "text/plain",
      "if-none-match": '"1"',
      "if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT",
    });
    bench.pass(19_999);
    expect((await bench.send()).value).toBe("answer 1");
    expect(bench.asked.length).toBe(2);
    expect(bench.results).toEqual(["revalidated", "hit"]);
  });

  it("is given out once more, and is gone, when its 304 says that it may not be kept", async () => {
    const bench = await stale("", validators);
    bench.reply = { status: 304, headers: { "cache-control": "no-store" } };
    const { value, cacheStatus } = await bench.send();
    expect([value, cacheStatus]).toEqual(["answer 1", "fwd=stale; fwd-status=304"]);
    expect(bench.store.health.entries).toBe(0);
  });

  it("is replaced by another answer", async () => {
    const bench = await stale("", validators);
    expect((await bench.send()).value).toBe("answer 2");
    expect((await bench.send()).value).toBe("answer 2");
    expect(bench.asked.length).toBe(2);
  });

  it("is gone when the service has an answer that may not be kept", async () => {
    const bench = await stale("", validators);
    bench.reply = { status: 404 };
    expect((await bench.send()).answer.status).toBe(404);
    expect(bench.store.health.entries).toBe(0);
  });

  it.each([500, 429])("stays when the service answers %d", async (status) => {
    const bench = await stale("", validators);
    bench.reply = { status };
    expect((await bench.send()).answer.status).toBe(status);
    bench.reply = { status: 304 };
    expect((await bench.send()).value).toBe("answer 1");
  });

  it("is validated before each use when it says so", async () => {
    const bench = createBench();
    bench.reply = { headers: { "cache-control": "no-cache", etag: '"1"' } };
    await bench.send();
    bench.reply = { status: 304 };
    expect((await bench.send()).value).toBe("answer 1");
    expect((await bench.send()).value).toBe("answer 1");
    expect(bench.asked.length).toBe(3);
  });

  it("confirms to the client what the client has", async () => {
    const bench = await stale("", validators);
    bench.reply = { status: 304 };
    const headers = { "if-none-match": '"1"' };
    expect((await bench.send({ headers })).answer.status).toBe(304);
    bench.pass(10_000);
    bench.reply = { headers: validators };
    expect((await bench.send({ headers })).answer.status).toBe(304);
    expect((await bench.send({ headers: { "if-none-match": '"2"' } })).value).toBe("answer 4");
  });
});

describe("an answer that may be given out while it is fetched anew", () => {
  it("is, and one call fetches it behind the backs of all", async () => {
    const bench = await stale(", stale-while-revalidate=60");
    const [first, second] = await Promise.all([bench.send(), bench.send()]);
    expect([first.value, first.source, first.cacheStatus]).toEqual([
      "answer 1",
      "cache",
      "hit; ttl=0",
    ]);
    expect(second.value).toBe("answer 1");
    await settle();
    expect((await bench.send()).value).toBe("answer 2");
    expect(bench.asked.length).toBe(2);
    expect(first.call.context.degradations).toEqual([]);
    expect(bench.background.size).toBe(0);
  });

  it("is not when that time is over as well", async () => {
    const bench = await stale(", stale-while-revalidate=60");
    bench.pass(60_000);
    expect((await bench.send()).value).toBe("answer 2");
  });

  it("is for the time of the call's rule", async () => {
    const policy = { ttl: "10s", stale: "1m" } as const;
    const bench = createBench();
    await bench.send({ policy });
    bench.pass(40_000);
    expect((await bench.send({ policy })).value).toBe("answer 1");
    await settle();
    expect((await bench.send({ policy })).value).toBe("answer 2");
  });

  it("is fetched in a time of its own: not the caller's, whose signal and stand-in are not passed on", async () => {
    const bench = await stale(", stale-while-revalidate=60");
    const { signal } = new AbortController();
    const { call } = await bench.send({ more: { signal, fallback: { value: 1 } } });
    call.context.deadline.cancel(new Error("the client left"));
    const made = bench.asked[1];
    expect(made?.context.deadline).not.toBe(call.context.deadline);
    expect(made?.context.deadline.aborted).toBe(false);
    expect(made?.context.deadline.remainingMs()).toBeGreaterThan(100_000);
    expect([made?.signal, made?.fallback, made?.mode]).toEqual([undefined, undefined, "collect"]);
    await settle();
    expect((await bench.send()).value).toBe("answer 2");
  });

  it("stays when it cannot be fetched, and nobody is told of a masked failure", async () => {
    const bench = await stale(", stale-while-revalidate=60, stale-if-error=60");
    bench.reply = { status: 500 };
    await bench.send();
    await settle();
    bench.reply = () => Promise.reject(unreachable());
    await bench.send();
    await settle();
    expect((await bench.send()).value).toBe("answer 1");
    expect(bench.masked).toEqual([]);
    expect(bench.asked.length).toBe(4);
  });

  it("is not fetched any more when the gateway stops", async () => {
    const bench = await stale(", stale-while-revalidate=60");
    const reasons: unknown[] = [];
    bench.reply = ({ context: { deadline } }) =>
      new Promise((_, reject) => {
        deadline.watch({
          aborted(reason) {
            reasons.push(reason);
            reject(reason);
          },
        });
      });
    await bench.send();
    expect(bench.background.size).toBe(1);
    bench.background.close();
    await settle();
    expect(reasons).toEqual([expect.objectContaining({ code: "stopping" })]);
    expect(reasons[0]).toBeInstanceOf(GatewayError);
    await bench.send();
    expect([bench.background.size, bench.asked.length]).toEqual([0, 2]);
  });
});

describe("an answer near its end", () => {
  it("is fetched anew when it is asked for twice", async () => {
    const bench = createBench();
    bench.reply = fresh(100);
    await bench.send();
    bench.pass(89_999);
    await bench.send();
    await bench.send();
    expect(bench.asked.length).toBe(1);
    bench.pass(1);
    await bench.send();
    expect(bench.asked.length).toBe(1);
    expect((await bench.send()).value).toBe("answer 1");
    expect(bench.asked.length).toBe(2);
    await settle();
    const { value, cacheStatus } = await bench.send();
    expect([value, cacheStatus]).toEqual(["answer 2", "hit; ttl=100"]);
  });
});

describe("a failure", () => {
  it("is masked by a stale answer that allows it, and that is told", async () => {
    const bench = await stale(", stale-if-error=60");
    bench.reply = () => Promise.reject(unreachable());
    const { value, source, cacheStatus, call } = await bench.send({ more: { part: "/x" } });
    expect([value, source, cacheStatus]).toEqual(["answer 1", "stale", "fwd=stale"]);
    expect(call.context.degradations).toEqual([
      { part: "/x", service: "svc", operation: "op", reason: "service-unreachable", kind: "stale" },
    ]);
    expect(bench.masked).toMatchObject([{ reason: "service-unreachable", kind: "stale" }]);
    expect(bench.results).toEqual(["stale"]);
  });

  it.each([500, 502, 503, 504])("may be an answer of %d", async (status) => {
    const bench = await stale(", stale-if-error=60");
    bench.reply = { status };
    const { value, cacheStatus, call } = await bench.send({ mode: "collect" });
    expect([value, cacheStatus]).toEqual(["answer 1", `fwd=stale; fwd-status=${status}`]);
    expect(call.context.degradations).toMatchObject([{ reason: "service-failed" }]);
  });

  it.each([", stale-if-error=60, must-revalidate", ", s-maxage=10, stale-if-error=60", ""])(
    "is not masked where the answer says %j",
    async (directives) => {
      const bench = await stale(directives);
      bench.reply = () => Promise.reject(unreachable());
      await expect(bench.send()).rejects.toMatchObject({ code: "service-unreachable" });
      bench.reply = { status: 503 };
      expect((await bench.send()).answer.status).toBe(503);
    },
  );

  it("is not masked when the time for that is over", async () => {
    const bench = await stale(", stale-if-error=60");
    bench.pass(60_000);
    bench.reply = () => Promise.reject(unreachable());
    await expect(bench.send()).rejects.toMatchObject({ code: "service-unreachable" });
  });

  it("is not masked when it is none: the client left, or the gateway is wrong", async () => {
    const bench = await stale(", stale-if-error=60");
    const left = new Error("left");
    bench.reply = ({ context }) => {
      context.deadline.cancel(left);
      return Promise.reject(left);
    };
    await expect(bench.send()).rejects.toBe(left);
    bench.reply = () => Promise.reject(new TypeError("a mistake"));
    await expect(bench.send()).rejects.toThrow("a mistake");
  });

  it("is not masked when it is too late for any answer", async () => {
    const bench = await stale(", stale-if-error=60");
    const late = new UpstreamError("deadline-exceeded", { service: "svc", operation: "op" });
    bench.reply = ({ context }) => {
      context.deadline.cancel(new Error("the deadline has passed"));
      return Promise.reject(late);
    };
    await expect(bench.send()).rejects.toBe(late);
  });

  it("never masks another one: the stale answer stays stale", async () => {
    const bench = await stale(", stale-if-error=60");
    bench.reply = { status: 503 };
    await bench.send();
    bench.pass(60_000);
    expect((await bench.send()).answer.status).toBe(503);
  });
});

describe("an answer to a call that it may stand in for", () => {
  it("is kept for that, though never given out fresh", async () => {
    const bench = createBench();
    await bench.send({ more: { staleMs: 60_000 } });
    expect(bench.store.health.entries).toBe(1);
    expect((await bench.send()).value).toBe("answer 2");
    bench.pass(30_000);
    expect((await bench.send({ more: { staleMs: 60_000 } })).value).toBe("answer 3");
  });

  it.each([
    { status: 500 },
    { status: 404 },
    { headers: { "cache-control": "no-store" } },
    { headers: { "cache-control": "max age" } },
  ])("is not when it is %j", async (reply) => {
    const bench = createBench();
    bench.reply = reply;
    await bench.send({ more: { staleMs: 60_000 } });
    expect(bench.store.health.entries).toBe(0);
  });
});
