/** Answers of real sockets, held against the document by the pipeline. */
import { describe, expect, it, vi } from "vitest";
import { MOST_POINTERS } from "../../../src/upstream/validate/drift-book.ts";
import { failureOf, jsonPlan, planOf } from "../support.ts";
import { ENFORCE, ref, startChecked, WARN } from "./support.ts";

const ORDER = {
  type: "object",
  required: ["id", "lines"],
  properties: {
    id: { type: "string" },
    state: { type: "string", enum: ["open", "paid"] },
    lines: { type: "array", items: ref("Line") },
  },
};
const components = {
  Line: {
    type: "object",
    required: ["sku"],
    properties: { sku: { type: "string" }, count: { type: "integer", minimum: 1 } },
  },
};
const RIGHT = { id: "o1", state: "open", lines: [{ sku: "a", count: 1 }] };
const WRONG = { id: "o1", state: "lost", lines: [{ sku: "a" }, { count: 0 }, { count: 0 }] };

const base = { schema: ORDER, components } as const;

describe("warn", () => {
  it("says nothing of an answer that is as the document says", async () => {
    const { tell, call, drifts, lines } = await startChecked({ ...base, rule: WARN });
    tell({ body: RIGHT });
    expect(await call()).toEqual(RIGHT);
    expect([drifts, lines]).toEqual([[], []]);
  });

  it("counts every place once an answer, indexes folded, and changes nothing", async () => {
    const { tell, call, drifts } = await startChecked({ ...base, rule: WARN });
    tell({ body: WRONG });
    expect(await call()).toEqual(WRONG);
    expect(drifts).toEqual([
      { service: "svc", operation: "op", pointer: "/state", keyword: "enum" },
      { service: "svc", operation: "op", pointer: "/lines/*/sku", keyword: "required" },
      { service: "svc", operation: "op", pointer: "/lines/*/count", keyword: "minimum" },
    ]);
  });

  it("logs a place once, with what was expected and without the value", async () => {
    const { tell, call, lines, drifts } = await startChecked({ ...base, rule: WARN });
    tell({ body: { ...RIGHT, state: "secret-value" } });
    await call();
    await call();
    expect(drifts).toHaveLength(2);
    expect(lines).toEqual([
      {
        level: "warn",
        message: "an answer differs from the service's document",
        service: "svc",
        operation: "op",
        status: 200,
        pointer: "/state",
        keyword: "enum",
        expected: 'must be "open" or "paid"',
      },
    ]);
  });

  it("looks at the share of answers that is asked for", async () => {
    const draws: number[] = [];
    const { tell, call, drifts } = await startChecked({
      ...base,
      rule: { mode: "warn", sample: 0.1 },
      options: { random: () => draws.shift() ?? 0 },
    });
    tell({ body: { ...RIGHT, id: 1 } });
    draws.push(0.05, 0.1, 0.5, 0.099);
    for (let count = 0; count < 4; count++) await call();
    expect(drifts).toHaveLength(2);
    expect(draws).toEqual([]);
  });

  it("tells only so many places of an operation apart", async () => {
    const names = Array.from({ length: MOST_POINTERS + 5 }, (_, at) => `p${at}`);
    const schema = {
      properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
    };
    const { tell, call, drifts, lines } = await startChecked({ rule: WARN, schema });
    tell({ body: Object.fromEntries(names.map((name) => [name, 1])) });
    await call();
    expect(drifts).toHaveLength(names.length);
    expect(new Set(drifts.map(({ pointer }) => pointer)).size).toBe(MOST_POINTERS + 1);
    expect(drifts.at(-1)?.pointer).toBe("other");
    expect(lines).toHaveLength(MOST_POINTERS + 1);
  });

  it("ends with the first place in a long answer", async () => {
    const { tell, call, drifts } = await startChecked({ ...base, rule: WARN });
    tell({ body: { id: 1, state: 2, lines: Array.from({ length: 20_000 }, () => ({ sku: 3 })) } });
    await call();
    expect(drifts.map(({ pointer }) => pointer)).toEqual(["/id"]);
  });

  it("counts formats and ambiguous alternatives", async () => {
    const schema = {
      properties: {
        at: { type: "string", format: "date-time" },
        either: { oneOf: [{ minimum: 1 }, { maximum: 9 }] },
      },
    };
    const { tell, call, drifts } = await startChecked({ rule: WARN, schema });
    tell({ body: { at: "yesterday", either: 5 } });
    await call();
    expect(drifts.map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
      ["/at", "format"],
      ["/either", "oneOf"],
    ]);
  });
});

describe("enforce", () => {
  it("lets through what is as the document says, and looks at every answer", async () => {
    const { tell, call, drifts } = await startChecked({
      ...base,
      rule: ENFORCE,
      options: { random: () => 0.999 },
    });
    tell({ body: RIGHT });
    expect(await call()).toEqual(RIGHT);
    tell({ body: WRONG });
    await failureOf(call());
    expect(drifts).toHaveLength(1);
  });

  it("refuses an answer that differs, naming the place and never the value", async () => {
    const { tell, call, requests } = await startChecked({ ...base, rule: ENFORCE });
    tell({ body: { ...RIGHT, lines: [{ sku: { secret: "value" } }] } });
    const error = await failureOf(call());
    expect(error).toMatchObject({
      code: "service-contract",
      status: 502,
      service: "svc",
      operation: "op",
      details: {
        detail: "the service answered 200, but /lines/*/sku must be string",
        serviceStatus: 200,
      },
    });
    expect(JSON.stringify(error)).not.toContain("secret");
    // It would answer the same again.
    expect(requests).toHaveLength(1);
  });

  it("waits for its schemas rather than let the first answers through", async () => {
    let arrive = (): void => undefined;
    const load = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { tell, call, requests } = await startChecked({
      ...base,
      rule: ENFORCE,
      load,
      isWarm: false,
    });
    tell({ body: WRONG });
    const failure = failureOf(call());
    await vi.waitUntil(() => requests.length > 0);
    arrive();
    expect(await failure).toMatchObject({ code: "service-contract" });
  });

  it("fails where its schemas cannot be loaded; warn says so once and lets everything through", async () => {
    const options = { ...base, load: Promise.reject(new Error("gone")), isWarm: false };
    const enforcing = await startChecked({ ...options, rule: ENFORCE });
    enforcing.tell({ body: RIGHT });
    expect(await failureOf(enforcing.call())).toMatchObject({ message: "gone" });
    const warning = await startChecked({ ...options, rule: WARN });
    warning.tell({ body: WRONG });
    await vi.waitUntil(async () => (await warning.call()) && warning.lines.length > 0);
    await warning.call();
    expect(warning.lines.map(({ level, operation }) => [level, operation])).toEqual([
      ["error", "op"],
    ]);
  });

  it("is masked like any other failure", async () => {
    const { tell, operation } = await startChecked({ ...base, rule: ENFORCE });
    tell({ body: WRONG });
    expect(await operation()({}, { fallback: null })).toBe(null);
  });

  it("does not refuse for formats and ambiguous alternatives", async () => {
    const schema = {
      properties: {
        at: { type: "string", format: "date-time" },
        either: { oneOf: [{ minimum: 1 }, { maximum: 9 }] },
      },
    };
    const { tell, call, drifts } = await startChecked({ rule: ENFORCE, schema });
    tell({ body: { at: "yesterday", either: 5 } });
    expect(await call()).toEqual({ at: "yesterday", either: 5 });
    expect(drifts).toEqual([]);
    tell({ body: { either: 50 } });
    expect(await call()).toEqual({ either: 50 });
  });

  it("lets an error through as it is, and counts it", async () => {
    const plan = jsonPlan({
      answers: {
        "200": { "application/json": "json" },
        "4XX": { "application/problem+json": "json" },
      },
    });
    const problem = { type: "object", required: ["title"] };
    const { tell, operation, drifts } = await startChecked({
      rule: ENFORCE,
      plans: [plan],
      operations: { op: { "4XX": { "application/problem+json": problem } } },
    });
    tell({ status: 404, body: { message: "none" }, type: "application/problem+json" });
    expect(await operation().result()).toMatchObject({ status: 404, body: { message: "none" } });
    expect(drifts).toMatchObject([{ pointer: "/title", keyword: "required" }]);
  });

  it("refuses a good answer that the document does not declare", async () => {
    const { tell, call, drifts } = await startChecked({ ...base, rule: ENFORCE });
    tell({ status: 202, body: {} });
    expect(await failureOf(call())).toMatchObject({
      details: { detail: "the service answered 202, which its document does not declare" },
    });
    expect(drifts).toMatchObject([{ pointer: "", keyword: "status" }]);
  });

  it("takes any good answer where the document declares none", async () => {
    const { tell, call } = await startChecked({
      rule: ENFORCE,
      plans: [planOf({ answers: { "404": { "application/json": "json" } } })],
    });
    tell({ status: 202, body: { any: 1 } });
    expect(await call()).toEqual({ any: 1 });
  });

  it("lets an answer through whose schema cannot be used, and says so once", async () => {
    const { tell, call, lines } = await startChecked({
      rule: ENFORCE,
      schema: { properties: { a: { type: "no such type" } } },
    });
    tell({ body: { a: 1 } });
    expect(await call()).toEqual({ a: 1 });
    expect(await call()).toEqual({ a: 1 });
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ["error", "an answer cannot be held against the service's document"],
    ]);
  });

  it("leaves a stream alone", async () => {
    const plan = planOf({ answers: { "200": { "application/x-ndjson": "ndjson" } } });
    const { tell, call, drifts } = await startChecked({ rule: ENFORCE, plans: [plan] });
    tell({ text: '{"a":1}\n', type: "application/x-ndjson" });
    const items: unknown[] = [];
    for await (const item of (await call()) as AsyncIterable<unknown>) items.push(item);
    expect([items, drifts]).toEqual([[{ a: 1 }], []]);
    tell({ status: 202 });
    expect([await call(), drifts]).toEqual([undefined, []]);
  });
});
