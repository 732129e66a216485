import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import type { BodyKind, MediaModel, OperationModel, Schema } from "../../../cli/gen/model.ts";
import type { MockOptions } from "../../../cli/mock/create-mock.ts";
import {
  answer,
  body,
  json,
  media,
  model,
  operation,
  parameter,
  type RunningMock,
  run,
} from "./support.ts";

const text: Schema = { type: "string" };
const line: Schema = {
  type: "object",
  required: ["sku"],
  properties: { sku: text, quantity: { type: "integer", minimum: 1 } },
  additionalProperties: false,
};
const order: Schema = {
  type: "object",
  required: ["lines"],
  properties: { lines: { type: "array", items: line, minItems: 1 }, note: text },
};
const done = [answer(204)];

const mock = (one: OperationModel, options?: MockOptions): Promise<RunningMock> =>
  run(model([one]), options);
const taking = (content: MediaModel<BodyKind>): OperationModel =>
  operation("POST /x", { body: body(content), answers: done });

describe("a request that does not match the document", () => {
  const search = operation("GET /search/{id}", {
    parameters: [
      parameter("path", "id", { type: "integer" }),
      parameter("query", "limit", { type: "integer", maximum: 10 }),
      parameter("query", "sort", { enum: ["asc", "desc"] }, { required: true }),
      parameter("header", "X-Tenant", text, { required: true }),
      parameter("cookie", "sid", { type: "string", minLength: 3 }),
    ],
    answers: done,
  });

  it("is answered 422 with every pointer and reason", async () => {
    const { call } = await mock(search);
    const reply = await call("GET", "/search/abc?limit=99", { headers: { cookie: "sid=a" } });
    expect(reply.status).toBe(422);
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
    expect(reply.body).toEqual({
      type: "about:blank",
      title: "Unprocessable Entity",
      status: 422,
      detail: "the request does not match the document",
      errors: [
        { pointer: "/query/sort", detail: "is required" },
        { pointer: "/header/X-Tenant", detail: "is required" },
        { pointer: "/path/id", detail: "must be integer" },
        { pointer: "/query/limit", detail: "must be <= 10" },
        { pointer: "/cookie/sid", detail: "must NOT have fewer than 3 characters" },
      ],
    });
  });

  it("passes when it does", async () => {
    const { call } = await mock(search);
    const reply = await call("GET", "/search/7?limit=9&sort=asc", {
      headers: { cookie: "sid=abc", "x-tenant": "t" },
    });
    expect(reply.status).toBe(204);
  });

  it("is placed inside the body", async () => {
    const { call } = await mock(taking(media<"json">(order)));
    const reply = await call("POST", "/x", { body: { lines: [{ quantity: 0, "a/b": 1 }] } });
    expect(reply.body).toMatchObject({
      errors: [
        { pointer: "/body/lines/0/sku", detail: "is required" },
        { pointer: "/body/lines/0/a~1b", detail: "is not a property of this object" },
        { pointer: "/body/lines/0/quantity", detail: "must be >= 1" },
      ],
    });
  });

  it("lists twenty things that are wrong, not thousands", async () => {
    const { call } = await mock(
      taking(media<"json">({ type: "array", items: { type: "integer" } })),
    );
    const reply = await call("POST", "/x", { body: Array.from({ length: 5000 }, () => "a") });
    expect((reply.body as { errors: unknown[] }).errors).toHaveLength(20);
  });
});

describe("a body", () => {
  it("that is missing is 422, unless it may be", async () => {
    const required = await mock(taking(media<"json">(order)));
    expect(await required.call("POST", "/x")).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "/body", detail: "is required" }] },
    });
    const optional = await mock(
      operation("POST /x", {
        body: { required: false, media: [media<"json">(order)] },
        answers: done,
      }),
    );
    expect((await optional.call("POST", "/x")).status).toBe(204);
  });

  it("in another media type is 415, and the answer says what is taken", async () => {
    const { call } = await mock(taking(media<"json">(order)));
    for (const headers of [
      { "content-type": "text/plain" },
      { "content-type": "application/xml" },
    ]) {
      const reply = await call("POST", "/x", { headers, body: "{}" });
      expect(reply.status).toBe(415);
      expect(reply.headers.get("accept")).toBe("application/json");
    }
  });

  it("that is not the JSON it claims to be is 400", async () => {
    const { call } = await mock(taking(media<"json">(order)));
    const reply = await call("POST", "/x", {
      headers: { "content-type": "application/json" },
      body: '{"lines":',
    });
    expect(reply).toMatchObject({
      status: 400,
      body: { detail: "the body cannot be read: it is not valid JSON" },
    });
  });

  it("over the limit is 413, whether its length is declared or not", async () => {
    const { call, url } = await mock(
      taking(media<"text">(text, { kind: "text", mediaType: "text/plain" })),
      { maxBodyBytes: 100 },
    );
    const headers = { "content-type": "text/plain" };
    expect((await call("POST", "/x", { headers, body: "x".repeat(100) })).status).toBe(204);
    expect((await call("POST", "/x", { headers, body: "x".repeat(101) })).status).toBe(413);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = httpRequest(`${url}/x`, { method: "POST", headers }, (response) =>
        resolve(response.resume().statusCode),
      );
      sending.once("error", reject);
      for (let chunk = 0; chunk < 20; chunk += 1) sending.write("x".repeat(10));
      sending.end();
    });
    expect(status).toBe(413);
  });

  it("of an operation that takes none is left alone", async () => {
    const { call } = await mock(operation("POST /x", { answers: done }));
    expect((await call("POST", "/x", { body: { any: "thing" } })).status).toBe(204);
  });

  it("with a media type of the document's range is taken", async () => {
    const { call } = await mock(
      taking(media<"binary">(undefined, { kind: "binary", mediaType: "image/*" })),
    );
    expect(
      (
        await call("POST", "/x", {
          headers: { "content-type": "image/webp" },
          body: new Uint8Array(3),
        })
      ).status,
    ).toBe(204);
    expect(
      (await call("POST", "/x", { headers: { "content-type": "text/plain" }, body: "abc" })).status,
    ).toBe(415);
  });

  it("of lines is checked line by line", async () => {
    const { call } = await mock(
      taking(
        media<"ndjson">(undefined, {
          kind: "ndjson",
          mediaType: "application/x-ndjson",
          itemSchema: line,
        }),
      ),
    );
    const headers = { "content-type": "application/x-ndjson" };
    expect((await call("POST", "/x", { headers, body: '{"sku":"a"}\n\n{"sku":"b"}' })).status).toBe(
      204,
    );
    expect(await call("POST", "/x", { headers, body: '{"sku":"a"}\n{}' })).toMatchObject({
      body: { errors: [{ pointer: "/body/1/sku" }] },
    });
    expect((await call("POST", "/x", { headers, body: '{"sku":"a"}\n{' })).status).toBe(400);
  });
});

it("alternatives that contain each other are not held against the caller", async () => {
  const schema: Schema = {
    oneOf: [
      { type: "object", required: ["a"], properties: { a: text } },
      { type: "object", properties: { a: text, b: text } },
    ],
  };
  const { call } = await mock(taking(media<"json">(schema)));
  expect((await call("POST", "/x", { body: { a: "1" } })).status).toBe(204);
  expect((await call("POST", "/x", { body: { a: 1 } })).status).toBe(422);
});

it("a pattern that is no regular expression is not held against the caller", async () => {
  const { call } = await mock(
    taking(media<"json">({ type: "string", pattern: "(?<oops", minLength: 2 })),
  );
  const headers = { "content-type": "application/json" };
  expect((await call("POST", "/x", { headers, body: '"ab"' })).status).toBe(204);
  expect((await call("POST", "/x", { headers, body: '"a"' })).status).toBe(422);
});

it("operations that only a fragment tells apart are told apart by what they take", async () => {
  const one = operation("POST /x#a", {
    name: "a",
    body: body(media<"json">(order)),
    answers: [json(200, { const: "a" })],
  });
  const two = operation("POST /x#b", {
    name: "b",
    body: body(media<"text">(text, { kind: "text", mediaType: "text/plain" })),
    answers: [json(200, { const: "b" })],
  });
  const { call } = await run(model([one, two]));
  expect((await call("POST", "/x", { body: { lines: [{ sku: "s" }] } })).body).toBe("a");
  expect(
    (await call("POST", "/x", { headers: { "content-type": "text/plain" }, body: "b" })).body,
  ).toBe("b");
  expect((await call("POST", "/x", { body: {} })).status).toBe(422);
});

describe("what no operation is for", () => {
  it("is 404 where the path is not known, 405 with Allow where the method is not", async () => {
    const { call, log } = await run(
      model([operation("GET /x", { answers: done }), operation("POST /x", { answers: done })]),
    );
    expect(await call("GET", "/y")).toMatchObject({
      status: 404,
      body: { detail: "no operation of test has the path /y" },
    });
    const reply = await call("DELETE", "/x");
    expect(reply.status).toBe(405);
    expect(reply.headers.get("allow")).toBe("GET, HEAD, POST");
    expect(
      log.map(({ method, target, status, operation: name }) => [method, target, status, name]),
    ).toEqual([
      ["GET", "/y", 404, undefined],
      ["DELETE", "/x", 405, undefined],
    ]);
  });

  it("HEAD of a GET is answered without a body", async () => {
    const { call } = await run(model([operation("GET /x", { answers: [json(200, text)] })]));
    expect(await call("HEAD", "/x")).toMatchObject({ status: 200, text: "" });
  });
});
