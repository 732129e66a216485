/** Bodies that are kept while they go by, and callers that wait for one another. */
import { describe, expect, it } from "vitest";
import { type AnswerStore, createMemoryAnswerStore } from "../../../src/stores/answer-store.ts";
import { createFlights } from "../../../src/upstream/cache/flights.ts";
import { KeptStream } from "../../../src/upstream/cache/kept-stream.ts";
import type { AnswerStream, UpstreamAnswer } from "../../../src/upstream/send.ts";
import { type Bench, createBench, fresh, readAll, settle, TestStream } from "./support.ts";

const headers = { "cache-control": "max-age=60" };
const stream = { mode: "stream" } as const;

/** The body of the next answer is in the test's hands. */
function opens(bench: Bench, more: Partial<UpstreamAnswer> = {}): TestStream {
  const body = new TestStream([], "open");
  bench.reply = () => Promise.resolve({ status: 200, headers, body, ...more });
  return body;
}

const bodyOf = ({ body }: UpstreamAnswer): AnswerStream => body as AnswerStream;

describe("a body that goes by", () => {
  it("is kept when it is whole, and given out as a stream", async () => {
    const bench = createBench();
    const body = opens(bench);
    const reading = bench.raw(bench.call(stream)).then(({ body }) => readAll(body as AnswerStream));
    await settle();
    body.push("one ");
    expect(bench.store.health.entries).toBe(0);
    body.push("two");
    body.end();
    expect(await reading).toBe("one two");
    const { value, source, answer } = await bench.send(stream);
    expect([value, source]).toEqual(["one two", "cache"]);
    expect(answer.body).toBeInstanceOf(KeptStream);
  });

  it("is kept when it is iterated to its end, and not when that stops early", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    const iterate = async (stops: boolean): Promise<string> => {
      let text = "";
      for await (const chunk of bodyOf(await bench.raw(bench.call(stream)))) {
        text += chunk.toString();
        if (stops) break;
      }
      return text;
    };
    expect(await iterate(true)).toBe("answer 1");
    expect(bench.store.health.entries).toBe(0);
    expect(await iterate(false)).toBe("answer 2");
    expect(await iterate(false)).toBe("answer 2");
    expect(bench.asked.length).toBe(2);
  });

  it("is not kept when it breaks off, and its reader is told", async () => {
    const bench = createBench();
    const body = opens(bench);
    const reading = bench.send(stream);
    await settle();
    body.push("half");
    body.end(new Error("cut"));
    await expect(reading).rejects.toThrow("cut");
    expect(bench.store.health.entries).toBe(0);
  });

  it("is not kept when nobody wants it", async () => {
    const bench = createBench();
    const body = opens(bench);
    bodyOf(await bench.raw(bench.call(stream))).discard();
    expect([body.discarded, bench.store.health.entries]).toEqual([true, 0]);
  });

  it("is not kept when it is too long, and goes on unharmed", async () => {
    const bench = createBench({ maxBodyBytes: 10 });
    const body = opens(bench);
    const reading = bench.send(stream);
    await settle();
    for (const text of ["12345", "67890", "1", "2345"]) body.push(text);
    body.end();
    expect((await reading).value).toBe("123456789012345");
    expect(bench.store.health.entries).toBe(0);
  });

  describe("to a slow reader", () => {
    const slow = async (maxBodyBytes: number): Promise<Slow> => {
      const bench = createBench({ maxBodyBytes });
      const body = opens(bench);
      const { body: stored } = await bench.raw(bench.call(stream));
      const got: string[] = [];
      const reader = {
        chunk: (chunk: Buffer) => got.push(chunk.toString()) === 0,
        end: () => void got.push("end"),
        fail: (error: Error) => void got.push(error.message),
      };
      (stored as AnswerStream).pipe(reader);
      return { bench, body, stored: stored as AnswerStream, got };
    };
    interface Slow {
      readonly bench: Bench;
      readonly body: TestStream;
      readonly stored: AnswerStream;
      readonly got: string[];
    }

    it("is kept as soon as the service has sent it, and comes in order", async () => {
      const { bench, body, stored, got } = await slow(100);
      expect(["a", "b", "c"].map((text) => body.push(text))).toEqual([true, true, true]);
      body.end();
      expect([bench.store.health.entries, got]).toEqual([1, ["a"]]);
      stored.resume();
      expect(got).toEqual(["a", "b"]);
      stored.resume();
      expect(got).toEqual(["a", "b", "c"]);
      stored.resume();
      stored.resume();
      expect(got).toEqual(["a", "b", "c", "end"]);
    });

    it("makes the service wait when it is too long to be kept", async () => {
      const { body, stored, got } = await slow(2);
      expect(["a", "b", "c"].map((text) => body.push(text))).toEqual([true, true, false]);
      stored.resume();
      stored.resume();
      expect(body.resumed).toBe(0);
      stored.resume();
      expect([got, body.resumed]).toEqual([["a", "b", "c"], 1]);
    });

    it("that breaks off is no whole one", async () => {
      const { body, stored, got } = await slow(100);
      body.push("a");
      body.push("b");
      body.end(new Error("cut"));
      stored.resume();
      stored.resume();
      expect(got).toEqual(["a", "cut"]);
    });
  });

  it("that nobody reads keeps nobody waiting when it is over", async () => {
    const bench = createBench();
    bench.reply = fresh(60);
    await bench.send({ ...stream, target: "/known" });
    const late = opens(bench);
    late.closed = Promise.resolve();
    late.end();
    const { body } = await bench.raw(bench.call(stream));
    bench.reply = fresh(60);
    expect((await bench.send(stream)).value).toBe("answer 3");
    // It is still there for whoever comes late.
    expect(await readAll(body as AnswerStream)).toBe("");
  });

  it("is read for the cache alone when the client has it already", async () => {
    const bench = createBench();
    bench.reply = { headers: { etag: '"1"' } };
    const policy = { ttl: "30s" } as const;
    const request = { ...stream, policy, headers: { "if-none-match": '"1"' } };
    expect((await bench.send(request)).answer.status).toBe(304);
    expect((await bench.send({ ...stream, policy })).value).toBe("answer 1");
    expect(bench.asked.length).toBe(1);
  });
});

describe("a body that is read for the cache alone", () => {
  it("is left when it is too long", async () => {
    const bench = createBench({ maxBodyBytes: 2 });
    const body = opens(bench, { headers: { etag: '"1"' } });
    const policy = { ttl: "30s" } as const;
    await bench.send({ ...stream, policy, headers: { "if-none-match": '"1"' } });
    expect([body.push("12"), body.discarded]).toEqual([true, false]);
    expect([body.push("3"), body.discarded]).toEqual([false, true]);
  });
});

describe("calls that want the same", () => {
  /** A bench that knows that answers of the operation are worth waiting for. */
  async function known(more: { store?: AnswerStore } = {}): Promise<Bench> {
    const bench = createBench(more);
    bench.reply = fresh(60);
    await bench.send({ ...stream, target: "/known" });
    return bench;
  }

  it("wait for the one that fetches it", async () => {
    const bench = await known();
    const body = opens(bench);
    const calls = [bench.send(stream), bench.send(stream), bench.send(stream)];
    await settle();
    expect(bench.asked.length).toBe(2);
    body.push("whole");
    body.end();
    const served = await Promise.all(calls);
    expect(served.map(({ value }) => value)).toEqual(["whole", "whole", "whole"]);
    expect(served.map(({ cacheStatus }) => cacheStatus)).toEqual([
      "fwd=miss; stored",
      "fwd=miss; collapsed",
      "fwd=miss; collapsed",
    ]);
    expect(bench.asked.length).toBe(2);
  });

  it("go themselves as soon as it is known that it will not be kept", async () => {
    const bench = await known();
    const slow = opens(bench, { headers: {} });
    const first = bench.send(stream);
    const second = bench.send(stream);
    bench.reply = {};
    await settle();
    expect((await second).value).toBe("answer 3");
    slow.end();
    await first;
    // And the next ones do not wait at all, not even for a head.
    bench.reply = () => new Promise(() => {});
    void bench.send(stream);
    void bench.send(stream);
    await settle();
    expect(bench.asked.length).toBe(5);
  });

  it.each<[string, (body: TestStream) => void]>([
    ["breaks off", (body) => body.end(new Error("cut"))],
    ["is too long", (body) => body.push("x".repeat(2_000))],
  ])("go themselves when it %s", async (_, harm) => {
    const bench = await known();
    const body = opens(bench);
    const first = bench.send(stream).catch(() => undefined);
    const second = bench.send(stream);
    await settle();
    bench.reply = fresh(60);
    harm(body);
    expect((await second).value).toBe("answer 3");
    body.end();
    await first;
  });

  it("go themselves when the one that fetches it does not want the body", async () => {
    const bench = await known();
    opens(bench);
    const first = bench.raw(bench.call(stream));
    const second = bench.send(stream);
    await settle();
    bench.reply = fresh(60);
    bodyOf(await first).discard();
    expect((await second).value).toBe("answer 3");
  });

  it("wait on while a slow reader takes what is over already", async () => {
    const bench = await known();
    const body = opens(bench);
    body.closed = Promise.resolve();
    const first = bench.send(stream);
    const second = bench.send(stream);
    await settle();
    await settle();
    expect(bench.asked.length).toBe(2);
    body.end();
    await first;
    expect((await second).cacheStatus).toBe("fwd=miss; collapsed");
  });

  it("do not wait for what is kept only to stand in for failures", async () => {
    const bench = createBench();
    await bench.send({ more: { staleMs: 60_000 } });
    bench.reply = () => new Promise(() => {});
    void bench.send();
    void bench.send();
    expect(bench.asked.length).toBe(3);
  });

  it("go themselves when the one that fetches it fails", async () => {
    const bench = await known();
    let fail = (): void => {};
    bench.reply = () =>
      new Promise((_, reject) => {
        fail = () => reject(new Error("no"));
      });
    const first = bench.send(stream);
    const second = bench.send(stream);
    await settle();
    bench.reply = fresh(60);
    fail();
    await expect(first).rejects.toThrow("no");
    expect((await second).value).toBe("answer 3");
  });

  it("wait no longer than their own request lasts", async () => {
    const bench = await known();
    const body = opens(bench);
    const first = bench.send(stream);
    const call = bench.call(stream);
    const second = bench.raw(call);
    await settle();
    const left = new Error("left");
    call.context.deadline.cancel(left);
    await expect(second).rejects.toBe(left);
    await expect(bench.raw(call)).rejects.toBe(left);
    body.end();
    await first;
  });

  it("wait no longer than their own signal lets them", async () => {
    const bench = await known();
    const body = opens(bench);
    const first = bench.send(stream);
    const controller = new AbortController();
    const left = new Error("left");
    const given = { ...stream, more: { signal: controller.signal } };
    const second = bench.send(given);
    await settle();
    controller.abort(left);
    await expect(second).rejects.toBe(left);
    await expect(bench.send(given)).rejects.toBe(left);
    body.end();
    await first;
  });

  it("wait no longer than they would for the service", async () => {
    const bench = await known();
    const body = opens(bench);
    const first = bench.send(stream);
    const second = bench.send({ ...stream, more: { timeoutMs: 5 } });
    bench.reply = fresh(60);
    expect((await second).value).toBe("answer 3");
    body.end();
    await first;
  });

  it("leave nothing behind", async () => {
    const flights = createFlights();
    const { call } = createBench();
    const flight = flights.start("a");
    expect(flights.start("a")).toBeUndefined();
    const waiting = flights.wait("a", call());
    flight?.land();
    await waiting;
    await flights.wait("a", call());
    const second = flights.start("a");
    // A flight that lands twice does not take the next one down.
    flight?.land();
    expect([second === undefined, flights.size]).toEqual([false, 1]);
    second?.land();
    expect(flights.size).toBe(0);
  });

  describe("in other processes", () => {
    function shared(): AnswerStore & { taken: string[]; released: number; holder: boolean } {
      const store = createMemoryAnswerStore({ maxBytes: 1_000_000 });
      const extended = {
        taken: [] as string[],
        released: 0,
        holder: false,
        get: store.get,
        set: store.set,
        delete: store.delete,
        invalidateTag: store.invalidateTag,
        close: store.close,
        get health() {
          return { ...store.health, redis: "up" as const };
        },
        lock(key: string) {
          extended.taken.push(key);
          const release = (): void => {
            extended.released += 1;
          };
          return Promise.resolve(extended.holder ? undefined : release);
        },
        waitFor: (key: string) => Promise.resolve(store.get(key) as never),
      };
      return extended;
    }

    it("wait for the one that fetches it: the lock is given back when the body is whole", async () => {
      const store = shared();
      const bench = await known({ store });
      store.taken.length = 0;
      const body = opens(bench);
      const reading = bench.send(stream);
      await settle();
      expect([store.taken.length, store.released]).toEqual([1, 0]);
      body.end();
      await reading;
      expect(store.released).toBe(1);
      await bench.send(stream);
      expect(store.taken.length).toBe(1);
    });

    it("are given what another process has brought", async () => {
      const store = shared();
      const bench = await known({ store });
      store.holder = true;
      const { waitFor } = store;
      store.waitFor = async (key) => {
        const other = createBench({ store });
        other.reply = { ...fresh(60), body: "theirs" };
        await other.send(stream);
        return waitFor?.(key, 1_000);
      };
      const { value, cacheStatus } = await bench.send(stream);
      expect([value, cacheStatus]).toEqual(["theirs", "fwd=miss; collapsed"]);
      expect(bench.asked.length).toBe(1);
    });

    it("go themselves when it brings nothing", async () => {
      const store = shared();
      const bench = await known({ store });
      store.holder = true;
      const served = await Promise.all([bench.send(stream), bench.send(stream)]);
      expect(served.map(({ source }) => source)).toContain("service");
      expect(bench.asked.length).toBeGreaterThan(1);
    });
  });
});
