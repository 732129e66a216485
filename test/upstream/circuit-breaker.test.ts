/** When a failing service is left alone, what that takes, and how it comes back. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createDeadline } from "../../src/core/deadline.ts";
import { GatewayError, type ProblemCode, UpstreamError } from "../../src/core/errors.ts";
import type { BreakerRule } from "../../src/core/policies.ts";
import { withoutBlame } from "../../src/upstream/layers/blame.ts";
import {
  type CircuitBreaker,
  createCircuitBreaker,
} from "../../src/upstream/layers/circuit-breaker.ts";
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
import {
  closedUrl,
  createContext,
  failureOf,
  json,
  planOf,
  startRecorder,
  startSocket,
} from "./support.ts";

const RULE: BreakerRule = {
  threshold: 0.5,
  minimumCalls: 4,
  windowMs: 10_000,
  cooldownMs: 5_000,
  perOperation: false,
};

interface Setup {
  readonly breaker: CircuitBreaker;
  readonly send: Send;
  readonly attempts: Held[];
  readonly told: Told[];
  /** Sends a call that ends like this. */
  end(how: number | unknown, call?: UpstreamCall): Promise<unknown>;
  pass(ms: number): void;
}

/** A breaker over a service that a test plays, on a clock that it moves. */
function setUp(rule: Partial<BreakerRule> = {}): Setup {
  const { events, told } = recordEvents();
  // Of the wall clock, which cockatiel reads; given back when the test ends.
  vi.useFakeTimers({ toFake: ["Date"], now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  let nowMs = 0;
  const breaker = createCircuitBreaker({ rule: { ...RULE, ...rule }, clock: () => nowMs, events });
  const { next, attempts } = holdAttempts();
  const send = breaker.layer(next);
  return {
    breaker,
    send,
    attempts,
    told,
    end(how, call = callOf()) {
      const before = attempts.length;
      const result = send(call).then(
        (answer) => answer,
        (error: unknown) => error,
      );
      const attempt = attempts[before];
      if (typeof how === "number") attempt?.resolve(answerOf(how));
      else attempt?.reject(how);
      return result;
    },
    pass(ms) {
      nowMs += ms;
      vi.setSystemTime(nowMs);
    },
  };
}

const error = (code: ProblemCode): UpstreamError =>
  new UpstreamError(code, { service: "svc", operation: "op" });

/** The states that were told, in order. */
const states = (told: readonly Told[]): unknown[] =>
  told.filter(([name]) => name === "breaker").map(([, { state }]) => state);

describe("a closed breaker", () => {
  it("opens when the share of failures is reached, and not before there were enough calls", async () => {
    const { end, told, breaker } = setUp();
    for (const how of [500, 500, 500]) await end(how);
    expect(states(told)).toEqual([]);
    expect(breaker.state()).toEqual({ state: "closed", calls: 3, failures: 3 });
    await end(500);
    expect(told).toEqual([["breaker", { service: "svc", operation: undefined, state: "open" }]]);
    expect(breaker.state()).toMatchObject({ state: "open", probeInMs: 5_000 });
  });

  it("opens at exactly the share, and stays closed below it", async () => {
    const { end, told } = setUp({ minimumCalls: 20 });
    for (let call = 0; call < 11; call++) await end(200);
    for (let call = 0; call < 10; call++) await end(500);
    expect(states(told)).toEqual([]);
    await end(500);
    expect(states(told)).toEqual(["open"]);
  });

  it("can wait until every call fails", async () => {
    const { end, told } = setUp({ threshold: 1 });
    await end(200);
    for (let call = 0; call < 20; call++) await end(500);
    expect(states(told)).toEqual([]);
    const other = setUp({ threshold: 1 });
    for (let call = 0; call < 4; call++) await other.end(500);
    expect(states(other.told)).toEqual(["open"]);
  });

  it.each([
    ["500", 500],
    ["502", 502],
    ["503", 503],
    ["504", 504],
    ["a lost connection", error("service-unreachable")],
    ["a cut answer", error("service-failed")],
    ["a timeout", error("service-timeout")],
    ["a broken contract", error("service-contract")],
    ["a deadline that passed while the service did not answer", error("deadline-exceeded")],
  ])("counts %s as a failure", async (_what, how) => {
    const { end, breaker } = setUp();
    await end(how);
    expect(breaker.state()).toMatchObject({ calls: 1, failures: 1 });
  });

  it.each([200, 304, 400, 404, 409, 429, 501])("counts %d as an answer", async (status) => {
    const { end, breaker } = setUp();
    await end(status);
    expect(breaker.state()).toMatchObject({ calls: 1, failures: 0 });
  });

  it.each([
    ["a client that left", new Error("gone")],
    ["a full queue", error("overloaded")],
    ["a gateway that stops", error("stopping")],
    ["what could not be sent", new GatewayError("internal")],
    ["a service that was never asked", withoutBlame(error("deadline-exceeded"))],
  ])("does not count %s at all", async (_what, how) => {
    const { end, breaker } = setUp();
    await end(how);
    expect(breaker.state()).toMatchObject({ calls: 0, failures: 0 });
  });

  it("does not count the failure of another part, by which a call was ended", async () => {
    const { end, breaker } = setUp();
    const reason = error("service-failed");
    const context = createContext();
    const call = callOf({ context });
    context.deadline.cancel(reason);
    await end(reason, call);
    const signal = AbortSignal.abort(reason);
    await end(reason, callOf({ signal }));
    expect(breaker.state()).toMatchObject({ calls: 0, failures: 0 });
  });

  it("forgets what is older than its window, however quiet it was since", async () => {
    const { end, breaker, pass, told } = setUp();
    for (let call = 0; call < 3; call++) await end(500);
    pass(10_000);
    await end(500);
    expect(breaker.state()).toEqual({ state: "closed", calls: 1, failures: 1 });
    for (let second = 0; second < 30; second++) {
      pass(1_000);
      await end(second % 4 === 3 ? 500 : 200);
    }
    expect(breaker.state()).toMatchObject({ calls: 10 });
    expect(told).toEqual([]);
  });
});

describe("an open breaker", () => {
  async function opened(rule: Partial<BreakerRule> = {}): Promise<Setup> {
    const setup = setUp(rule);
    for (let call = 0; call < 4; call++) await setup.end(500);
    setup.told.length = 0;
    setup.attempts.length = 0;
    return setup;
  }

  it("answers without calling the service, and says when to come back", async () => {
    const { send, attempts, told, pass, breaker } = await opened();
    pass(1_500);
    const refused = await failureOf(send(callOf()));
    expect(refused).toMatchObject({
      name: "UpstreamError",
      code: "circuit-open",
      status: 503,
      service: "svc",
      operation: "op",
      details: { retryAfterSeconds: 4 },
    });
    expect(attempts).toEqual([]);
    expect(told).toEqual([["refused", { service: "svc", operation: "op", reason: "breaker" }]]);
    expect(breaker.isRefusing(callOf())).toBe(true);
    expect(breaker.state()).toMatchObject({ probeInMs: 3_500 });
  });

  it("lets one call through after its cooldown, refuses the others, and closes when it is answered", async () => {
    const { send, attempts, told, pass, breaker } = await opened();
    pass(5_000);
    expect(breaker.isRefusing(callOf())).toBe(false);
    const probe = send(callOf());
    expect(states(told)).toEqual(["half-open"]);
    for (let call = 0; call < 3; call++) {
      expect(await failureOf(send(callOf()))).toMatchObject({
        code: "circuit-open",
        details: { retryAfterSeconds: 1 },
      });
    }
    expect(attempts.length).toBe(1);
    attempts[0]?.resolve(answerOf(404));
    expect((await probe).status).toBe(404);
    expect(states(told)).toEqual(["half-open", "closed"]);
    expect(breaker.state()).toEqual({ state: "closed", calls: 0, failures: 0 });
    void send(callOf());
    void send(callOf());
    expect(attempts.length).toBe(3);
  });

  it.each([
    ["fails", 503],
    ["is not answered", error("service-timeout")],
  ])("opens for another cooldown when its probe %s", async (_what, how) => {
    const { end, send, told, pass } = await opened();
    pass(5_000);
    await end(how);
    expect(states(told)).toEqual(["half-open", "open"]);
    pass(4_999);
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "circuit-open" });
    pass(1);
    expect(await end(200)).toMatchObject({ status: 200 });
    expect(states(told)).toEqual(["half-open", "open", "half-open", "closed"]);
  });

  it("takes the next call for its probe when one was given up, or never sent", async () => {
    const { end, told, pass, attempts } = await opened();
    pass(5_000);
    await end(new Error("the client left"));
    await end(withoutBlame(error("deadline-exceeded")));
    expect(states(told)).toEqual(["half-open"]);
    await end(200);
    expect(attempts.length).toBe(3);
    expect(states(told)).toEqual(["half-open", "closed"]);
  });

  it("does not listen to calls that were under way when it opened", async () => {
    const { send, attempts, end, told, pass } = setUp();
    const early = send(callOf());
    const late = failureOf(send(callOf()));
    for (let call = 0; call < 4; call++) await end(500);
    attempts[0]?.resolve(answerOf(200));
    await early;
    expect(states(told)).toEqual(["open"]);
    pass(5_000);
    const probe = send(callOf());
    attempts[1]?.reject(error("service-timeout"));
    await late;
    expect(states(told)).toEqual(["open", "half-open"]);
    attempts.at(-1)?.resolve(answerOf(200));
    await probe;
    expect(states(told)).toEqual(["open", "half-open", "closed"]);
  });
});

describe("breakers of operations", () => {
  it("leave alone the one that fails, and it only", async () => {
    const { end, send, told, breaker } = setUp({ perOperation: true });
    const good = callOf({ operation: planOf({ name: "good" }) });
    await end(200, good);
    for (let call = 0; call < 4; call++) await end(500);
    expect(await failureOf(send(callOf()))).toMatchObject({ code: "circuit-open" });
    expect(await end(200, good)).toMatchObject({ status: 200 });
    expect(told[0]).toEqual(["breaker", { service: "svc", operation: "op", state: "open" }]);
    expect(breaker.state()).toMatchObject({
      operations: { good: { state: "closed", calls: 2 }, op: { state: "open" } },
    });
  });
});

describe("a breaker of a real service", () => {
  const rule = { ...RULE, minimumCalls: 2, cooldownMs: 60_000 };
  const settings = { breaker: rule, retry: undefined };

  it("keeps calls from a place where nobody listens, and tells its state", async () => {
    const { send, told, services } = guard(await closedUrl(), settings);
    for (let call = 0; call < 2; call++) {
      expect(await failureOf(send(callOf()))).toMatchObject({ code: "service-unreachable" });
    }
    const call = callOf();
    expect(await failureOf(send(call))).toMatchObject({ code: "circuit-open" });
    expect(call.notes?.attempts).toBe(0);
    expect(told.map(([name]) => name)).toEqual(["breaker", "refused"]);
    expect(services.state().svc?.breaker).toMatchObject({ state: "open" });
  });

  it("counts a service that does not answer until the deadline", async () => {
    const { url } = await startSocket(() => undefined);
    const { send, told } = guard(url, settings);
    for (let call = 0; call < 2; call++) {
      const context = createContext({ deadlineMs: 40 });
      expect(await failureOf(send(callOf({ context })))).toMatchObject({
        code: "deadline-exceeded",
      });
    }
    expect(states(told)).toEqual(["open"]);
  });

  it("does not blame a service for what others took of the deadline, nor for a caller in a hurry", async () => {
    const { url } = await startSocket(() => undefined);
    const { send, services } = guard(url, settings);
    let nowMs = 0;
    const late = createDeadline(1_000, () => nowMs);
    nowMs = 800;
    const first = failureOf(send(callOf({ context: createContext({ deadline: late }) })));
    late.cancel(new GatewayError("deadline-exceeded"));
    expect(await first).toMatchObject({ code: "deadline-exceeded" });
    const hurried = createDeadline(20, () => performance.now(), 1_000);
    const second = failureOf(send(callOf({ context: createContext({ deadline: hurried }) })));
    expect(await second).toMatchObject({ code: "deadline-exceeded" });
    const withStandIn = createContext({ deadline: createDeadline(20, undefined, 1_000) });
    const third = await send(callOf({ context: withStandIn, fallback: { value: 1 } }));
    expect(third.standIn).toEqual({ value: 1 });
    expect(services.state().svc?.breaker).toMatchObject({ state: "closed", failures: 0 });
  });

  it("counts streamed bodies that are cut off, not those that are let go", async () => {
    const { url } = await startRecorder(({ target }, response) => {
      response.writeHead(200, { "content-length": "9" });
      response.write("half", () => target === "/cut" && response.destroy());
    });
    const { send, services } = guard(url, settings);
    const stream = async (target: string): Promise<AnswerStream> =>
      (await send(callOf({ mode: "stream", target }))).body as AnswerStream;
    (await stream("/let-go")).discard();
    for (let call = 0; call < 2; call++) {
      const body = await stream("/cut");
      await body.closed;
    }
    await vi.waitFor(() =>
      expect(services.state().svc?.breaker).toMatchObject({ failures: 2, calls: 5 }),
    );
  });

  it("does not count a 404, whatever it is to the composer", async () => {
    const { url } = await startRecorder(json({}, 404));
    const { send, services } = guard(url, settings);
    for (let call = 0; call < 5; call++) await send(callOf());
    expect(services.state().svc?.breaker).toEqual({ state: "closed", calls: 5, failures: 0 });
  });
});
