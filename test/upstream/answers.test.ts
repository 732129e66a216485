/** Every kind of good answer, read as the document declares it. */
import { describe, expect, it } from "vitest";
import type { AnswerPlan } from "../../src/upstream/plan.ts";
import { type Answers, call, type Given, json, result, service } from "./answers-support.ts";
import { connect, createContext, failureOf, planOf } from "./support.ts";

const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

describe("a good answer", () => {
  const bytes = new Uint8Array([0, 255, 1]);
  const rows: [string, AnswerPlan, Given, unknown][] = [
    ["JSON", json, { type: "application/json", body: '{"a":[1]}' }, { a: [1] }],
    ["JSON with parameters", json, { type: "Application/JSON; charset=utf-8", body: "[]" }, []],
    ["JSON with a byte order mark", json, { type: "application/json", body: "\ufeff{}" }, {}],
    [
      "JSON in many packets",
      json,
      { type: "application/json", body: ['{"a":"\u00e9', "b", '"}'] },
      { a: "éb" },
    ],
    ["JSON of a related type", json, { type: "application/vnd.x+json", body: "1" }, 1],
    [
      "JSON where another JSON type is declared",
      { "application/hal+json": "json" },
      { type: "application/json", body: "1" },
      1,
    ],
    ["JSON without a type", json, { body: "1" }, 1],
    ["JSON in a range", { "application/*": "json" }, { type: "application/json", body: "1" }, 1],
    ["text", { "text/plain": "text" }, { type: "text/plain; charset=utf-8", body: "é" }, "é"],
    [
      "text in another charset",
      { "text/plain": "text" },
      { type: 'text/plain; charset="ISO-8859-1"', body: new Uint8Array([0xe9]) },
      "é",
    ],
    [
      "text in a charset that does not exist",
      { "text/plain": "text" },
      { type: "text/plain; charset=klingon", body: "é" },
      "é",
    ],
    ["text in a range", { "text/*": "text" }, { type: "text/csv", body: "1,2" }, "1,2"],
    ["empty text", { "text/plain": "text" }, { type: "text/plain", body: "" }, ""],
    ["bytes", { "image/png": "binary" }, { type: "image/png", body: bytes }, bytes],
    ["bytes of any type", { "*/*": "binary" }, { type: "image/png", body: bytes }, bytes],
    [
      "a form",
      { "application/x-www-form-urlencoded": "form" },
      { type: "application/x-www-form-urlencoded", body: "a=b+c&d=1&d=2" },
      { a: "b c", d: ["1", "2"] },
    ],
    ["nothing", {}, { body: "" }, undefined],
    ["JSON that is not declared", {}, { type: "application/json", body: '{"a":1}' }, { a: 1 }],
    ["anything else that is not declared", {}, { type: "text/html", body: "<p>" }, undefined],
  ];
  it.each(rows)("is read as %s", async (_what, plan, given, want) => {
    expect(await call({ "200": plan }, given)).toEqual(want);
  });

  it("may nest 512 levels deep", async () => {
    const value = await call({ "200": json }, { type: "application/json", body: nested(512) });
    expect(JSON.stringify(value)).toBe(nested(512));
  });

  it("keeps integers exact", async () => {
    const value = await call(
      { "200": json },
      { type: "application/json", body: '{"id":9007199254740993}' },
    );
    expect(String((value as { id: unknown }).id)).toBe("9007199254740993");
  });

  it.each([204, 205, 304])("has no body at %d, whatever is declared", async (status) => {
    expect(await result({ [status]: json }, { status, type: "application/json" })).toMatchObject({
      status,
      body: undefined,
    });
  });

  it("has no body after HEAD", async () => {
    expect(
      await call(
        { "200": json },
        { method: "HEAD", type: "application/json", headers: { "content-length": "99999999" } },
      ),
    ).toBeUndefined();
  });

  it("is read by its status, then its class, then by default", async () => {
    const answers: Answers = {
      "200": { "text/x": "text" },
      "2XX": json,
      default: { "application/json": "text" },
    };
    const of = async (status: number, type: string): Promise<unknown> =>
      (await result(answers, { status, type, body: "1" })).body;
    expect(await of(200, "text/x")).toBe("1");
    expect(await of(201, "application/json")).toBe(1);
    expect(await of(201, "application/json; v=1")).toBe(1);
    const only: Answers = { default: json };
    expect(await call(only, { type: "application/json", body: "[1]" })).toEqual([1]);
  });

  it("shows every header field, in lower case, repeated ones as a list", async () => {
    const { headers } = await result(
      { "200": {} },
      { headers: { "X-One": "1", "Set-Cookie": ["a=1", "b=2"] } },
    );
    expect(headers).toMatchObject({ "x-one": "1", "set-cookie": ["a=1", "b=2"] });
  });
});

describe("an answer that breaks its contract", () => {
  const rows: [string, Given][] = [
    ["invalid JSON", { type: "application/json", body: "{" }],
    ["JSON that nests too deep", { type: "application/json", body: nested(513) }],
    ["a number that no double holds", { type: "application/json", body: "[1e400]" }],
    ["no JSON", { type: "application/json", body: "" }],
    ["another media type", { type: "text/html", body: "<p>" }],
    [
      "a content coding that was not asked for",
      { type: "application/json", body: "x", headers: { "content-encoding": "gzip" } },
    ],
    ["too much", { type: "application/json", body: `"${"x".repeat(2_000)}"` }],
    [
      "too much in many packets",
      { type: "application/json", body: Array<string>(40).fill("x".repeat(100)) },
    ],
  ];
  it.each(rows)("by %s is 502, named after service and operation", async (_what, given) => {
    const plan = planOf({ answers: { "200": json } });
    const { operation, events } = connect(await service(given), plan, { maxAnswerBytes: 1_000 });
    const error = await failureOf(operation(createContext())());
    expect(error).toMatchObject({
      name: "UpstreamError",
      code: "service-contract",
      status: 502,
      service: "svc",
      operation: "op",
    });
    expect(events).toMatchObject([{ outcome: "failed", error }]);
    expect(await operation(createContext())(undefined, { fallback: "instead" })).toBe("instead");
  });
});

describe("an answer that is JSON, but beyond what is read", () => {
  it.each([
    [nested(513), "the service answered 200 with JSON that is nested deeper than 512 levels"],
    [
      "1e400",
      "the service answered 200 with JSON that has a number beyond 1.8e308, the largest that a double holds",
    ],
  ])("is told as what it is (%#)", async (body, message) => {
    const error = await failureOf(call({ "200": json }, { type: "application/json", body }));
    expect([error.code, error.message]).toEqual(["service-contract", message]);
  });
});

describe("a promised body that is missing", () => {
  it("is told as what it is, not as invalid JSON", async () => {
    const error = await failureOf(call({ "200": json }, { type: "application/json", body: "" }));
    expect(error.message).toBe("the service answered 200 without the body that it declares");
  });
});
