/** The queue of a bulkhead: in order, bounded, and empty when nobody waits any more. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createBulkhead } from "../../src/upstream/layers/bulkhead.ts";
import { answerOf, callOf, guard, holdAttempts, recordEvents } from "./resilience-support.ts";
import { createContext, failureOf, startRecorder } from "./support.ts";

describe("a full queue", () => {
  it("refuses one more, and says when to come back", async () => {
    const ends: (() => void)[] = [];
    const { url } = await startRecorder((_request, response) => {
      ends.push(() => response.writeHead(204).end());
    });
    const { send, told, services } = guard(url, { concurrency: 1, queue: 1 });
    const first = send(callOf());
    const second = send(callOf({ target: "/2" }));
    const call = callOf({ target: "/3" });
    expect(await failureOf(send(call))).toMatchObject({
      name: "UpstreamError",
      code: "overloaded",
      status: 503,
      service: "svc",
      operation: "op",
      message: "1 calls of this service are under way and 1 wait already",
      details: { retryAfterSeconds: 1 },
    });
    expect(call.notes?.attempts).toBe(0);
    expect(told).toEqual([["refused", { service: "svc", operation: "op", reason: "queue" }]]);
    expect(services.state().svc).toMatchObject({
      bulkhead: { active: 1, waiting: 1 },
      // What is refused here says nothing about the service.
      breaker: { calls: 0, failures: 0 },
    });
    for (const at of [0, 1]) {
      await vi.waitFor(() => expect(ends.length).toBe(at + 1));
      ends[at]?.();
    }
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([204, 204]);
    expect(services.state().svc?.bulkhead).toEqual({ active: 0, waiting: 0 });
  });

  it("can have no room at all", async () => {
    const { next, attempts } = holdAttempts();
    const { layer } = createBulkhead({ concurrency: 1, queue: 0, events: {} });
    const send = layer(next);
    const first = send(callOf());
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "overloaded" });
    attempts[0]?.resolve(answerOf(200));
    expect((await first).status).toBe(200);
    const third = send(callOf());
    attempts[1]?.resolve(answerOf(200));
    expect((await third).status).toBe(200);
  });

  it("gives way when a call in its middle is given up", async () => {
    const { next, attempts } = holdAttempts();
    const { layer, state } = createBulkhead({ concurrency: 1, queue: 3, events: {} });
    const send = layer(next);
    const contexts = [1, 2, 3].map(() => createContext());
    const first = send(callOf());
    const waits = contexts.map((context) => failureOf(send(callOf({ context }))));
    const reason = new Error("gone");
    contexts[1]?.deadline.cancel(reason);
    expect(await waits[1]).toBe(reason);
    expect(state()).toEqual({ active: 1, waiting: 2 });
    const next4 = send(callOf({ target: "/4" }));
    expect(state()).toEqual({ active: 1, waiting: 3 });
    contexts[2]?.deadline.cancel(reason);
    contexts[0]?.deadline.cancel(reason);
    attempts[0]?.resolve(answerOf(200));
    await first;
    expect(attempts.map(({ call }) => call.target)).toEqual(["/op", "/4"]);
    attempts[1]?.resolve(answerOf(200));
    expect((await next4).status).toBe(200);
    expect(state()).toEqual({ active: 0, waiting: 0 });
  });
});

describe("a wait that is over", () => {
  it("does not speak against the service, which has never been asked", async () => {
    const { url, requests } = await startRecorder(() => undefined);
    const { send, services } = guard(url, { concurrency: 1 });
    const first = send(callOf()).catch(() => undefined);
    const late = callOf({ target: "/2", context: createContext({ deadlineMs: 30 }) });
    expect(await failureOf(send(late))).toMatchObject({ code: "deadline-exceeded" });
    const masked = callOf({
      target: "/3",
      fallback: { value: 1 },
      context: createContext({ deadlineMs: 60 }),
    });
    expect((await send(masked)).standIn).toEqual({ value: 1 });
    expect([requests.length, late.notes?.attempts, masked.notes?.attempts]).toEqual([1, 0, 0]);
    expect(services.state().svc?.breaker).toMatchObject({ calls: 0, failures: 0 });
    void first;
  });
});

/** What happens next: a call comes, the oldest attempt ends (well or badly), or a waiting call is given up. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant("come" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom("answer" as const, "fail" as const) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("leave" as const), who: fc.nat(20) }) },
);

describe("whatever happens", () => {
  it("at most so many are under way, the others go in order, and nobody is forgotten", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const { events } = recordEvents();
        const { next, attempts } = holdAttempts();
        const { layer, state } = createBulkhead({ concurrency: 2, queue: 4, events });
        const send = layer(next);
        const template = callOf();
        const expected: { active: number[]; waiting: number[] } = { active: [], waiting: [] };
        const leave = new Map<number, AbortController>();
        const settled: Promise<unknown>[] = [];
        let begun = 0;
        let count = 0;
        const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
        for (const what of steps) {
          if (what.does === "come") {
            const number = count++;
            const controller = new AbortController();
            leave.set(number, controller);
            const call = { ...template, target: `/${number}`, signal: controller.signal };
            settled.push(send(call).catch((error: unknown) => error));
            if (expected.active.length < 2) expected.active.push(number);
            else if (expected.waiting.length < 4) expected.waiting.push(number);
          } else if (what.does === "leave") {
            const who = expected.waiting[what.who % Math.max(1, expected.waiting.length)];
            if (who === undefined) continue;
            leave.get(who)?.abort(new Error("left"));
            expected.waiting = expected.waiting.filter((number) => number !== who);
          } else {
            const attempt = attempts[begun];
            if (attempt === undefined) continue;
            begun += 1;
            if (what.does === "answer") attempt.resolve(answerOf(200));
            else attempt.reject(new Error("failed"));
            expected.active.shift();
            const following = expected.waiting.shift();
            if (following !== undefined) expected.active.push(following);
          }
          await flush();
          expect(state()).toEqual({
            active: expected.active.length,
            waiting: expected.waiting.length,
          });
          expect(attempts.slice(begun).map(({ call }) => call.target)).toEqual(
            expected.active.map((number) => `/${number}`),
          );
        }
        for (; begun < attempts.length; begun++) {
          attempts[begun]?.resolve(answerOf(200));
          await flush();
        }
        await Promise.all(settled);
        expect(state()).toEqual({ active: 0, waiting: 0 });
      }),
      { numRuns: 60 },
    );
  });
});
