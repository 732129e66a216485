/** Streamed answers, item by item. */
import { describe, expect, it } from "vitest";
import { type Answers, call, itemsOf, json, result, service } from "./answers-support.ts";
import { connect, createContext, failureOf, planOf, startRecorder } from "./support.ts";

/** Deeper than any answer is read. */
const DEEP = "[".repeat(513) + "]".repeat(513);

describe("a streamed answer", () => {
  it("gives the items of NDJSON, however the packets cut them", async () => {
    const text = Buffer.from('{"a":"é"}\r\n\n  \n[9007199254740993]\n"end"');
    const body = Array.from(text, (byte) => new Uint8Array([byte]));
    const got = await itemsOf(
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
    expect(
      await itemsOf(await call({ "200": { "application/json-seq": "ndjson" } }, given)),
    ).toEqual([{ a: 1 }, 2]);
  });

  it("gives server-sent events, with data parsed where it is a JSON object or list", async () => {
    const body =
      ': hi\n\nevent: add\nid: 7\nretry: 10\ndata: {"a":\ndata: 1}\n\ndata: [DONE]\n\ndata: 42\n\ndata: lost';
    const got = await itemsOf(
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
    expect(
      await itemsOf(await call({ "200": { "text/event-stream": "sse-text" } }, given)),
    ).toEqual([{ data: "{}" }]);
  });

  it("is a result's body, too", async () => {
    const { status, body } = await result(
      { "200": { "application/x-ndjson": "ndjson" } },
      { type: "application/x-ndjson", body: "1\n2\n" },
    );
    expect([status, await itemsOf(body)]).toEqual([200, [1, 2]]);
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
    expect(await itemsOf(await chat.stream())).toEqual([{ data: "1" }]);
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

  it("says why an item cannot be read", async () => {
    const given = { type: "text/event-stream", body: `data: ${DEEP}\n\n` };
    const stream = await call({ "200": { "text/event-stream": "sse" } }, given);
    expect((await failureOf(itemsOf(stream))).message).toBe(
      "the service's stream has JSON that is nested deeper than 512 levels",
    );
    const asText = await call({ "200": { "text/event-stream": "sse-text" } }, given);
    expect(await itemsOf(asText)).toEqual([{ data: DEEP }]);
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
    ["ndjson", "application/x-ndjson", `1\n${DEEP}\n2\n`],
    ["ndjson", "application/x-ndjson", "1\n-1e999\n2\n"],
    ["ndjson", "application/json-seq", `\x1e1\n\x1e${DEEP}\n`],
    ["sse", "text/event-stream", `data: 1\n\ndata: ${DEEP}\n\n`],
    ["sse", "text/event-stream", 'data: 1\n\ndata: {"a":1e400}\n\n'],
    ["ndjson", "application/x-ndjson", `1\n"${"x".repeat(3_000)}"\n`],
    ["sse", "text/event-stream", `data: 1\n\ndata: ${"x".repeat(3_000)}\n\n`],
    ["sse", "text/event-stream", `data: 1\n\n${"data: x\n".repeat(500)}\n`],
  ] as const)("of %s ends with an error at what cannot be read", async (kind, type, body) => {
    const { operation } = connect(
      await service({ type, body }),
      planOf({ answers: { "200": { [type]: kind } } }),
      { maxAnswerBytes: 2_000 },
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
