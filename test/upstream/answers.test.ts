/** Every kind of good answer, read as the document declares it. */
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/core/operation.ts";
import type { AnswerPlan, OperationPlan } from "../../src/upstream/plan.ts";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";

type Answers = OperationPlan["answers"];

interface Given {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Uint8Array | readonly (string | Uint8Array)[];
  readonly headers?: Record<string, string | string[]>;
  readonly method?: string;
}

async function service({ status = 200, type, body, headers = {} }: Given): Promise<string> {
  const { url } = await startRecorder((_request, response) => {
    response.writeHead(status, {
      ...headers,
      ...(type === undefined ? {} : { "content-type": type }),
    });
    if (Array.isArray(body)) void writeSlowly(response, body);
    else response.end(body);
  });
  return url;
}

/** Every chunk in a packet of its own. */
async function writeSlowly(
  response: ServerResponse,
  chunks: readonly (string | Uint8Array)[],
): Promise<void> {
  for (const chunk of chunks) {
    await new Promise<void>((resolve) => response.write(chunk, () => setImmediate(resolve)));
  }
  response.end();
}

async function call(answers: Answers, given: Given): Promise<unknown> {
  const { operation } = connect(
    await service(given),
    planOf({ answers, method: given.method ?? "GET" }),
  );
  return operation(createContext())();
}

async function result(answers: Answers, given: Given): Promise<Answer<number, unknown>> {
  const { operation } = connect(
    await service(given),
    planOf({ answers, method: given.method ?? "GET" }),
  );
  return operation(createContext()).result() as Promise<Answer<number, unknown>>;
}

const json: AnswerPlan = { "application/json": "json" };

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

describe("a promised body that is missing", () => {
  it("is told as what it is, not as invalid JSON", async () => {
    const error = await failureOf(call({ "200": json }, { type: "application/json", body: "" }));
    expect(error.message).toBe("the service answered 200 without the body that it declares");
  });
});
