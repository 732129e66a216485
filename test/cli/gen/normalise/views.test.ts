import { describe, expect, it } from "vitest";
import { document, modelOf, operationOf, plain } from "../read/support.ts";

const text = { type: "string" };
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown): unknown => ({ content: { "application/json": { schema } } });

/** POST takes one schema and answers with another. */
async function views(input: unknown, output: unknown, schemas: Readonly<Record<string, unknown>>) {
  const model = await modelOf(
    document(
      "3.0.3",
      {
        "/a": {
          post: {
            operationId: "a",
            requestBody: json(input),
            responses: { 200: { description: "ok", ...(json(output) as object) } },
          },
        },
      },
      { components: { schemas } },
    ),
  );
  const { body, answers } = operationOf(model, "a");
  return {
    request: body?.media[0]?.schema,
    answer: answers[0]?.media[0]?.schema,
    schemas: plain(model.schemas),
  };
}

describe("read-only and write-only properties", () => {
  const Order = {
    type: "object",
    required: ["id", "name", "secret"],
    properties: {
      id: { type: "string", readOnly: true },
      name: text,
      secret: { type: "string", writeOnly: true },
    },
  };

  it("split a schema in two: answers keep its name, requests get one of their own", async () => {
    expect(await views(ref("Order"), ref("Order"), { Order })).toEqual({
      request: ref("OrderInput"),
      answer: ref("Order"),
      schemas: {
        Order: {
          type: "object",
          required: ["id", "name"],
          properties: { id: { type: "string", readOnly: true }, name: text },
          "x-write-only": ["secret"],
        },
        OrderInput: {
          type: "object",
          required: ["name", "secret"],
          properties: { name: text, secret: { type: "string", writeOnly: true } },
        },
      },
    });
  });

  it("do not split a schema that only requests use", async () => {
    const { request, schemas } = await views(ref("Order"), text, { Order });
    expect(request).toEqual(ref("Order"));
    expect(schemas).toEqual({
      Order: {
        type: "object",
        required: ["name", "secret"],
        properties: { name: text, secret: { type: "string", writeOnly: true } },
      },
    });
  });

  it("split everything that leads to them, in circles too, and nothing else", async () => {
    const found = await views(ref("Page"), ref("Page"), {
      Page: {
        type: "object",
        properties: { orders: { type: "array", items: ref("Order") }, total: ref("Total") },
      },
      Order: {
        type: "object",
        properties: { id: { type: "string", readOnly: true }, page: ref("Page") },
      },
      Total: { type: "number" },
    });
    expect(found.schemas).toEqual({
      Order: {
        type: "object",
        properties: { id: { type: "string", readOnly: true }, page: ref("Page") },
      },
      OrderInput: { type: "object", properties: { page: ref("PageInput") } },
      Page: {
        type: "object",
        properties: { orders: { type: "array", items: ref("Order") }, total: ref("Total") },
      },
      PageInput: {
        type: "object",
        properties: { orders: { type: "array", items: ref("OrderInput") }, total: ref("Total") },
      },
      Total: { type: "number" },
    });
  });

  it("may be marked in what a property refers to, or beside it in an allOf", async () => {
    const found = await views(ref("Order"), text, {
      Order: {
        type: "object",
        properties: {
          a: ref("Id"),
          b: { allOf: [ref("Name"), { readOnly: true }] },
          c: { $ref: "#/components/schemas/Name", readOnly: true },
          d: ref("Name"),
        },
      },
      Id: { type: "string", readOnly: true },
      Name: text,
    });
    expect(found.schemas).toEqual({
      Order: { type: "object", properties: { d: ref("Name") } },
      Name: text,
    });
  });

  it("are not required by a neighbour in an allOf either", async () => {
    const found = await views(
      { allOf: [ref("Order"), { type: "object", required: ["id", "name"] }] },
      text,
      {
        Order: {
          type: "object",
          properties: { id: { type: "string", readOnly: true }, name: text },
        },
      },
    );
    expect(found.request).toEqual({
      allOf: [ref("Order"), { type: "object", required: ["name"] }],
    });
  });

  it("in the schema of a body itself are left out of it", async () => {
    const found = await views(Order, Order, {});
    expect(found.request).toEqual({
      type: "object",
      required: ["name", "secret"],
      properties: { name: text, secret: { type: "string", writeOnly: true } },
    });
    expect(found.answer).toEqual({
      type: "object",
      required: ["id", "name"],
      properties: { id: { type: "string", readOnly: true }, name: text },
      "x-write-only": ["secret"],
    });
    expect(found.schemas).toEqual({});
  });

  it("are named by answers in every schema that leaves them out", async () => {
    const found = await views(text, ref("Order"), {
      Order: {
        allOf: [ref("Secret"), { type: "object", properties: { secret: text, name: text } }],
      },
      Secret: { type: "object", properties: { secret: { type: "string", writeOnly: true } } },
    });
    const hidden = { "x-write-only": ["secret"] };
    expect(found.schemas).toEqual({
      Order: {
        allOf: [ref("Secret"), { type: "object", properties: { name: text }, ...hidden }],
      },
      Secret: { type: "object", properties: {}, ...hidden },
    });
  });

  it("do not let the new name collide with one of the document", async () => {
    const { request } = await views(
      ref("Order"),
      { anyOf: [ref("Order"), ref("OrderInput")] },
      { Order, OrderInput: text, OrderInput2: text },
    );
    expect(request).toEqual(ref("OrderInput3"));
  });
});
