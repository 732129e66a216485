/** Streamed answers, item by item. */
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
