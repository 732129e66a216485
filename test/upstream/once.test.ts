/** Identical safe calls of one request are made once. */

import { describe, expect, it } from "vitest";
import type { FallbackOptions } from "../../src/core/operation.ts";
import type { OperationInput } from "../../src/upstream/plan.ts";
import { takesQuery, withQuery } from "../support/query-method.ts";
import { connect, createContext, failureOf, jsonPlan, startRecorder } from "./support.ts";

const query = [{ name: "q", style: "form", explode: true }] as const;
const plans = ["GET", "HEAD", "POST", "QUERY", "OPTIONS"].map((method) =>
  jsonPlan({
    name: method.toLowerCase(),
    method,
    query,
    body: { media: [{ mediaType: "application/json", kind: "json" }] },
  }),
);

/** Counts, so that every answer is another. */
async function counting(
  status = 200,
): Promise<ReturnType<typeof connect> & { count: () => number }> {
  let count = 0;
  const { url } = await startRecorder((_request, response) => {
    count += 1;
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify({ count }));
  });
  return { ...connect(url, plans, { coalesce: false }), count: () => count };
}

type Arguments = [input: OperationInput, options: FallbackOptions<unknown>];

describe("identical safe calls", () => {
  it("of one request are made once, and share one object", async () => {
    const { operation, count, events } = await counting();
    const context = createContext();
    const [first, second] = await Promise.all([
      operation(context, "get")(),
      operation(context, "get")(),
    ]);
    const third = await operation(context, "get").result();
    expect([second, (third as { body: unknown }).body]).toEqual([first, first]);
    expect(second).toBe(first);
    expect(count()).toBe(1);
    expect(events.map(({ outcome }) => outcome).sort()).toEqual(["answered", "shared", "shared"]);
  });

  it("share a failure", async () => {
    const { operation, count } = await counting(500);
    const context = createContext();
    const [first, second] = await Promise.all(
      [operation(context, "get")(), operation(context, "get")()].map(failureOf),
    );
    expect([first?.code, second?.code, count()]).toEqual(["service-failed", "service-failed", 1]);
  });

  it("have each their own fallback", async () => {
    const { operation, count } = await counting(500);
    const context = createContext();
    const call = operation(context, "get");
    const results = await Promise.all([
      call(undefined, { fallback: 1 }),
      call(undefined, { fallback: 2 }),
      failureOf(call()),
    ]);
    expect(results.slice(0, 2)).toEqual([1, 2]);
    expect([count(), context.degradations.length]).toEqual([1, 2]);
  });

  it("of two requests are made twice", async () => {
    const { operation, count } = await counting();
    await Promise.all([operation(createContext(), "get")(), operation(createContext(), "get")()]);
    expect(count()).toBe(2);
  });

  const rows: [string, Arguments, Arguments][] = [
    ["the query", [{ query: { q: 1 } }, {}], [{ query: { q: 2 } }, {}]],
    ["a header field", [{}, { headers: { "x-a": "1" } }], [{}, { headers: { "x-a": "2" } }]],
    ["the timeout", [{}, { timeout: "1s" }], [{}, {}]],
    ["a body", [{ body: 1 }, {}], [{ body: 1 }, {}]],
    [
      "a signal",
      [{}, { signal: new AbortController().signal }],
      [{}, { signal: new AbortController().signal }],
    ],
  ];
  it.each(rows)("are not those that differ in, or have, %s", async (_what, first, second) => {
    const { operation, count } = await counting();
    const context = createContext();
    await operation(context, "get")(...first);
    await operation(context, "get")(...second);
    expect(count()).toBe(2);
  });

  it("are not those of another operation with the same target", async () => {
    const { operation, count } = await counting();
    const context = createContext();
    await operation(context, "get")();
    await operation(context, "head")();
    expect(count()).toBe(2);
  });
});

describe("calls that are not safe, or have a body", () => {
  it.each(takesQuery ? ["post", "query", "options"] : ["post", "options"])(
    "are made every time: %s",
    async (name) => {
      const { operation, count } = await counting();
      const context = createContext();
      await Promise.all([
        operation(context, name)({ body: 1 }),
        operation(context, name)({ body: 1 }),
      ]);
      expect(count()).toBe(2);
    },
  );

  it.skipIf(!takesQuery)(withQuery("make what was read before them be read again"), async () => {
    const { operation, count } = await counting();
    const context = createContext();
    const get = operation(context, "get");
    expect([await get(), await operation(context, "query")(), await get()]).toEqual([
      { count: 1 },
      { count: 2 },
      { count: 1 },
    ]);
    const [, meanwhile] = await Promise.all([operation(context, "post")(), get()]);
    expect(await get()).not.toEqual(meanwhile);
    expect(count()).toBe(5);
  });
});
