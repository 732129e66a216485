/** A second attempt beside a slow first one: who wins, who is ended, and when there is none. */
import { describe, expect, it, vi } from "vitest";
import { UpstreamError } from "../../src/core/errors.ts";
import { hedge } from "../../src/upstream/layers/hedge.ts";
import { RetryBudget } from "../../src/upstream/retry-budget.ts";
import type { AnswerStream, Send, UpstreamCall } from "../../src/upstream/send.ts";
import {
  answerOf,
  callOf,
  guard,
  type Held,
  holdAttempts,
  recordEvents,
  type Told,
} from "./resilience-support.ts";
import { failureOf, type Recorder, startRecorder } from "./support.ts";

/** A service whose first answer never comes, and whose second comes at once. */
function slowOnce(): Promise<Recorder & { readonly gone: () => number }> {
  let gone = 0;
  let asked = 0;
  return startRecorder((_request, response) => {
    response.on("close", () => {
      if (!response.writableFinished) gone += 1;
    });
    if (asked++ > 0) response.writeHead(200).end("second");
  }).then((recorder) => ({ ...recorder, gone: () => gone }));
}

interface Setup {
  readonly send: Send;
  readonly attempts: Held[];
  readonly told: Told[];
  readonly budget: RetryBudget;
}

function setUp({ isBusy = false, earns = false } = {}): Setup {
  const { events, told } = recordEvents();
  const { next, attempts } = holdAttempts();
  const budget = new RetryBudget(0.2);
  const send = hedge({ hedgeMs: 5, budget, earns, events, isBusy: () => isBusy })(next);
  return { send, attempts, told, budget };
}

const two = (attempts: readonly Held[]): Promise<void> =>
  vi.waitFor(() => expect(attempts.length).toBe(2));
const lost = new UpstreamError("service-unreachable", { service: "svc", operation: "op" });
const hedgedEvent = (won: boolean): Told => ["hedged", { service: "svc", operation: "op", won }];

describe("a hedged call", () => {
  it("is answered by its second attempt when the first is slow, whose connection is closed", async () => {
    const { url, requests, gone } = await slowOnce();
    const { send, told, services } = guard(url, { hedgeMs: 20 });
    const call = callOf();
    expect(String((await send(call)).body)).toBe("second");
    expect([requests.length, call.notes?.attempts]).toEqual([2, 2]);
    expect(told).toEqual([hedgedEvent(true)]);
    await vi.waitFor(() => expect(gone()).toBe(1));
    expect(services.state().svc).toMatchObject({
      bulkhead: { active: 0, waiting: 0 },
      retryBudget: { tokens: 9 },
      // The one that lost says nothing about the service.
      breaker: { calls: 1, failures: 0 },
    });
  });

  it("is streamed from the attempt that won, which the call's own signal can still end", async () => {
    let asked = 0;
    const { url } = await startRecorder((_request, response) => {
      if (asked++ > 0) response.writeHead(200).write("beginning");
    });
    const { send } = guard(url);
    const controller = new AbortController();
    const call = callOf({ mode: "stream", hedgeMs: 20, signal: controller.signal });
    const body = (await send(call)).body as AnswerStream;
    const chunks = body[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe("beginning");
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await failureOf(chunks.next())).toBe(reason);
  });

  it("is one attempt when the answer comes in time", async () => {
    const { url, requests } = await startRecorder();
    const { send, told } = guard(url, { hedgeMs: 1_000 });
    expect((await send(callOf())).status).toBe(204);
    expect([requests.length, told]).toEqual([1, []]);
  });

  it("waits for the other attempt when one fails, and lets go of what came with the failure", async () => {
    const { send, attempts, told } = setUp();
    const discard = vi.fn();
    const answer = send(callOf({ mode: "stream" }));
    await two(attempts);
    attempts[1]?.resolve({ ...answerOf(503), body: { discard } as unknown as AnswerStream });
    attempts[0]?.resolve(answerOf(200));
    expect((await answer).status).toBe(200);
    expect(discard).toHaveBeenCalledTimes(1);
    expect(told).toEqual([hedgedEvent(false)]);
  });

  it("fails when both attempts fail, once", async () => {
    const { send, attempts, told } = setUp();
    const failed = failureOf(send(callOf()));
    await two(attempts);
    attempts[0]?.reject(lost);
    attempts[1]?.reject(new Error("later"));
    expect((await failed).message).toBe("later");
    expect(told).toEqual([hedgedEvent(false)]);
  });

  it("leaves a failure before the second attempt to whoever retries", async () => {
    const { send, attempts } = setUp();
    const failed = failureOf(send(callOf()));
    attempts[0]?.reject(lost);
    expect(await failed).toBe(lost);
    expect(attempts.length).toBe(1);
  });

  it("lets go of an answer that comes when the other has won", async () => {
    const { send, attempts } = setUp();
    const discard = vi.fn();
    const answer = send(callOf({ mode: "stream" }));
    await two(attempts);
    attempts[0]?.resolve(answerOf(200));
    await answer;
    attempts[1]?.resolve({ ...answerOf(200), body: { discard } as unknown as AnswerStream });
    await vi.waitFor(() => expect(discard).toHaveBeenCalledTimes(1));
  });

  it("ends both attempts when it is given up", async () => {
    const { url, requests } = await startRecorder(() => undefined);
    const { send, services } = guard(url, { hedgeMs: 20 });
    const controller = new AbortController();
    const failed = failureOf(send(callOf({ signal: controller.signal })));
    await vi.waitFor(() => expect(requests.length).toBe(2));
    const reason = new Error("left");
    controller.abort(reason);
    expect(await failed).toBe(reason);
    expect(services.state().svc).toMatchObject({
      bulkhead: { active: 0, waiting: 0 },
      breaker: { calls: 0 },
    });
  });

  it("is not retried on top: two attempts are all that a call gets", async () => {
    const { url, requests } = await startRecorder((_request, response) => {
      if (requests.length === 2) for (const end of ends) end();
      else ends.push(() => response.writeHead(503).end());
      if (requests.length > 1) response.writeHead(503).end();
    });
    const ends: (() => void)[] = [];
    const { send, told } = guard(url, { hedgeMs: 20 });
    const call = callOf();
    expect((await send(call)).status).toBe(503);
    expect([requests.length, call.notes?.attempts]).toEqual([2, 2]);
    expect(told).toEqual([hedgedEvent(false)]);
  });
});

describe("no second attempt is made", () => {
  it.each<[string, Partial<UpstreamCall>]>([
    ["of what is not idempotent", { method: "POST" }],
    ["where the call wants none", { retry: false }],
  ])("%s", async (_what, more) => {
    const { send, attempts } = setUp();
    const call = callOf(more);
    const answer = send(call);
    expect(attempts[0]?.call).toBe(call);
    attempts[0]?.resolve(answerOf(200));
    await answer;
  });

  it("while the service is busy or failing", async () => {
    const { send, attempts } = setUp({ isBusy: true });
    vi.useFakeTimers();
    try {
      const answer = send(callOf());
      vi.advanceTimersByTime(1_000);
      attempts[0]?.resolve(answerOf(200));
      await answer;
      expect(attempts.length).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("when the budget is spent, which is told", async () => {
    const { send, attempts, told, budget } = setUp();
    while (budget.spend());
    const answer = send(callOf());
    await vi.waitFor(() =>
      expect(told).toEqual([["budgetSpent", { service: "svc", operation: "op" }]]),
    );
    attempts[0]?.resolve(answerOf(200));
    await answer;
    expect(attempts.length).toBe(1);
  });

  it("without calls to pay for it: they fill the budget where nobody retries", async () => {
    const { send, attempts, budget } = setUp({ earns: true });
    while (budget.spend());
    for (let call = 0; call < 5; call++) {
      const answer = send(callOf({ method: "POST" }));
      attempts.shift()?.resolve(answerOf(200));
      await answer;
    }
    expect(budget.spend()).toBe(true);
  });
});
