import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCompose } from "../../src/compose/compose.ts";
import { reply } from "../../src/compose/reply.ts";
import { type StreamEvent, streamComposer } from "../../src/compose/stream-composer.ts";
import { problem } from "../../src/core/errors.ts";
import { createContext, deferred, invocation, settle } from "./support.ts";

const compose = createCompose<Record<string, never>>();
const failure = problem("service-failed", { service: "reviews" });

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

async function readAll(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const written = (events: readonly StreamEvent[]): unknown => JSON.parse(JSON.stringify(events));

describe("a streamed answer", () => {
  it("is the answer without parts first, then every part as it settles, nested ones after their holder", async () => {
    const [slow, quick] = [deferred<object>(), deferred<string>()];
    const composer = compose.get("/a", (): unknown => ({
      id: 1,
      slow: () => slow.promise,
      list: [{ a: 1, quick: () => quick.promise }, () => "element"],
    }));
    const { events } = await streamComposer(composer, invocation());
    const seen = readAll(events);
    await settle();
    quick.resolve("q");
    await settle();
    slow.resolve({ name: "s", inner: async () => [{ deep: () => null }] });
    expect(written(await seen)).toEqual([
      { at: "", value: { id: 1, list: [{ a: 1 }, null] } },
      { at: "/list/1", value: "element" },
      { at: "/list/0/quick", value: "q" },
      { at: "/slow", value: { name: "s" } },
      { at: "/slow/inner", value: [{}] },
      { at: "/slow/inner/0/deep", value: null },
      { end: true, degraded: [] },
    ]);
  });

  it("that nobody reads leaves no failure of its promises unhandled", async () => {
    const late = deferred<never>();
    const composer = compose.get("/a", (): unknown => ({ list: [{ late: late.promise }] }));
    const { events } = await streamComposer(composer, invocation());
    await events.return?.();
    late.reject(failure);
    await settle();
  });

  it("knows its status and header fields before its first event", async () => {
    const composer = compose.get("/a", () =>
      reply({ a: () => 1 }, { status: 201, headers: { "x-a": "b" } }),
    );
    const { status, headers, events } = await streamComposer(composer, invocation());
    expect([status, headers]).toEqual([201, { "x-a": "b" }]);
    expect(await readAll(events)).toHaveLength(3);
  });

  it("tells a failed part as an event, goes on with the others, and does not end the request", async () => {
    const context = createContext();
    const composer = compose.get("/a", () => ({
      failing: () => Promise.reject(failure),
      throwing: (): number => {
        throw failure;
      },
      fine: async () => ({ inner: () => 1 }),
    }));
    const { events } = await streamComposer(composer, invocation({ context }));
    const all = await readAll(events);
    expect(all.slice(1)).toEqual([
      { at: "/failing", problem: failure },
      { at: "/throwing", problem: failure },
      { at: "/fine", value: {} },
      { at: "/fine/inner", value: 1 },
      { end: true, degraded: [] },
    ]);
    expect(context.deadline.signal.aborted).toBe(false);
  });

  it("ends with the degradations that its parts have left", async () => {
    const context = createContext();
    const entry = {
      part: "/a",
      service: "s",
      operation: "o",
      reason: "service-timeout",
      kind: "default",
    } as const;
    const composer = compose.get("/a", () => ({
      a: async () => {
        context.degradations.push(entry);
        return [];
      },
    }));
    const { events } = await streamComposer(composer, invocation({ context }));
    expect((await readAll(events)).at(-1)).toEqual({ end: true, degraded: [entry] });
  });

  it("rejects, before there is anything to write, when the composer itself fails", async () => {
    const context = createContext();
    const running = streamComposer(
      compose.get("/a", () => Promise.reject<number>(failure)),
      invocation({ context }),
    );
    await expect(running).rejects.toBe(failure);
    expect(context.deadline.signal.aborted).toBe(true);
  });

  it("has only the fields that are asked for", async () => {
    const other = vi.fn(() => 1);
    const composer = compose.get("/a", () => ({ id: 1, other, part: () => ({ a: 1, b: other }) }));
    const { events } = await streamComposer(composer, invocation({ fields: "part.a" }));
    expect(written(await readAll(events))).toEqual([
      { at: "", value: {} },
      { at: "/part", value: { a: 1 } },
      { end: true, degraded: [] },
    ]);
    expect(other).not.toHaveBeenCalled();
  });
});

describe("the end of a streamed answer", () => {
  it("at the deadline every part that is still missing is a problem, and so are parts of late values", async () => {
    vi.useFakeTimers();
    const context = createContext(1_000);
    const late = deferred<object>();
    const inner = vi.fn();
    const composer = compose.get("/a", (): unknown => ({
      late: () => late.promise,
      hanging: () => new Promise(() => {}),
      quick: () => 1,
    }));
    const { events } = await streamComposer(composer, invocation({ context }));
    const seen = readAll(events);
    await vi.advanceTimersByTimeAsync(1_000);
    const deadline = expect.objectContaining({ code: "deadline-exceeded" });
    expect((await seen).slice(1)).toEqual([
      { at: "/quick", value: 1 },
      { at: "/late", problem: deadline },
      { at: "/hanging", problem: deadline },
      { end: true, degraded: [] },
    ]);
    late.resolve({ inner });
    await vi.advanceTimersByTimeAsync(0);
    expect(inner).not.toHaveBeenCalled();
  });

  it("a part that the deadline has cut off is told once, though it settles before that is read", async () => {
    const context = createContext();
    const late = deferred<number>();
    const { events } = await streamComposer(
      compose.get("/a", () => ({ late: () => late.promise })),
      invocation({ context }),
    );
    await events.next();
    context.deadline.cancel(failure);
    late.resolve(1);
    await settle();
    expect(await readAll(events)).toEqual([
      { at: "/late", problem: failure },
      { end: true, degraded: [] },
    ]);
  });

  it("a consumer that leaves early aborts the request's signal, even while it waits for an event", async () => {
    const context = createContext();
    const hanging = deferred<number>();
    const { events } = await streamComposer(
      compose.get("/a", () => ({ hanging: () => hanging.promise })),
      invocation({ context }),
    );
    await events.next();
    const waiting = events.next();
    await events.return?.();
    expect(context.deadline.signal.aborted).toBe(true);
    expect(await waiting).toMatchObject({ value: { at: "/hanging" } });
    expect(await events.next()).toEqual({ done: true, value: undefined });
    hanging.reject(new Error("ended by the signal"));
  });

  it("breaking out of the loop aborts the request's signal", async () => {
    const context = createContext();
    const composer = compose.get("/a", () => ({ hanging: () => new Promise<number>(() => {}) }));
    const { events } = await streamComposer(composer, invocation({ context }));
    for await (const event of events) {
      expect(event).toEqual({ at: "", value: { hanging: undefined } });
      break;
    }
    expect(context.deadline.signal.aborted).toBe(true);
    expect(getEventListeners(context.deadline.signal, "abort")).toEqual([]);
  });

  it("an answer read to its end leaves no listener, and the signal alone", async () => {
    const context = createContext();
    const { events } = await streamComposer(
      compose.get("/a", () => ({ a: () => 1 })),
      invocation({ context }),
    );
    await readAll(events);
    expect(getEventListeners(context.deadline.signal, "abort")).toEqual([]);
    expect(context.deadline.signal.aborted).toBe(false);
  });
});

describe("back-pressure", () => {
  it("the parts of a value are started when the value is taken, not before", async () => {
    const inner = vi.fn(() => 1);
    const outer = vi.fn(async () => ({ inner }));
    const { events } = await streamComposer(
      compose.get("/a", () => ({ outer })),
      invocation(),
    );
    await settle();
    expect(outer).not.toHaveBeenCalled();
    await events.next();
    await settle();
    expect(outer).toHaveBeenCalledOnce();
    expect(inner).not.toHaveBeenCalled();
    await events.next();
    expect(inner).toHaveBeenCalledOnce();
    await events.return?.();
  });
});
