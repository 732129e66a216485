import { describe, expect, it } from "vitest";
import { z } from "zod";
import { collectKnownValues } from "../../../../cli/index/drill/known-values.ts";
import { type InputSource, makeRouteInput } from "../../../../cli/index/drill/route-input.ts";
import { modelOf } from "./support.ts";

const shop = await modelOf({
  "/customers/{id}/addresses": {
    get: {
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "string", example: "c-1" } },
      ],
      responses: {
        200: {
          description: "",
          content: { "application/json": { example: [{ id: "a-7", city: "Ghent" }] } },
        },
      },
    },
  },
  "/orders": {
    post: {
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: { type: "object", required: ["lines"], properties: { lines: {} } },
            example: { lines: [{ sku: "s-1" }], token: "tok" },
          },
        },
      },
      responses: { 201: { description: "" } },
    },
  },
  "/parcels/{parcelId}": {
    get: {
      parameters: [
        {
          name: "parcelId",
          in: "path",
          required: true,
          schema: { type: "string", format: "uuid" },
        },
      ],
      responses: { 200: { description: "" } },
    },
  },
});
const known = collectKnownValues([shop]);

function input(template: string, source: Partial<InputSource> = {}) {
  return makeRouteInput({ template, schemas: {}, known, given: {}, ...source });
}

describe("the request of a route", () => {
  it("has path parameters by what they stand for in the documents, and samples of their types", () => {
    expect(input("/web/{customerId}/{addressId}").target).toBe("/web/c-1/a-7");
    expect(input("/web/{parcelId}").target).toMatch(/^\/web\/[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(input("/web/{other}").target).toBe("/web/1");
  });

  it("has a body that its schema takes, with values that the documents know by the names of properties", () => {
    const body = z.object({
      addressId: z.string(),
      lines: z.array(z.object({ sku: z.string() })).min(1),
      count: z.number().int().min(3),
      note: z.string().optional(),
    });
    const { body: text = "", headers } = input("/web/orders", { schemas: { body } });
    expect(headers).toEqual({ "content-type": "application/json" });
    expect(body.parse(JSON.parse(text))).toMatchObject({
      addressId: "a-7",
      lines: [{ sku: "s-1" }],
    });
  });

  it("has the schema's own examples before all that", () => {
    const query = z.object({ addressId: z.string().meta({ examples: ["a-8"] }) });
    expect(input("/web", { schemas: { query } }).target).toBe("/web?addressId=a-8");
    const body = z.object({ id: z.string() }).meta({ examples: [{ id: "whole" }] });
    expect(input("/web", { schemas: { body } }).body).toBe('{"id":"whole"}');
  });

  it("has what was given for it before everything", () => {
    const given = {
      path: { customerId: "c-9" },
      query: { tag: ["a", "b"] },
      headers: { "X-Key": "k" },
      body: [],
    };
    expect(input("/web/{customerId}", { given })).toEqual({
      target: "/web/c-9?tag=a&tag=b",
      headers: { "content-type": "application/json", "x-key": "k" },
      body: "[]",
    });
  });

  it("has the body that a relayed operation needs", () => {
    const operation = shop.operations.find(({ path }) => path === "/orders");
    expect(input("/orders", { operation, model: shop }).body).toBe(
      '{"lines":[{"sku":"s-1"}],"token":"tok"}',
    );
  });

  it("takes JSON Schema from any library that tells it", () => {
    const schema = z.object({ q: z.string() });
    const standard = {
      version: 1,
      vendor: "another",
      validate: schema["~standard"].validate,
      jsonSchema: {
        input: () => ({ type: "object", required: ["q"], properties: { q: { const: "told" } } }),
      },
    } as const;
    expect(input("/web", { schemas: { query: { "~standard": standard } } }).target).toBe(
      "/web?q=told",
    );
  });
});
