/** What a stand-in masks, what it never masks, and that it is always told. */
import { describe, expect, it, onTestFinished } from "vitest";
import { createMemoryAnswerStore } from "../../src/stores/answer-store.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import type { ServicesOptions } from "../../src/upstream/services.ts";
import type { ServiceSettings } from "../../src/upstream/settings.ts";
import {
  type Connected,
  connect as connectWith,
  createContext,
  failureOf,
  jsonPlan,
  type Recorded,
  startRecorder,
} from "./support.ts";

const plan = jsonPlan({ path: ["/", { name: "id", style: "simple", explode: false }] });
const one = { path: { id: 1 } };

/** With somewhere to keep answers, as a gateway has it. */
function connect(
  url: string,
  plans: OperationPlan | readonly OperationPlan[],
  more: Partial<ServiceSettings> = {},
  options: ServicesOptions = {},
): Connected {
  const maxBytes = 1_000_000;
  const answers = createMemoryAnswerStore({ maxBytes });
  onTestFinished(() => answers.close());
  return connectWith(url, plans, more, { store: { answers, maxBytes }, ...options });
}

interface Service {
  readonly url: string;
  readonly requests: Recorded[];
  answer: { status: number; body?: string; headers?: Record<string, string> };
}

async function changeable(): Promise<Service> {
  const service: { answer: Service["answer"] } = { answer: { status: 200 } };
  const { url, requests } = await startRecorder(({ headers }, response) => {
    const {
      status,
      body = JSON.stringify({ for: headers.authorization ?? "all" }),
      headers: more = {},
    } = service.answer;
    response.writeHead(status, { "content-type": "application/json", ...more }).end(body);
  });
  return Object.assign(service, { url, requests });
}

describe("a given value", () => {
  it.each([500, 503, 599, 429])("stands in for an answer of %d", async (status) => {
    const service = await changeable();
    service.answer = { status };
    const { operation, events } = connect(service.url, plan);
    const context = createContext({ part: "/reviews" });
    expect(await operation(context)(one, { fallback: [] })).toEqual([]);
    const reason = status === 429 ? "too-many-requests" : "service-failed";
    expect(context.degradations).toEqual([
      { part: "/reviews", service: "svc", operation: "op", reason, kind: "default" },
    ]);
    expect(events).toMatchObject([{ outcome: "default" }]);
  });

  it.each([301, 400, 401, 403, 404, 409, 422])(
    "does not stand in for an answer of %d, which is the service's word",
    async (status) => {
      const service = await changeable();
      service.answer = { status };
      const context = createContext();
      const error = await failureOf(
        connect(service.url, plan).operation(context)(one, { fallback: [] }),
      );
      expect(error).toMatchObject({ details: { serviceStatus: status } });
      expect(context.degradations).toEqual([]);
    },
  );

  it.each([null, undefined, false, 0, ""])("can be %s", async (value) => {
    const service = await changeable();
    service.answer = { status: 500 };
    expect(
      await connect(service.url, plan).operation(createContext())(one, { fallback: value }),
    ).toBe(value);
  });

  it("does not stand in for input that cannot be sent", async () => {
    const { url } = await changeable();
    expect(
      await failureOf(connect(url, plan).operation(createContext())({}, { fallback: 1 })),
    ).toMatchObject({ code: "internal" });
  });

  it("is not used when all is well", async () => {
    const { url } = await changeable();
    const context = createContext();
    expect(await connect(url, plan).operation(context)(one, { fallback: 1 })).toEqual({
      for: "all",
    });
    expect(context.degradations).toEqual([]);
  });

  it("is told of the part for which the call was made, whatever runs when it fails", async () => {
    const service = await changeable();
    service.answer = { status: 500 };
    const context = createContext();
    const { operation } = connect(service.url, plan);
    context.part = "/a";
    const a = operation(context)(one, { fallback: 1 });
    context.part = "/b";
    const b = operation(context)(one, { fallback: 1 });
    context.part = "";
    await Promise.all([a, b]);
    expect(context.degradations.map(({ part }) => part).sort()).toEqual(["/a", "/b"]);
  });
});

describe("a stale answer", () => {
  it("stands in for a failed call, before a given value, as long as it was said", async () => {
    let nowMs = 0;
    const service = await changeable();
    const { operation, events } = connect(service.url, plan, {}, { now: () => nowMs });
    expect(await operation(createContext())(one, { stale: "1m" })).toEqual({ for: "all" });
    service.answer = { status: 500 };
    nowMs = 60_000;
    const context = createContext({ part: "/x" });
    expect(await operation(context)(one, { stale: "1m", fallback: 1 })).toEqual({ for: "all" });
    expect(context.degradations).toEqual([
      { part: "/x", service: "svc", operation: "op", reason: "service-failed", kind: "stale" },
    ]);
    expect(events.map(({ outcome }) => outcome)).toEqual(["answered", "stale"]);
    nowMs = 60_001;
    expect(await operation(createContext())(one, { stale: "1m", fallback: 1 })).toBe(1);
    expect(await failureOf(operation(createContext())(one, { stale: "1m" }))).toMatchObject({
      code: "service-failed",
    });
  });

  it("is a result, too, with its status and header fields", async () => {
    const service = await changeable();
    service.answer = { status: 200, headers: { "x-a": "1" } };
    const { operation } = connect(service.url, plan);
    await operation(createContext()).result(one, { stale: "1m" });
    service.answer = { status: 500 };
    expect(await operation(createContext()).result(one, { stale: "1m" })).toMatchObject({
      status: 200,
      headers: { "x-a": "1" },
      body: { for: "all" },
    });
    expect(
      await operation(createContext()).result({ path: { id: 2 } }, { stale: "1m" }),
    ).toMatchObject({ status: 500 });
  });

  it("is only what was good, safe and may be kept", async () => {
    const service = await changeable();
    const post = jsonPlan({ name: "post", method: "POST" });
    const { operation } = connect(service.url, [plan, post]);
    const kept = async (name: string, input = {}): Promise<unknown> => {
      service.answer = { status: 500 };
      return operation(createContext(), name)(input, { stale: "1m", fallback: "none" });
    };
    await operation(createContext(), "post")({}, { stale: "1m" });
    expect(await kept("post")).toBe("none");
    service.answer = { status: 200, headers: { "cache-control": "private, No-Store" } };
    await operation(createContext())(one, { stale: "1m" });
    expect(await kept("op", one)).toBe("none");
    service.answer = { status: 404 };
    await failureOf(operation(createContext())(one, { stale: "1m" }));
    expect(await kept("op", one)).toBe("none");
    service.answer = { status: 200, body: "{" };
    await failureOf(operation(createContext())(one, { stale: "1m" }));
    expect(await kept("op", one)).toBe("none");
    service.answer = { status: 200 };
    await operation(createContext())(one);
    expect(await kept("op", one)).toBe("none");
  });

  it("is never another caller's where credentials go on", async () => {
    const service = await changeable();
    const { operation } = connect(service.url, plan, { forward: ["authorization"] });
    const ada = (): ReturnType<typeof createContext> =>
      createContext({ headers: { authorization: "ada" } });
    const bob = (): ReturnType<typeof createContext> =>
      createContext({ headers: { authorization: "bob" } });
    expect(await operation(ada())(one, { stale: "1m" })).toEqual({ for: "ada" });
    service.answer = { status: 500 };
    expect(await operation(bob())(one, { stale: "1m", fallback: "none" })).toBe("none");
    expect(await operation(createContext())(one, { stale: "1m", fallback: "none" })).toBe("none");
    expect(await operation(ada())(one, { stale: "1m", fallback: "none" })).toEqual({ for: "ada" });
  });
});
