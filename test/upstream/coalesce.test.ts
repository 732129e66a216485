/** Identical safe calls of several requests that are under way at the same time are made once. */

import type { ServerResponse } from "node:http";
import { describe, expect, it, vi } from "vitest";
import type { RequestContext } from "../../src/core/context.ts";
import { GatewayError } from "../../src/core/errors.ts";
import type { FallbackOptions } from "../../src/core/operation.ts";
import type { OperationInput } from "../../src/upstream/plan.ts";
import type { ServiceSettings } from "../../src/upstream/settings.ts";
import { takesQuery, withQuery } from "../support/query-method.ts";
import {
  type Connected,
  connect,
  createContext,
  failureOf,
  jsonPlan,
  type Recorded,
  startRecorder,
} from "./support.ts";

const query = [{ name: "q", style: "form", explode: true }] as const;
const body = { media: [{ mediaType: "application/json", kind: "json" }] } as const;
const plans = ["GET", "POST", "PUT", "DELETE", "PATCH", "QUERY"].map((method) =>
  jsonPlan({ name: method.toLowerCase(), method, query, body }),
);

interface Held extends Connected {
  readonly requests: readonly Recorded[];
  /** Resolves when the service has been asked so many times. */
  asked(times: number): Promise<void>;
  /** Answers what waits. */
  answer(value?: unknown, status?: number, headers?: Record<string, string>): void;
}

/** A service that answers nothing but writes until it is told to. */
async function hold(more: Partial<ServiceSettings> = {}): Promise<Held> {
  const waiting: ServerResponse[] = [];
  const { url, requests } = await startRecorder((request, response) => {
    if (request.method === "GET") waiting.push(response);
    else response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  return {
    ...connect(url, plans, more),
    requests,
    asked: (times) => vi.waitFor(() => expect(requests.length).toBe(times), { interval: 1 }),
    answer(value = { items: [{ id: 1 }] }, status = 200, headers = {}) {
      for (const response of waiting.splice(0)) {
        response
          .writeHead(status, { "content-type": "application/json", ...headers })
          .end(JSON.stringify(value));
      }
    },
  };
}

/** As many requests, each with a call. */
function callAll(
  { operation }: Held,
  contexts: readonly RequestContext[],
  input: OperationInput = {},
  options: FallbackOptions<unknown> = {},
): Promise<unknown>[] {
  return contexts.map((context) => operation(context, "get")(input, options));
}

const contexts = (count: number, more: Parameters<typeof createContext>[0] = {}) =>
  Array.from({ length: count }, () => createContext(more));

describe("identical safe calls of several requests", () => {
  it("are made once while they are under way, and again afterwards", async () => {
    const held = await hold();
    const calls = callAll(held, contexts(5));
    await held.asked(1);
    held.answer();
    expect(await Promise.all(calls)).toEqual(Array(5).fill({ items: [{ id: 1 }] }));
    const later = callAll(held, contexts(1));
    await held.asked(2);
    held.answer({ items: [] });
    expect(await Promise.all(later)).toEqual([{ items: [] }]);
  });

  it("get each an answer of their own, which nobody else can change", async () => {
    const held = await hold();
    const [first, second, third] = callAll(held, contexts(3)) as Promise<{ items: object[] }>[];
    await held.asked(1);
    held.answer();
    const mine = await first;
    mine?.items.push({ secret: true });
    Object.assign(mine?.items[0] ?? {}, { id: "changed" });
    expect(await second).toEqual({ items: [{ id: 1 }] });
    expect((await second)?.items).not.toBe((await third)?.items);
  });

  it("share an answer outside of 2xx, and a failure", async () => {
    const held = await hold();
    const answers = callAll(held, contexts(2));
    await held.asked(1);
    held.answer({ title: "no" }, 404);
    expect(await Promise.all(answers.map(failureOf))).toMatchObject(
      Array(2).fill({ code: "service-failed", details: { serviceStatus: 404 } }),
    );
    const failures = callAll(held, contexts(2));
    await held.asked(2);
    held.answer({}, 200, { "content-type": "text/html" });
    expect(await Promise.all(failures.map(failureOf))).toMatchObject(
      Array(2).fill({ code: "service-contract" }),
    );
  });

  it("have each their own stand-in and their own degradation", async () => {
    const held = await hold({ retry: undefined });
    const [one, two, three] = contexts(3);
    const calls = [
      held.operation(one as RequestContext, "get")({}, { fallback: 1 }),
      held.operation(two as RequestContext, "get")({}, { fallback: 2 }),
      held.operation(three as RequestContext, "get")(),
    ];
    await held.asked(1);
    held.answer({}, 500);
    expect(await Promise.all(calls.slice(0, 2))).toEqual([1, 2]);
    expect(await failureOf(calls[2] as Promise<unknown>)).toMatchObject({ code: "service-failed" });
    expect([one, two, three].map((context) => context?.degradations.length)).toEqual([1, 1, 0]);
  });

  it("are told as shared, without attempts, by all but the first", async () => {
    const held = await hold();
    const calls = callAll(held, contexts(3));
    await held.asked(1);
    held.answer();
    await Promise.all(calls);
    expect(held.events.map(({ outcome }) => outcome)).toEqual(["answered", "shared", "shared"]);
  });

  it("are made once by each caller when credentials go on", async () => {
    const held = await hold({ forward: ["authorization"] });
    const [ada, bob] = ["ada", "bob"].map((authorization) => ({ headers: { authorization } }));
    const calls = [
      ...callAll(held, contexts(2, ada)),
      ...callAll(held, contexts(2, bob)),
      ...callAll(held, contexts(2)),
    ];
    await held.asked(3);
    expect(held.requests.map(({ headers }) => headers.authorization)).toEqual([
      "ada",
      "bob",
      undefined,
    ]);
    held.answer();
    await Promise.all(calls);
  });

  it("are made once for all callers where the answer is the same for all", async () => {
    const held = await hold({ forward: ["authorization"] });
    const cache = { ttl: "1s", public: true } as const;
    const calls = ["ada", "bob"].flatMap((authorization) =>
      callAll(held, contexts(1, { headers: { authorization } }), {}, { cache }),
    );
    await held.asked(1);
    held.answer();
    await Promise.all(calls);
    expect(held.requests.length).toBe(1);
  });

  it("are made for every request where configuration says so", async () => {
    const held = await hold({ coalesce: false });
    const calls = callAll(held, contexts(3));
    await held.asked(3);
    held.answer();
    await Promise.all(calls);
  });

  const rows: [string, [OperationInput, FallbackOptions<unknown>]][] = [
    ["the input", [{ query: { q: 2 } }, {}]],
    ["a header field", [{ query: { q: 1 } }, { headers: { "x-a": "2" } }]],
    ["the timeout", [{ query: { q: 1 } }, { timeout: "1s" }]],
    ["a body", [{ query: { q: 1 }, body: 1 }, {}]],
    ["a signal", [{ query: { q: 1 } }, { signal: new AbortController().signal }]],
    ["how long the answer is kept", [{ query: { q: 1 } }, { cache: "1m" }]],
    ["that it is kept for later", [{ query: { q: 1 } }, { stale: "1m" }]],
    ["that it is not kept", [{ query: { q: 1 } }, { cache: false }]],
  ];
  it.each(rows)("are not those that differ in, or have, %s", async (_what, [input, options]) => {
    const held = await hold();
    const calls = [
      ...callAll(held, contexts(1), { query: { q: 1 } }),
      ...callAll(held, contexts(1), input, options),
    ];
    await held.asked(2);
    held.answer();
    await Promise.all(calls);
  });

  it("may each say how long the answer is kept, as long as they say the same", async () => {
    const held = await hold();
    const cache = { ttl: "1m", tags: ["a", "b"] } as const;
    const calls = callAll(held, contexts(3), {}, { cache });
    calls.push(...callAll(held, contexts(1), {}, { cache: { ttl: "1m", tags: ["a", "c"] } }));
    await held.asked(2);
    held.answer();
    await Promise.all(calls);
  });

  it("need not all want the answer kept for later, when the first does", async () => {
    const held = await hold();
    const calls = callAll(held, contexts(1), {}, { stale: "1m" });
    calls.push(...callAll(held, contexts(1), {}, { stale: "1s" }), ...callAll(held, contexts(1)));
    await held.asked(1);
    held.answer();
    await Promise.all(calls);
    expect(held.requests.length).toBe(1);
  });

  it("are not those of a streamed answer", async () => {
    const held = await hold();
    const send = held.services.send("svc");
    const plan = plans[0];
    if (plan === undefined) throw new Error("no plan");
    const call = () =>
      send({
        service: "svc",
        operation: plan,
        method: "GET",
        target: "/op",
        headers: {},
        body: null,
        mode: "stream",
        context: createContext(),
        timeoutMs: 1_000,
        identity: "get GET /op",
        partition: "",
      });
    const calls = [call(), call()];
    await held.asked(2);
    held.answer();
    for (const { body } of await Promise.all(calls)) if (!Buffer.isBuffer(body)) body.discard();
  });
});

describe("a shared call", () => {
  it("outlives the request that began it", async () => {
    const held = await hold();
    const [first, second] = contexts(2);
    const [gone, waiting] = callAll(held, [first, second] as RequestContext[]);
    await held.asked(1);
    const left = new Error("the client left");
    first?.deadline.cancel(left);
    expect(await failureOf(gone as Promise<unknown>)).toBe(left);
    held.answer();
    expect(await waiting).toEqual({ items: [{ id: 1 }] });
    expect(held.requests.length).toBe(1);
  });

  it("takes in others after the request that began it has left", async () => {
    const held = await hold();
    const [first, second, third] = contexts(3) as [RequestContext, RequestContext, RequestContext];
    const [gone, ...waiting] = callAll(held, [first, second]);
    await held.asked(1);
    first.deadline.cancel(new Error("left"));
    waiting.push(...callAll(held, [third]));
    await failureOf(gone as Promise<unknown>);
    held.answer();
    expect(await Promise.all(waiting)).toEqual(Array(2).fill({ items: [{ id: 1 }] }));
    expect(held.requests.length).toBe(1);
  });

  it("ends when the last of its callers has left, and takes in nobody after that", async () => {
    const closed = vi.fn();
    const { url, requests } = await startRecorder((_request, _response, message) => {
      message.socket.on("close", closed);
    });
    const { operation } = connect(url, plans);
    const all = contexts(3);
    const calls = all.map((context) => operation(context, "get")());
    await vi.waitFor(() => expect(requests.length).toBe(1));
    for (const { deadline } of all.slice(1)) deadline.cancel(new Error("left"));
    await Promise.all(calls.slice(1).map(failureOf));
    expect(closed).not.toHaveBeenCalled();
    all[0]?.deadline.cancel(new Error("left as well"));
    const next = createContext();
    const late = operation(next, "get")();
    expect(await failureOf(calls[0] as Promise<unknown>)).toMatchObject({
      message: "left as well",
    });
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
    await vi.waitFor(() => expect(requests.length).toBe(2));
    next.deadline.cancel(new Error("enough"));
    await failureOf(late);
  });

  it("ends for each caller at its own deadline", async () => {
    const held = await hold();
    const [short, long] = [createContext({ deadlineMs: 60 }), createContext({ deadlineMs: 4_000 })];
    const [early, late] = callAll(held, [short, long]);
    expect(await failureOf(early as Promise<unknown>)).toMatchObject({
      code: "deadline-exceeded",
      service: "svc",
      operation: "get",
    });
    held.answer();
    expect(await late).toEqual({ items: [{ id: 1 }] });
  });

  it("ends for a caller with a stand-in in time for it, and for nobody else", async () => {
    const held = await hold();
    const [short, long] = [createContext({ deadlineMs: 1_000 }), createContext()];
    const [early, late] = [
      held.operation(short, "get")({}, { fallback: "instead" }),
      held.operation(long, "get")(),
    ];
    expect(await early).toBe("instead");
    expect(short.deadline.remainingMs()).toBeGreaterThan(0);
    held.answer();
    expect(await late).toEqual({ items: [{ id: 1 }] });
  });

  it("takes in nobody who could wait for longer than its timeout, while its attempt has no timer", async () => {
    const held = await hold({ timeoutMs: 500 });
    const calls = callAll(held, [createContext({ deadlineMs: 300 })]);
    calls.push(...callAll(held, [createContext({ deadlineMs: 450 })]));
    await held.asked(1);
    calls.push(...callAll(held, [createContext({ deadlineMs: 5_000 })]));
    await held.asked(2);
    held.answer();
    await Promise.all(calls);
  });

  it("takes in nobody when it is as old as its timeout: what hangs is not joined for ever", async () => {
    let nowMs = 0;
    const waiting: ServerResponse[] = [];
    const { url, requests } = await startRecorder((_request, response) => {
      waiting.push(response);
    });
    const { operation } = connect(url, plans, { timeoutMs: 8_000 }, { clock: () => nowMs });
    const calls = [operation(createContext(), "get")()];
    nowMs = 7_999;
    calls.push(operation(createContext(), "get")());
    nowMs = 8_000;
    calls.push(operation(createContext(), "get")());
    calls.push(operation(createContext(), "get")());
    await vi.waitFor(() => expect(requests.length).toBe(2));
    for (const response of waiting) response.writeHead(204).end();
    await Promise.all(calls);
    expect(requests.length).toBe(2);
  });
});

describe("a write", () => {
  it.each(["post", "put", "patch", "delete"])(
    "keeps later calls from joining those begun before it ended: %s",
    async (name) => {
      const held = await hold();
      const calls = callAll(held, contexts(1));
      await held.asked(1);
      const writing = createContext();
      await held.operation(writing, name)({ body: 1 });
      // The same request, and another one: both must see what was written.
      calls.push(...callAll(held, [writing]), ...callAll(held, contexts(1)));
      await held.asked(3);
      held.answer();
      await Promise.all(calls);
    },
  );

  it("that fails may have been done all the same", async () => {
    const { url, requests } = await startRecorder((request, response) => {
      if (request.method === "POST") response.destroy();
    });
    const { operation } = connect(url, plans);
    const calls = [operation(createContext(), "get")()];
    await failureOf(operation(createContext(), "post")({ body: 1 }));
    const stopped = contexts(2);
    calls.push(...stopped.map((context) => operation(context, "get")()));
    await vi.waitFor(() => expect(requests.length).toBe(3));
    expect(requests.map(({ method }) => method).sort()).toEqual(["GET", "GET", "POST"]);
    const reason = new GatewayError("stopping");
    for (const { deadline } of stopped) deadline.cancel(reason);
    await Promise.all(calls.slice(1).map(failureOf));
  });

  it.skipIf(!takesQuery)(withQuery("is no safe call with a body"), async () => {
    const held = await hold();
    const calls = callAll(held, contexts(1));
    await held.asked(1);
    await held.operation(createContext(), "query")({ body: 1 });
    calls.push(...callAll(held, contexts(1)));
    held.answer();
    await Promise.all(calls);
    expect(held.requests.map(({ method }) => method)).toEqual(["GET", "QUERY"]);
  });
});
