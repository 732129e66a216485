import { describe, expect, it } from "vitest";
import type { OperationModel, Schema } from "../../../cli/gen/model.ts";
import type { MockOptions } from "../../../cli/mock/create-mock.ts";
import { createValidator } from "../../../cli/mock/request/validator.ts";
import { createSchemaView } from "../../../cli/mock/schema/schema-view.ts";
import { answer, json, media, model, operation, type RunningMock, run } from "./support.ts";

const text: Schema = { type: "string" };
const order: Schema = {
  type: "object",
  required: ["id", "total"],
  properties: { id: text, total: { type: "integer" }, note: text },
};
const mock = (
  one: Partial<OperationModel>,
  key = "GET /x",
  options?: MockOptions,
): Promise<RunningMock> => run(model([operation(key, one)]), options);

describe("the status", () => {
  it.each([
    ["the lowest 2xx", ["404", "202", "201", "default"], 201],
    ["2XX as 200", ["404", "2XX", "default"], 200],
    ["default as 200", ["404", "default"], 200],
    ["the lowest 3xx where there is nothing better", ["404", "307", "302"], 302],
    ["an empty 200 where only failures are declared", ["401", "404"], 200],
    ["an empty 200 where nothing is declared", [], 200],
  ])("is %s", async (_, statuses, want) => {
    const { call } = await mock({ answers: statuses.map((status) => answer(status)) });
    expect(await call("GET", "/x")).toMatchObject({ status: want, text: "" });
  });

  it("204 has neither body nor length, an empty 202 has the length 0", async () => {
    const { call } = await run(
      model([
        operation("GET /a", { answers: [answer(204)] }),
        operation("GET /b", { answers: [answer(202)] }),
      ]),
    );
    expect((await call("GET", "/a")).headers.get("content-length")).toBeNull();
    expect((await call("GET", "/b")).headers.get("content-length")).toBe("0");
  });
});

describe("the body", () => {
  it("is the example, as it is", async () => {
    const example = { id: "o-1", total: 5, more: [1] };
    const { call } = await mock({ answers: [json(200, order, example)] });
    expect((await call("GET", "/x")).body).toEqual(example);
  });

  it("is the first example that conforms", async () => {
    const { call } = await mock({
      answers: [json(200, order, { id: 1 }, { id: "o-2", total: 2 })],
    });
    expect((await call("GET", "/x")).body).toEqual({ id: "o-2", total: 2 });
  });

  it("is an example written as text, too", async () => {
    const { call } = await mock({ answers: [json(200, order, '{ "id": "o-3", "total": 3 }')] });
    expect((await call("GET", "/x")).body).toEqual({ id: "o-3", total: 3 });
  });

  it("keeps of a wrong example what is right", async () => {
    const { call } = await mock({ answers: [json(200, order, { id: "o-4", total: "four" })] });
    expect((await call("GET", "/x")).body).toEqual({
      id: "o-4",
      total: expect.any(Number),
      note: expect.any(String),
    });
  });

  it("is a sample that conforms where there is no example, the same at every start", async () => {
    const validator = await createValidator(createSchemaView({}));
    const bodies = [];
    for (const seed of [1, 1, 2]) {
      const { call } = await mock({ answers: [json(200, order)] }, "GET /x", { seed });
      const reply = await call("GET", "/x");
      expect(validator.check(order, reply.body, "")).toEqual([]);
      bodies.push(reply.text);
    }
    expect(bodies[0]).toBe(bodies[1]);
    expect(bodies[0]).not.toBe(bodies[2]);
  });

  it("follows from the path parameters", async () => {
    const { call } = await mock(
      {
        answers: [json(200, { type: "object", properties: { title: text }, required: ["title"] })],
      },
      "GET /pages/{page}",
    );
    const [one, again, other] = [
      await call("GET", "/pages/a"),
      await call("GET", "/pages/a"),
      await call("GET", "/pages/b"),
    ];
    expect(one.text).toBe(again.text);
    expect(one.text).not.toBe(other.text);
  });

  it("has the path parameters in the properties that are called like them", async () => {
    const schema: Schema = {
      type: "object",
      properties: { customer_id: text, year: { type: "string" }, total: { type: "integer" } },
    };
    const { call } = await mock(
      { answers: [json(200, schema, { customer_id: "c-1", year: "2020", total: 1 })] },
      "GET /customers/{customerId}/totals/{year}",
    );
    expect((await call("GET", "/customers/c-9/totals/2026")).body).toEqual({
      customer_id: "c-9",
      year: "2026",
      total: 1,
    });
  });

  it("is the one of several examples that the path asks for", async () => {
    const schema: Schema = {
      type: "object",
      required: ["sku"],
      properties: { sku: text, stock: { type: "integer" } },
    };
    const { call } = await mock(
      { answers: [json(200, schema, { sku: "a", stock: 1 }, { sku: "b", stock: 2 })] },
      "GET /products/{sku}/stock",
    );
    expect((await call("GET", "/products/b/stock")).body).toEqual({ sku: "b", stock: 2 });
  });

  it("keeps integers beyond 2^53 as they were sent", async () => {
    const thing: Schema = {
      type: "object",
      properties: { id: text, big: { type: "integer", format: "int64" } },
    };
    const schema = { ...media<"json">(thing) };
    const { call } = await run(
      model([
        operation("POST /things", {
          body: { required: true, media: [schema] },
          answers: [json(201, thing)],
        }),
        operation("GET /things/{id}", { answers: [json(200, thing)] }),
      ]),
    );
    const headers = { "content-type": "application/json" };
    const sent = await call("POST", "/things", {
      headers,
      body: '{"id":"t","big":9007199254740993}',
    });
    expect(sent.text).toContain("9007199254740993");
    expect((await call("GET", "/things/t")).text).toContain("9007199254740993");
  });
});

describe("the media type", () => {
  const answers = [
    answer(200, [
      media(order, { examples: [{ id: "o", total: 1 }] }),
      media<"text">(text, { kind: "text", mediaType: "text/csv", examples: ["id\r\no\r\n"] }),
      media<"binary">(undefined, { kind: "binary", mediaType: "image/*" }),
    ]),
  ];

  it.each([
    ["*/*", "application/json", '{"id":"o","total":1}'],
    ["text/*", "text/csv", "id\r\no\r\n"],
    ["application/json;q=0.1, text/csv", "text/csv", "id\r\no\r\n"],
    ["application/vnd.shop+json", "application/json", '{"id":"o","total":1}'],
  ])("for Accept: %s is %s", async (accept, type, want) => {
    const { call } = await mock({ answers });
    const reply = await call("GET", "/x", { headers: { accept } });
    expect(reply.headers.get("content-type")).toBe(type);
    expect(reply.text).toBe(want);
  });

  it("of a range is a concrete one", async () => {
    const { call } = await mock({ answers });
    const reply = await call("GET", "/x", { headers: { accept: "image/png" } });
    expect(reply.headers.get("content-type")).toBe("image/png");
    expect(reply.text).toContain("PNG");
  });

  it("that nobody offers is 406", async () => {
    const { call } = await mock({ answers });
    expect(await call("GET", "/x", { headers: { accept: "video/mp4" } })).toMatchObject({
      status: 406,
    });
  });

  it("of a failure does not matter", async () => {
    const { call } = await mock({ answers: [...answers, json(404, { const: "gone" })] });
    expect(
      await call("GET", "/x", { headers: { accept: "video/mp4", prefer: "code=404" } }),
    ).toMatchObject({ status: 404, body: "gone" });
  });
});

it("declared header fields are sampled, except those that would lead elsewhere", async () => {
  const headers = [
    {
      name: "X-Rate-Left",
      required: true,
      schema: { type: "integer", minimum: 3, maximum: 3 } as Schema,
    },
    { name: "ETag", required: false, schema: { const: "abc" } as Schema },
    { name: "X-List", required: false, schema: { const: ["a", "b"] } as Schema },
    { name: "Link", required: false, schema: text },
    { name: "Content-Length", required: true, schema: { const: 7 } as Schema },
    { name: "X-Broken", required: true, schema: { const: "a\nb" } as Schema },
    { name: "not a name", required: true, schema: text },
  ];
  const { call } = await mock({ answers: [answer(200, [media(order)], headers)] });
  const reply = await call("GET", "/x");
  expect(reply.headers.get("x-rate-left")).toBe("3");
  expect(reply.headers.get("etag")).toBe('"abc"');
  expect(reply.headers.get("x-list")).toBe("a,b");
  expect([reply.headers.has("link"), reply.headers.has("x-broken")]).toEqual([false, false]);
  expect(reply.headers.get("content-length")).toBe(String(reply.text.length));
});

it("a schema that nothing conforms to is answered with the best there is", async () => {
  const { call } = await mock({
    answers: [
      json(
        200,
        { type: "object", required: ["a"], properties: { a: false, b: text } },
        { b: "shown" },
      ),
    ],
  });
  expect(await call("GET", "/x")).toMatchObject({ status: 200, body: { b: "shown" } });
});
