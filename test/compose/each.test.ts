import { getEventListeners } from "node:events";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCompose } from "../../src/compose/compose.ts";
import { each } from "../../src/compose/each.ts";
import { runComposer } from "../../src/compose/run-composer.ts";
import { createContext, type Deferred, deferred, invocation, settle } from "./support.ts";

const unhandled = vi.fn();
beforeEach(() => {
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await settle();
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

/** A function whose every call waits to be told. */
function controlled(): { calls: Deferred<string>[]; fn: (item: number) => Promise<string> } {
  const calls: Deferred<string>[] = [];
  return {
    calls,
    fn: (item) => {
      const call = deferred<string>();
      calls[item] = call;
      return call.promise;
    },
  };
}

describe("each", () => {
  it("keeps the items' order whatever the order of the answers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.scheduler(),
        async (items, concurrency, scheduler) => {
          const fn = scheduler.scheduleFunction(async (item: number) => item * 2);
          const mapped = each(items, (item) => fn(item), { concurrency });
          expect(await scheduler.waitFor(mapped)).toEqual(items.map((item) => item * 2));
        },
      ),
    );
  });

  it("runs as many at once as it may, and never more", async () => {
    const { calls, fn } = controlled();
    const mapped = each([0, 1, 2, 3, 4], fn, { concurrency: 2 });
    await settle();
    expect(calls).toHaveLength(2);
    calls[1]?.resolve("1");
    await settle();
    expect(calls).toHaveLength(3);
    for (let index = 0; index < 5; index += 1) {
      calls[index]?.resolve(String(index));
      await settle();
    }
    expect(await mapped).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("runs 16 at once when nothing else is said", async () => {
    const { calls, fn } = controlled();
    const mapped = each(
      Array.from({ length: 40 }, (_, index) => index),
      fn,
    );
    await settle();
    expect(calls).toHaveLength(16);
    calls[0]?.reject(new Error("enough"));
    await expect(mapped).rejects.toThrow("enough");
  });

  it("starts all in the same turn when none has to wait", () => {
    const { calls, fn } = controlled();
    void each([0, 1, 2], fn, { concurrency: 3 });
    expect(calls).toHaveLength(3);
  });

  it("takes any iterable, an empty one too, and results that are no promises", async () => {
    expect(await each(new Set(["a", "b"]), (item, index) => item + index)).toEqual(["a0", "b1"]);
    expect(await each([], () => 1)).toEqual([]);
  });

  it("rejects with the first failure at once, and starts nothing more", async () => {
    const { calls, fn } = controlled();
    const mapped = each([0, 1, 2, 3], fn, { concurrency: 2 });
    await settle();
    calls[1]?.reject(new Error("first"));
    await expect(mapped).rejects.toThrow("first");
    calls[0]?.reject(new Error("second"));
    await settle();
    expect(calls).toHaveLength(2);
  });

  it("a function that throws stops what is not started yet", async () => {
    const fn = vi.fn((item: number): number => {
      throw new Error(`failed at ${item}`);
    });
    await expect(each([0, 1, 2], fn)).rejects.toThrow("failed at 0");
    expect(fn).toHaveBeenCalledOnce();
  });

  it("a signal ends it at once though its calls hang, and leaves no listener", async () => {
    const controller = new AbortController();
    const { calls, fn } = controlled();
    const mapped = each([0, 1, 2], fn, { concurrency: 1, signal: controller.signal });
    await settle();
    controller.abort(new Error("the caller left"));
    await expect(mapped).rejects.toThrow("the caller left");
    calls[0]?.resolve("late");
    await settle();
    expect(calls).toHaveLength(1);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("a signal that has aborted already starts nothing", async () => {
    const fn = vi.fn();
    await expect(each([1], fn, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow(
      "before",
    );
    expect(fn).not.toHaveBeenCalled();
  });

  it("refuses a concurrency that is none", async () => {
    await expect(each([1], () => 1, { concurrency: 0 })).rejects.toThrow(TypeError);
  });

  it("an iterable that throws starts nothing", async () => {
    const fn = vi.fn();
    const items = function* (): Generator<number> {
      yield 1;
      throw new Error("no more items");
    };
    await expect(each(items(), fn)).rejects.toThrow("no more items");
    expect(fn).not.toHaveBeenCalled();
  });
});

describe("each in a part", () => {
  const compose = createCompose<Record<string, never>>();

  it("every call knows its part, those that had to wait too", async () => {
    const context = createContext();
    const parts: string[] = [];
    const composer = compose.get("/a", () => ({
      list: () =>
        each(
          [1, 2, 3],
          async () => {
            parts.push(context.part);
            await null;
          },
          { concurrency: 1 },
        ).then(() => true),
    }));
    await runComposer(composer, invocation({ context }));
    expect(parts).toEqual(["/list", "/list", "/list"]);
    expect(context.part).toBe("");
  });

  it("ends with the request without being handed its signal", async () => {
    const context = createContext();
    const { calls, fn } = controlled();
    const composer = compose.get("/a", () => ({
      list: () => each([0, 1], fn, { concurrency: 1 }),
    }));
    const answer = runComposer(composer, invocation({ context }));
    await settle();
    context.deadline.cancel(new Error("the caller left"));
    await expect(answer).rejects.toThrow("the caller left");
    calls[0]?.resolve("late");
    await settle();
    expect(calls).toHaveLength(1);
    expect(getEventListeners(context.deadline.signal, "abort")).toEqual([]);
  });
});
