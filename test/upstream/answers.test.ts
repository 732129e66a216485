/** Every kind of answer, read as the document declares it. */
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { UpstreamError } from "../../src/core/errors.ts";
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

describe("an answer outside of 2xx", () => {
  it("is thrown with what the service said", async () => {
    const problem = { type: "about:blank", title: "No such order" };
    const answers: Answers = { "200": json, "404": { "application/problem+json": "json" } };
    const error = (await failureOf(
      call(answers, {
        status: 404,
        type: "application/problem+json",
        body: JSON.stringify(problem),
      }),
    )) as unknown as UpstreamError;
    expect(error).toMatchObject({
      name: "UpstreamError",
      code: "service-failed",
      status: 502,
      service: "svc",
      operation: "op",
      body: problem,
    });
    expect(error.details).toMatchObject({ serviceStatus: 404 });
  });

  it("is a result to whoever asks for that", async () => {
    expect(
      await result(
        { "200": json, "404": json },
        { status: 404, type: "application/json", body: '{"a":1}' },
      ),
    ).toMatchObject({ status: 404, body: { a: 1 } });
  });

  const rows: [string, Given, unknown][] = [
    ["JSON that is not declared", { type: "application/json", body: "[1]" }, [1]],
    ["what only says that it is JSON", { type: "application/json", body: "<p>" }, "<p>"],
    ["text", { type: "text/html", body: "<p>é" }, "<p>é"],
    ["nothing", { type: "text/html", body: "" }, undefined],
    ["JSON without a type", { body: '{"a":1}' }, { a: 1 }],
  ];
  it.each(rows)("has %s as its body", async (_what, given, want) => {
    for (const status of [302, 400, 503]) {
      expect((await result({ "200": json }, { ...given, status })).body).toEqual(want);
    }
  });

  it("is never followed when it redirects", async () => {
    const { url, requests } = await startRecorder((_request, response) =>
      response.writeHead(302, { location: "/elsewhere" }).end(),
    );
    const { operation } = connect(url, planOf());
    expect(await failureOf(operation(createContext())())).toMatchObject({
      code: "service-failed",
      details: { serviceStatus: 302 },
    });
    expect(requests.length).toBe(1);
  });

  it.each([
    [429, "7", { code: "too-many-requests", status: 429 }, 7],
    [429, undefined, { code: "too-many-requests", status: 429 }, undefined],
    [503, "7", { code: "service-failed", status: 503 }, 7],
    [503, "soon", { code: "service-failed", status: 502 }, undefined],
    [503, undefined, { code: "service-failed", status: 502 }, undefined],
    [500, "7", { code: "service-failed", status: 502 }, undefined],
    [503, "Thu, 01 Jan 1970 00:01:00 GMT", { code: "service-failed", status: 503 }, 50],
  ])(
    "%d with Retry-After %s is passed on as it can be used",
    async (status, retryAfter, want, seconds) => {
      const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
      const url = await service({ status, headers });
      const { operation } = connect(url, planOf(), {}, { now: () => 10_000 });
      const error = (await failureOf(operation(createContext())())) as unknown as UpstreamError;
      expect(error).toMatchObject(want);
      expect(error.details.retryAfterSeconds).toBe(seconds);
    },
  );
});

describe("a streamed answer", () => {
  const items = async (iterable: unknown): Promise<unknown[]> => {
    const all: unknown[] = [];
    for await (const item of iterable as AsyncIterable<unknown>) all.push(item);
    return all;
  };

  it("gives the items of NDJSON, however the packets cut them", async () => {
    const text = Buffer.from('{"a":"é"}\r\n\n  \n[9007199254740993]\n"end"');
    const body = Array.from(text, (byte) => new Uint8Array([byte]));
    const got = await items(
      await call(
        { "200": { "application/x-ndjson": "ndjson" }, "404": json, default: json },
        { type: "application/x-ndjson", body },
      ),
    );
    expect([got[0], got[2], got.length]).toEqual([{ a: "é" }, "end", 3]);
    expect(String((got[1] as unknown[])[0])).toBe("9007199254740993");
  });

  it("gives the items of a JSON text sequence", async () => {
    const given = { type: "application/json-seq", body: '\x1e{"a":\n1}\n\x1e2\n' };
    expect(await items(await call({ "200": { "application/json-seq": "ndjson" } }, given))).toEqual(
      [{ a: 1 }, 2],
    );
  });

  it("gives server-sent events, with data parsed where it is a JSON object or list", async () => {
    const body =
      ': hi\n\nevent: add\nid: 7\nretry: 10\ndata: {"a":\ndata: 1}\n\ndata: [DONE]\n\ndata: 42\n\ndata: lost';
    const got = await items(
      await call({ "200": { "text/event-stream": "sse" } }, { type: "text/event-stream", body }),
    );
    expect(got).toEqual([
      { event: "add", id: "7", retry: 10, data: { a: 1 } },
      { data: "[DONE]" },
      { data: "42" },
    ]);
  });

  it("gives server-sent events with data as text, where the document says so", async () => {
    const given = { type: "text/event-stream", body: "data: {}\n\n" };
    expect(await items(await call({ "200": { "text/event-stream": "sse-text" } }, given))).toEqual([
      { data: "{}" },
    ]);
  });

  it("is a result's body, too", async () => {
    const { status, body } = await result(
      { "200": { "application/x-ndjson": "ndjson" } },
      { type: "application/x-ndjson", body: "1\n2\n" },
    );
    expect([status, await items(body)]).toEqual([200, [1, 2]]);
  });

  it("is asked for by stream() where there is one body as well", async () => {
    const answers: Answers = { "200": { "application/json": "json", "text/event-stream": "sse" } };
    const { url, requests } = await startRecorder(({ headers }, response) => {
      const wantsStream = headers.accept === "text/event-stream";
      response.writeHead(200, {
        "content-type": wantsStream ? "text/event-stream" : "application/json",
      });
      response.end(wantsStream ? "data: 1\n\n" : "{}");
    });
    const { operation } = connect(
      url,
      planOf({ answers, accept: "application/json", acceptStream: "text/event-stream" }),
    );
    const chat = operation(createContext());
    expect(await chat()).toEqual({});
    expect(await items(await chat.stream())).toEqual([{ data: "1" }]);
    expect(requests.map(({ headers }) => headers.accept)).toEqual([
      "application/json",
      "text/event-stream",
    ]);
  });

  it("breaks its contract when it is one body after all", async () => {
    const answers: Answers = { "200": { "application/json": "json", "text/event-stream": "sse" } };
    const { operation } = connect(
      await service({ type: "application/json", body: "{}" }),
      planOf({ answers, acceptStream: "text/event-stream" }),
    );
    expect(await failureOf(operation(createContext()).stream())).toMatchObject({
      code: "service-contract",
    });
    const only = connect(
      await service({ type: "text/html", body: "{}" }),
      planOf({ answers: { "200": { "text/event-stream": "sse" } } }),
    );
    expect(await failureOf(only.operation(createContext())())).toMatchObject({
      code: "service-contract",
    });
  });

  it("fails like any other call when its status is not 2xx", async () => {
    const answers: Answers = { "200": { "text/event-stream": "sse" } };
    const given = { status: 404, type: "application/json", body: '{"a":1}' };
    expect(await failureOf(call(answers, given))).toMatchObject({
      code: "service-failed",
      body: { a: 1 },
      details: { serviceStatus: 404 },
    });
    expect(await result(answers, given)).toMatchObject({ status: 404, body: { a: 1 } });
  });

  it("is nothing at 204", async () => {
    expect(await call({ "200": { "text/event-stream": "sse" } }, { status: 204 })).toBeUndefined();
  });

  it.each([
    ["ndjson", "application/x-ndjson", "1\n{\n2\n"],
    ["ndjson", "application/x-ndjson", `1\n"${"x".repeat(3_000)}"\n`],
    ["sse", "text/event-stream", `data: 1\n\ndata: ${"x".repeat(3_000)}\n\n`],
    ["sse", "text/event-stream", `data: 1\n\n${"data: x\n".repeat(500)}\n`],
  ] as const)("of %s ends with an error at what cannot be read", async (kind, type, body) => {
    const { operation } = connect(
      await service({ type, body }),
      planOf({ answers: { "200": { [type]: kind } } }),
      { maxAnswerBytes: 1_000 },
    );
    const stream = (await operation(createContext())()) as AsyncIterable<unknown>;
    const got: unknown[] = [];
    const error = await failureOf(
      (async () => {
        for await (const item of stream) got.push(item);
      })(),
    );
    expect(got.length).toBe(1);
    expect(error).toMatchObject({ code: "service-contract", service: "svc", operation: "op" });
  });
});
