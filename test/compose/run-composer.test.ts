import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createCompose } from "../../src/compose/compose.ts";
import { reply } from "../../src/compose/reply.ts";
import { runComposer } from "../../src/compose/run-composer.ts";
import { GatewayError, problem } from "../../src/core/errors.ts";
import { createContext, deferred, invocation, settle } from "./support.ts";

const compose = createCompose<Record<string, never>>();

const unhandled = vi.fn();
beforeEach(() => {
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  vi.useRealTimers();
  await settle();
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

it("promises in an answer that comes when the request is over leave no failure unhandled", async () => {
  const [first, late] = [deferred<void>(), deferred<never>()];
  const context = createContext();
  const composer = compose.get("/a", async (): Promise<unknown> => {
    await first.promise;
    return { list: [{ late: late.promise }], part: () => 1 };
  });
  const answer = runComposer(composer, invocation({ context }));
  context.deadline.cancel(new Error("left"));
  await expect(answer).rejects.toThrow("left");
  first.resolve();
  await settle();
  late.reject(new Error("too late"));
  await settle();
});

describe("parts", () => {
  it("all parts of a level are started in one turn, and are joined in the order of the answer", async () => {
    const [first, second, third] = [deferred<string>(), deferred<number>(), deferred<boolean>()];
    const started: string[] = [];
    const start = <Value>(name: string, promise: Promise<Value>): Promise<Value> => {
      started.push(name);
      return promise;
    };
    const composer = compose.get("/a", () => ({
      first: () => start("first", first.promise),
      list: [() => start("second", second.promise)],
      inner: { third: () => start("third", third.promise) },
      last: "value",
    }));
    const answer = runComposer(composer, invocation());
    await settle();
    expect(started).toEqual(["first", "second", "third"]);
    third.resolve(true);
    second.resolve(2);
    first.resolve("one");
    const { body, status } = await answer;
    expect(JSON.stringify(body)).toBe(
      '{"first":"one","list":[2],"inner":{"third":true},"last":"value"}',
    );
    expect(status).toBe(200);
  });

  it("a part's answer may hold parts, at any depth and in arrays", async () => {
    const composer = compose.get("/a", async () => ({
      orders: async () => [
        { id: 1, lines: () => [{ sku: "a", product: async () => ({ title: () => "A" }) }] },
        { id: 2, lines: async () => [] },
      ],
      direct: () => () => "twice",
    }));
    const { body } = await runComposer(composer, invocation());
    expect(body).toEqual({
      orders: [
        { id: 1, lines: [{ sku: "a", product: { title: "A" } }] },
        { id: 2, lines: [] },
      ],
      direct: "twice",
    });
  });

  it("a nested part does not wait for its parent's siblings", async () => {
    const slow = deferred<number>();
    const inner = vi.fn(() => 1);
    const composer = compose.get("/a", () => ({
      slow: () => slow.promise,
      quick: () => ({ inner }),
    }));
    const answer = runComposer(composer, invocation());
    await settle();
    expect(inner).toHaveBeenCalledOnce();
    slow.resolve(2);
    expect((await answer).body).toEqual({ slow: 2, quick: { inner: 1 } });
  });

  it("a part knows its JSON pointer while it is being started, and only then", async () => {
    const context = createContext();
    const seen: [string, string][] = [];
    const note = (name: string): void => {
      seen.push([name, context.part]);
    };
    const composer = compose.get("/a", async () => {
      note("handler");
      await null;
      return {
        "a/b~c": () => note("top") ?? null,
        list: async () => {
          note("list");
          await null;
          note("list, later");
          return [{ inner: () => note("inner") ?? null }];
        },
      };
    });
    await runComposer(composer, invocation({ context }));
    expect(seen).toEqual([
      ["handler", ""],
      ["top", "/a~1b~0c"],
      ["list", "/list"],
      ["list, later", ""],
      ["inner", "/list/0/inner"],
    ]);
  });

  it("a promise in an answer is awaited, never written as {}", async () => {
    const handler = (): unknown => ({ eager: Promise.resolve({ lazy: () => 1 }) });
    const { body } = await runComposer(compose.get("/a", handler), invocation());
    expect(body).toEqual({ eager: { lazy: 1 } });
  });

  it("instances of classes are data: their methods are not parts", async () => {
    class Money {
      readonly amount = 1;
      readonly format = vi.fn();
    }
    const money = new Money();
    const when = new Date(0);
    const { body } = await runComposer(
      compose.get("/a", (): unknown => ({ money, when, part: () => 1 })),
      invocation(),
    );
    expect(body).toEqual({ money, when, part: 1 });
    expect((body as { money: Money }).money).toBe(money);
    expect(money.format).not.toHaveBeenCalled();
  });

  it("a function on Object.prototype is not a part", async () => {
    const polluted = vi.fn();
    Object.defineProperty(Object.prototype, "polluted", {
      value: polluted,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    try {
      const { body } = await runComposer(
        compose.get("/a", () => ({ a: 1 })),
        invocation(),
      );
      expect(Object.keys(body as object)).toEqual(["a"]);
      expect(polluted).not.toHaveBeenCalled();
    } finally {
      Reflect.deleteProperty(Object.prototype, "polluted");
    }
  });

  it("a part called __proto__ is a field like any other", async () => {
    const composer = compose.get("/a", () => ({ ["__proto__"]: () => ({ a: 1 }), b: 2 }));
    const { body } = await runComposer(composer, invocation());
    expect(JSON.stringify(body)).toBe('{"__proto__":{"a":1},"b":2}');
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  });

  it("a part that answers itself again and again is an error, not an endless loop", async () => {
    const again = (): unknown => ({ again });
    const later = async (): Promise<unknown> => ({ later });
    for (const part of [again, later]) {
      const failure = runComposer(
        compose.get("/a", (): unknown => ({ part })),
        invocation(),
      );
      await expect(failure).rejects.toThrow("parts deep");
    }
  });
});

describe("copying", () => {
  it("an answer without parts is passed on as it is", async () => {
    const answer = { order: { id: 1, lines: [{ sku: "a" }] } };
    const { body } = await runComposer(
      compose.get("/a", () => answer),
      invocation(),
    );
    expect(body).toBe(answer);
  });

  it("only what lies on the way to a part is copied, and nothing is changed in place", async () => {
    const order = Object.freeze({ id: 1, lines: Object.freeze([{ sku: "a" }]) });
    const holder = Object.freeze({ deep: Object.freeze([Object.freeze({ part: () => 1 })]) });
    const answer = Object.freeze({ order, holder });
    const { body } = await runComposer(
      compose.get("/a", () => answer),
      invocation(),
    );
    expect(body).toEqual({ order, holder: { deep: [{ part: 1 }] } });
    expect((body as typeof answer).order).toBe(order);
    expect(typeof answer.holder.deep[0]?.part).toBe("function");
  });

  it("one object that occurs twice in an answer is resolved at both places", async () => {
    const shared = { part: vi.fn(() => 1) };
    const { body } = await runComposer(
      compose.get("/a", () => ({ a: shared, b: shared })),
      invocation(),
    );
    expect(body).toEqual({ a: { part: 1 }, b: { part: 1 } });
  });
});

describe("failures", () => {
  const failure = problem("service-failed", { service: "reviews", operation: "listReviews" });

  it("the first part that fails is the request's error, and the request's signal aborts with it", async () => {
    const context = createContext();
    const slow = deferred<number>();
    const composer = compose.get("/a", () => ({
      slow: () => slow.promise,
      failing: async () => {
        throw failure;
      },
      failingLater: async () => {
        await null;
        throw new Error("the second failure");
      },
    }));
    await expect(runComposer(composer, invocation({ context }))).rejects.toBe(failure);
    expect(context.deadline.signal.reason).toBe(failure);
    slow.reject(new Error("ended by the signal"));
  });

  it("a part that throws before it returns a promise fails the request, and its siblings' failures are looked after", async () => {
    const composer = compose.get("/a", (): unknown => ({
      before: async () => {
        await null;
        throw new Error("nobody waits for this one");
      },
      throwing: (): number => {
        throw failure;
      },
      eager: Promise.reject(new Error("nor for this one")),
    }));
    await expect(runComposer(composer, invocation())).rejects.toBe(failure);
  });

  it("no part is started once the request has failed", async () => {
    const inner = vi.fn();
    const outer = deferred<object>();
    const composer = compose.get("/a", (): unknown => ({
      failing: () => Promise.reject(failure),
      outer: () => outer.promise,
    }));
    await expect(runComposer(composer, invocation())).rejects.toBe(failure);
    outer.resolve({ inner });
    await settle();
    expect(inner).not.toHaveBeenCalled();
  });

  it("the composer's own failure is the request's error", async () => {
    const context = createContext();
    const composer = compose.get("/a", (): number => {
      throw failure;
    });
    await expect(runComposer(composer, invocation({ context }))).rejects.toBe(failure);
    expect(context.deadline.signal.aborted).toBe(true);
  });

  it("context.part is restored after a part that throws", async () => {
    const context = createContext();
    const composer = compose.get("/a", () => ({
      part: (): number => {
        throw failure;
      },
    }));
    await expect(runComposer(composer, invocation({ context }))).rejects.toBe(failure);
    expect(context.part).toBe("");
  });
});

describe("the deadline", () => {
  it("ends a composer that hangs, at once", async () => {
    vi.useFakeTimers();
    const context = createContext(1_000);
    const answer = runComposer(
      compose.get("/a", () => new Promise<number>(() => {})),
      invocation({ context }),
    );
    const outcome = vi.fn();
    answer.catch(outcome);
    await vi.advanceTimersByTimeAsync(999);
    expect(outcome).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toHaveBeenCalledWith(
      expect.objectContaining({ code: "deadline-exceeded", status: 504 }),
    );
  });

  it("ends a composer whose part hangs, and its late failure is looked after", async () => {
    vi.useFakeTimers();
    const part = deferred<number>();
    const context = createContext(1_000);
    const answer = runComposer(
      compose.get("/a", () => ({ part: () => part.promise })),
      invocation({ context }),
    );
    const outcome = expect(answer).rejects.toMatchObject({ code: "deadline-exceeded" });
    await vi.advanceTimersByTimeAsync(1_000);
    await outcome;
    part.reject(new Error("too late"));
  });

  it("a request that has ended already does not call the composer", async () => {
    const context = createContext();
    const gone = new Error("the caller left");
    context.deadline.cancel(gone);
    const handler = vi.fn(() => 1);
    await expect(runComposer(compose.get("/a", handler), invocation({ context }))).rejects.toBe(
      gone,
    );
    expect(handler).not.toHaveBeenCalled();
  });

  it("leaves no listener on the request's signal, whatever the outcome", async () => {
    for (const handler of [
      (): unknown => ({ a: () => 1 }),
      (): never => {
        throw new Error("failed");
      },
    ]) {
      const context = createContext();
      await runComposer(compose.get("/a", handler as () => number), invocation({ context })).catch(
        () => {},
      );
      expect(getEventListeners(context.deadline.signal, "abort")).toEqual([]);
    }
  });
});

describe("what a composer is handed and answers", () => {
  it("gives the input as the schemas make it, the services, the request's facts and its signal", async () => {
    const context = createContext();
    const services = {};
    const composer = compose.post(
      "/orders/{id}",
      {
        path: z.object({ id: z.coerce.number() }),
        query: z.object({ limit: z.coerce.number().default(10) }),
        body: z.object({ sku: z.string() }),
      },
      ({ request, signal, services: handed, ...input }) => {
        expect(handed).toBe(services);
        expect(signal).toBe(context.deadline.signal);
        return { input, request };
      },
    );
    const given = {
      context,
      services,
      path: { id: "7" },
      header: { a: "b" },
      body: { sku: "s", more: 1 },
      ip: "::1",
    };
    const { body } = await runComposer(composer, invocation(given));
    expect(body).toEqual({
      input: { path: { id: 7 }, query: { limit: 10 }, header: { a: "b" }, body: { sku: "s" } },
      request: { id: "request-1", headers: context.headers, ip: "::1" },
    });
  });

  it("a reply sets status and header fields, and its body may hold parts", async () => {
    const composer = compose.post("/a", async () =>
      reply({ id: () => 1 }, { status: 201, headers: { location: "/a/1" } }),
    );
    expect(await runComposer(composer, invocation())).toEqual({
      status: 201,
      headers: { location: "/a/1" },
      body: { id: 1 },
    });
  });

  it("undefined is 204, null is 200 with a body", async () => {
    const answers = [
      compose.get("/a", () => undefined),
      compose.get("/a", () => null),
      compose.get("/a", () => reply(undefined)),
    ];
    const statuses = await Promise.all(
      answers.map((composer) => runComposer(composer, invocation())),
    );
    expect(statuses.map(({ status, body }) => [status, body])).toEqual([
      [204, undefined],
      [200, null],
      [204, undefined],
    ]);
  });

  it("a reply with a status that is none is refused where it is made", () => {
    expect(() => reply({}, { status: 99 })).toThrow(RangeError);
    expect(() => reply({}, { status: 200.5 })).toThrow("200.5 is not a status");
  });
});

describe("wrong input", () => {
  const body = z.object({ lines: z.array(z.object({ sku: z.string() })) });
  const query = z.object({ limit: z.coerce.number() });
  const wrong = { query: { limit: "many" }, body: { lines: [{ sku: 1 }, {}] } };
  const issuesOf = async (running: Promise<unknown>): Promise<readonly string[]> => {
    const error = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ code: "invalid-input", status: 422 });
    return (error as GatewayError).details.errors?.map(({ pointer }) => pointer) ?? [];
  };

  it("is one problem that lists every issue of query and body by JSON pointer", async () => {
    const handler = vi.fn(() => 1);
    const running = runComposer(compose.post("/a", { query, body }, handler), invocation(wrong));
    expect(await issuesOf(running)).toEqual([
      "/query/limit",
      "/body/lines/0/sku",
      "/body/lines/1/sku",
    ]);
    expect(handler).not.toHaveBeenCalled();
  });

  it("is found by asynchronous schemas too, together with the others'", async () => {
    const later = query.refine(async () => true);
    const running = runComposer(
      compose.post("/a", { query: later, body }, () => 1),
      invocation(wrong),
    );
    expect(await issuesOf(running)).toEqual([
      "/query/limit",
      "/body/lines/0/sku",
      "/body/lines/1/sku",
    ]);
  });

  it("a missing body is an issue of /body", async () => {
    expect(
      await issuesOf(
        runComposer(
          compose.post("/a", { body }, () => 1),
          invocation(),
        ),
      ),
    ).toEqual(["/body"]);
  });

  it("keys that some libraries wrap in objects become pointers, escaped", async () => {
    const schema = {
      "~standard": {
        version: 1,
        vendor: "test",
        validate: () => ({ issues: [{ message: "is wrong", path: [{ key: "a/b" }, 0] }] }),
      },
    } as const;
    expect(
      await issuesOf(
        runComposer(
          compose.get("/a", { query: schema }, () => 1),
          invocation(),
        ),
      ),
    ).toEqual(["/query/a~1b/0"]);
  });

  it("lists at most 100 issues, and says how many there are", async () => {
    const lines = Array.from({ length: 500 }, () => ({}));
    const error = await runComposer(
      compose.post("/a", { body }, () => 1),
      invocation({ body: { lines } }),
    ).catch((thrown: unknown) => thrown);
    expect((error as GatewayError).details.errors).toHaveLength(100);
    expect((error as GatewayError).message).toContain("and 499 more");
  });

  it("a schema that never answers is ended by the deadline", async () => {
    vi.useFakeTimers();
    const hanging = z.object({}).refine(() => new Promise<boolean>(() => {}));
    const context = createContext(50);
    const outcome = expect(
      runComposer(
        compose.get("/a", { query: hanging }, () => 1),
        invocation({ context }),
      ),
    ).rejects.toMatchObject({ code: "deadline-exceeded" });
    await vi.advanceTimersByTimeAsync(50);
    await outcome;
  });
});

describe("?fields=", () => {
  const customer = vi.fn(async () => ({
    name: "Ada",
    address: { city: "London" },
    orders: () => [1],
  }));
  const reviews = vi.fn(async () => []);
  const page = compose.get("/a", () => ({
    order: { id: 1, note: "n" },
    customer,
    reviews,
    lines: () => [
      { sku: "a", product: () => ({ title: "A", price: 1 }) },
      { sku: "b", product: reviews },
    ],
  }));
  beforeEach(() => {
    vi.clearAllMocks();
  });

  it("answers what is asked for, and never calls a part that is not", async () => {
    const { body } = await runComposer(
      page,
      invocation({ fields: "customer.address.city,order.id" }),
    );
    expect(body).toEqual({ order: { id: 1 }, customer: { address: { city: "London" } } });
    expect(reviews).not.toHaveBeenCalled();
  });

  it("looks through arrays and into parts of parts", async () => {
    const { body } = await runComposer(page, invocation({ fields: "lines.product.title" }));
    expect(body).toEqual({ lines: [{ product: { title: "A" } }, { product: [] }] });
    expect(customer).not.toHaveBeenCalled();
  });

  it("a wrong list is 400 with the pointer of the parameter, before the composer is called", async () => {
    const running = runComposer(page, invocation({ fields: "order..id" }));
    await expect(running).rejects.toMatchObject({
      status: 400,
      details: { errors: [{ pointer: "/query/fields" }] },
    });
    expect(customer).not.toHaveBeenCalled();
  });

  it("looks after the failure of a promise that is not asked for", async () => {
    const handler = (): unknown => ({ id: 1, eager: Promise.reject(new Error("not asked for")) });
    const { body } = await runComposer(compose.get("/a", handler), invocation({ fields: "id" }));
    expect(body).toEqual({ id: 1 });
  });

  it("leaves the body of a reply that is not a success whole", async () => {
    const composer = compose.get("/a", () => reply({ reason: "gone" }, { status: 410 }));
    expect((await runComposer(composer, invocation({ fields: "id" }))).body).toEqual({
      reason: "gone",
    });
  });
});
