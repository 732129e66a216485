/** Second attempts against real sockets: when there is one, when there is none, and what the caller gets. */

import { describe, expect, it, vi } from "vitest";
import { UpstreamError } from "../../src/core/errors.ts";
import { retry } from "../../src/upstream/layers/retry.ts";
import { RetryBudget } from "../../src/upstream/retry-budget.ts";
import type { AnswerStream, Send, UpstreamAnswer, UpstreamCall } from "../../src/upstream/send.ts";
import { takesQuery } from "../support/query-method.ts";
import { answerOf, callOf, guard } from "./resilience-support.ts";
import {
  closedUrl,
  createContext,
  failureOf,
  json,
  type Recorder,
  startRecorder,
  startSocket,
} from "./support.ts";

type Respond = NonNullable<Parameters<typeof startRecorder>[0]>;

/** Fails as it is told the first so many times, then answers 200. */
function failing(fail: Respond, times = 1): Promise<Recorder> {
  let left = times;
  return startRecorder((request, response, message) => {
    if (left-- > 0) fail(request, response, message);
    else response.writeHead(200).end("mended");
  });
}

const reset: Respond = (_request, response) => void response.destroy();
const cut: Respond = (_request, response) => {
  response.writeHead(200, { "content-length": "9" }).write("half", () => response.destroy());
};

describe("a second attempt", () => {
  it.each([
    ["a connection that is lost before the head", reset],
    ["an answer that is cut off", cut],
    ["502", json({}, 502)],
    ["503", json({}, 503)],
    ["504", json({}, 504)],
  ] as const)("mends %s", async (_what, fail) => {
    const { url, requests } = await failing(fail);
    const { send, told } = guard(url);
    const call = callOf();
    const answer = await send(call);
    expect([answer.status, String(answer.body)]).toEqual([200, "mended"]);
    expect(requests.length).toBe(2);
    expect(call.notes?.attempts).toBe(2);
    expect(told).toEqual([["retried", { service: "svc", operation: "op" }]]);
  });

  it.each([
    ["500", json({}, 500), 500],
    ["501", json({}, 501), 501],
    ["429", json({}, 429, { "retry-after": "0" }), 429],
    ["404", json({}, 404), 404],
  ] as const)("is not made after %s, which is the service's word", async (_what, fail, status) => {
    const { url, requests } = await failing(fail);
    const { send, told } = guard(url);
    expect((await send(callOf())).status).toBe(status);
    expect([requests.length, told]).toEqual([1, []]);
  });

  it("is the last: two failures are the caller's", async () => {
    const { url, requests } = await startRecorder(reset);
    const { send } = guard(url);
    const call = callOf();
    expect(await failureOf(send(call))).toMatchObject({ code: "service-unreachable" });
    expect([requests.length, call.notes?.attempts]).toEqual([2, 2]);
  });

  it("is made where nobody listens, and fails as fast", async () => {
    const { send, told } = guard(await closedUrl());
    const call = callOf();
    expect(await failureOf(send(call))).toMatchObject({
      code: "service-unreachable",
      message: "the service refused the connection",
    });
    expect([call.notes?.attempts, told.map(([name]) => name)]).toEqual([2, ["retried"]]);
  });

  it("is not made after a timeout: the caller has waited long enough", async () => {
    const { url, sockets } = await startSocket(() => undefined);
    const { send, told } = guard(url);
    const call = callOf({ timeoutMs: 40 });
    expect(await failureOf(send(call))).toMatchObject({ code: "service-timeout" });
    expect([call.notes?.attempts, told]).toEqual([1, []]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("is not made after a broken contract, which would be broken again", async () => {
    const { url, sockets } = await startSocket((socket) => void socket.end("what?\r\n\r\n"));
    const { send, told } = guard(url);
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "service-contract" });
    expect(told).toEqual([]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it.each(["HEAD", "OPTIONS", "PUT", "DELETE", ...(takesQuery ? ["QUERY"] : [])])(
    "is made of %s",
    async (method) => {
      const { url, requests } = await failing(reset);
      const { send } = guard(url);
      const body = method === "PUT" || method === "QUERY" ? "body" : null;
      expect((await send(callOf({ method, body }))).status).toBe(200);
      const sent = [method, body ?? ""];
      expect(requests.map((request) => [request.method, request.body])).toEqual([sent, sent]);
    },
  );

  it.each<[string, Partial<UpstreamCall>]>([
    ["of POST", { method: "POST", body: "body" }],
    ["of PATCH", { method: "PATCH", body: "body" }],
    ["of what no standard calls idempotent", { method: "REPORT" }],
    ["where the call says so", { retry: false }],
    ["of a streamed body, which is gone", { method: "PUT", body: streamed("body") }],
  ])("is never made %s", async (_what, more) => {
    const { url, requests } = await failing(json({}, 503));
    const { send, told } = guard(url);
    expect((await send(callOf(more))).status).toBe(503);
    expect([requests.length, told]).toEqual([1, []]);
  });

  it("is never made of a POST that was reset", async () => {
    const { url, sockets } = await startSocket((socket) => void socket.resetAndDestroy());
    const { send, told } = guard(url);
    const call = callOf({ method: "POST", body: "body" });
    expect(await failureOf(send(call))).toMatchObject({ code: "service-unreachable" });
    expect([call.notes?.attempts, told]).toEqual([1, []]);
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });

  it("is not made where configuration has none", async () => {
    const { url, requests } = await failing(json({}, 503));
    const { send } = guard(url, { retry: undefined });
    expect((await send(callOf())).status).toBe(503);
    expect(requests.length).toBe(1);
  });
});

describe("a second attempt of a streamed answer", () => {
  it("is made after a head of 503, whose body is let go", async () => {
    const { url, requests } = await failing((_request, response) => {
      response.writeHead(503).write("a body without an end");
    });
    const { send, services } = guard(url, { concurrency: 1 });
    const call = callOf({ mode: "stream" });
    const answer = await send(call);
    expect(answer.status).toBe(200);
    // At once, and not when nobody has read it for as long as an attempt may take.
    expect(call.context.deadline.remainingMs()).toBeGreaterThan(4_300);
    expect(await text(answer.body as AnswerStream)).toBe("mended");
    expect(requests.length).toBe(2);
    await vi.waitFor(() =>
      expect(services.state().svc?.bulkhead).toEqual({ active: 0, waiting: 0 }),
    );
  });

  it("is not made once the answer has been handed over", async () => {
    const { url, requests } = await failing(cut);
    const { send, told } = guard(url);
    const answer = await send(callOf({ mode: "stream" }));
    await expect(text(answer.body as AnswerStream)).rejects.toThrow("cut off");
    expect([requests.length, told]).toEqual([1, []]);
  });
});

describe("the wait before a second attempt", () => {
  it("is a random part of the backoff", async () => {
    const { url } = await failing(json({}, 503));
    const { send } = guard(url, { retry: { budget: 0.2, backoffMs: 200 } }, undefined, () => 0.3);
    const startedMs = performance.now();
    expect((await send(callOf())).status).toBe(200);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(58);
    expect(tookMs).toBeLessThan(200);
  });

  it("is as long as the service asks for, where the deadline allows it", async () => {
    const { url } = await failing(json({}, 503, { "retry-after": "1" }));
    const { send, told } = guard(url);
    const startedMs = performance.now();
    expect((await send(callOf())).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(998);
    expect(told.length).toBe(1);
  });

  it("lasts until the date that the service names", async () => {
    const nowMs = Date.parse("2026-11-23T10:00:00Z");
    const first = answerOf(503, { "retry-after": "Mon, 23 Nov 2026 10:00:01 GMT" });
    const answers = [first, answerOf(200)];
    const send = retry({
      rule: { budget: 0.2, backoffMs: 0 },
      budget: new RetryBudget(0.2),
      events: {},
      random: () => 0,
      now: () => nowMs,
      isRefusing: () => false,
    })(() => Promise.resolve(answers.shift() ?? first));
    const startedMs = performance.now();
    expect((await send(callOf())).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(998);
  });

  it("is not begun when too little would be left for an answer", async () => {
    const { url, requests } = await failing(json({}, 503, { "retry-after": "3" }));
    const { send, told } = guard(url);
    const context = createContext({ deadlineMs: 5_000 });
    const answer = await send(callOf({ context, timeoutMs: 4_000 }));
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "3"]);
    expect(context.deadline.remainingMs()).toBeGreaterThan(4_000);
    expect([requests.length, told]).toEqual([1, []]);
  });

  it("keeps nobody longer than a timeout would", async () => {
    const { url, requests } = await failing(json({}, 503, { "retry-after": "1" }));
    const { send } = guard(url);
    const call = callOf({ timeoutMs: 900 });
    expect((await send(call)).status).toBe(503);
    expect(call.context.deadline.remainingMs()).toBeGreaterThan(4_000);
    expect(requests.length).toBe(1);
  });

  it.each(["the client leaves", "the call is given up"])("ends when %s", async (who) => {
    const { url, requests } = await failing(reset);
    const rule = { budget: 0.2, backoffMs: 4_000 };
    const { send, services } = guard(url, { retry: rule }, undefined, () => 0.5);
    const controller = new AbortController();
    const call = callOf({ signal: controller.signal });
    const failed = failureOf(send(call));
    await vi.waitFor(() => expect(requests.length).toBe(1));
    await vi.waitFor(() =>
      expect(services.state().svc?.bulkhead).toEqual({ active: 0, waiting: 0 }),
    );
    const reason = new Error("over");
    if (who === "the client leaves") call.context.deadline.cancel(reason);
    else controller.abort(reason);
    const endedMs = performance.now();
    expect(await failed).toBe(reason);
    expect(performance.now() - endedMs).toBeLessThan(500);
    expect([requests.length, call.notes?.attempts]).toEqual([1, 1]);
  });
});

describe("the budget of second attempts", () => {
  it("lets an outage make ten of them, and then a fifth of the calls", async () => {
    const { url, requests } = await startRecorder(json({}, 503));
    const { send, told } = guard(url, { breaker: undefined });
    const count = (name: string): number => told.filter(([what]) => what === name).length;
    for (let sent = 0; sent < 12; sent++) await send(callOf());
    // Ten that were saved, and what twelve calls have earned since the first took one.
    expect([count("retried"), count("budgetSpent")]).toEqual([12, 0]);
    for (let sent = 0; sent < 50; sent++) expect((await send(callOf())).status).toBe(503);
    expect([count("retried"), count("budgetSpent")]).toEqual([22, 40]);
    expect(requests.length).toBe(62 + 22);
  });
});

describe("what a layer below refuses", () => {
  const refusal = new UpstreamError("overloaded", { service: "svc", operation: "op" });
  const lost = new UpstreamError("service-unreachable", { service: "svc", operation: "op" });
  const start = (first: UpstreamAnswer | UpstreamError): Send => {
    let sent = 0;
    return retry({
      rule: { budget: 0.2, backoffMs: 0 },
      budget: new RetryBudget(0.2),
      events: {},
      random: () => 0,
      now: () => 0,
      isRefusing: () => false,
    })(() => {
      if (sent++ > 0) return Promise.reject(refusal);
      return first instanceof UpstreamError ? Promise.reject(first) : Promise.resolve(first);
    });
  };

  it("says less than the failure before, which stands", async () => {
    expect(await failureOf(start(lost)(callOf()))).toBe(lost);
    expect(await start(answerOf(503))(callOf())).toMatchObject({ status: 503 });
  });

  it("is all that is left when the failure was a body that has been let go", async () => {
    const body = { discard: vi.fn() } as unknown as AnswerStream;
    const send = start({ ...answerOf(503), body });
    expect(await failureOf(send(callOf({ mode: "stream" })))).toBe(refusal);
    expect(body.discard).toHaveBeenCalledTimes(1);
  });

  it("is not waited for: an open breaker ends the tries, and the failure stands", async () => {
    const { url, requests } = await startRecorder(reset);
    const breaker = {
      threshold: 0.5,
      minimumCalls: 1,
      windowMs: 10_000,
      cooldownMs: 60_000,
      perOperation: false,
    };
    const { send, told } = guard(url, { breaker });
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "service-unreachable" });
    expect(requests.length).toBe(1);
    expect(told.map(([name]) => name)).toEqual(["breaker"]);
  });
});

async function* streamed(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

async function text(body: AnswerStream): Promise<string> {
  let whole = "";
  for await (const chunk of body) whole += chunk.toString();
  return whole;
}
