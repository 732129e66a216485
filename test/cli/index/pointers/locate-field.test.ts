import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readService } from "../../../../cli/gen/read-service.ts";
import { locateField } from "../../../../cli/index/pointers/locate-field.ts";
import { makeFolder, writeFiles } from "../../../support/project.ts";

const SCHEMAS = {
  Order: {
    type: "object",
    properties: {
      id: { type: "string" },
      total: { $ref: "#/components/schemas/Money" },
      lines: { type: "array", items: { $ref: "#/components/schemas/Line" } },
      point: { type: "array", prefixItems: [{ type: "number" }, { type: "string" }] },
      rates: { type: "object", additionalProperties: { $ref: "#/components/schemas/Money" } },
      "a/b": { type: "string" },
      maybe: { anyOf: [{ $ref: "#/components/schemas/Money" }, { type: "null" }] },
    },
  },
  Money: { type: "object", properties: { amount: { type: "integer" } } },
  Line: {
    allOf: [
      { type: "object", properties: { sku: { type: "string" } } },
      {
        type: "object",
        properties: { sku: { minLength: 1 }, parent: { $ref: "#/components/schemas/Line" } },
      },
    ],
  },
  Problem: { type: "object", properties: { title: { type: "string" } } },
};
const content = (name: string): object => ({
  description: "",
  content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
});
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "", version: "1" },
  paths: {
    "/orders": {
      get: {
        operationId: "getOrder",
        responses: {
          200: content("Order"),
          "4XX": content("Problem"),
          default: content("Problem"),
        },
      },
    },
  },
  components: { schemas: SCHEMAS },
};

async function ask(
  files: Readonly<Record<string, object>>,
  field: string,
  statuses?: readonly number[],
) {
  const root = makeFolder();
  const texts = Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)]);
  writeFiles(root, Object.fromEntries(texts));
  const source = Object.keys(files)[0] ?? "";
  const { model } = await readService({ name: "orders", source, root });
  const operation = model?.operations[0];
  if (model === undefined || operation === undefined) throw new Error("there is no operation");
  const path =
    field === ""
      ? []
      : field
          .slice(1)
          .split("/")
          .map((name) => name.replaceAll("~1", "/"));
  return locateField(model, operation, {
    path,
    form: statuses === undefined ? "body" : "result",
    statuses,
  });
}

describe("the places of a field", () => {
  it.each([
    ["", ["/paths/~1orders/get/responses/200/content/application~1json/schema"]],
    ["/id", ["/components/schemas/Order/properties/id"]],
    ["/total", ["/components/schemas/Order/properties/total"]],
    ["/total/amount", ["/components/schemas/Money/properties/amount"]],
    ["/lines/*", ["/components/schemas/Order/properties/lines/items"]],
    [
      "/lines/*/sku",
      [
        "/components/schemas/Line/allOf/0/properties/sku",
        "/components/schemas/Line/allOf/1/properties/sku",
      ],
    ],
    ["/lines/*/parent/parent/parent", ["/components/schemas/Line/allOf/1/properties/parent"]],
    [
      "/point/*",
      [
        "/components/schemas/Order/properties/point/prefixItems/0",
        "/components/schemas/Order/properties/point/prefixItems/1",
      ],
    ],
    ["/rates/*", ["/components/schemas/Order/properties/rates/additionalProperties"]],
    ["/rates/EUR/amount", ["/components/schemas/Money/properties/amount"]],
    ["/a~1b", ["/components/schemas/Order/properties/a~1b"]],
    ["/maybe/amount", ["/components/schemas/Money/properties/amount"]],
    ["/nothing", []],
  ])("of %s are those that describe it", async (field, pointers) => {
    const found = await ask({ "specs/orders.json": DOCUMENT }, field);
    expect(found).toEqual({ pointers: pointers.map((pointer) => `specs/orders.json#${pointer}`) });
  });

  it("are of the answers that the composer has narrowed to, by the document's keys", async () => {
    const files = { "orders.json": DOCUMENT };
    expect(await ask(files, "/id", [200])).toMatchObject({ statuses: ["200"] });
    expect(await ask(files, "/title", [404, 500])).toMatchObject({ statuses: ["4XX", "default"] });
  });

  it("are of the answers that have the field, where it may be any", async () => {
    const files = { "orders.json": DOCUMENT };
    expect(await ask(files, "/id", [])).toMatchObject({ statuses: ["200"] });
    expect(await ask(files, "", [])).toMatchObject({ statuses: ["200", "4XX", "default"] });
  });

  it("are those of Swagger 2.0 as it is written", async () => {
    const document = {
      swagger: "2.0",
      info: { title: "", version: "1" },
      paths: {
        "/orders": {
          get: {
            operationId: "getOrder",
            produces: ["application/json"],
            responses: { 200: { description: "", schema: { $ref: "#/definitions/Order" } } },
          },
        },
      },
      definitions: {
        Order: {
          type: "object",
          properties: { note: { type: "string", "x-nullable": true, readOnly: true } },
        },
      },
    };
    expect(await ask({ "orders.json": document }, "/note")).toEqual({
      pointers: ["orders.json#/definitions/Order/properties/note"],
    });
    expect(await ask({ "orders.json": document }, "")).toEqual({
      pointers: ["orders.json#/paths/~1orders/get/responses/200/schema"],
    });
  });

  it("are in the file that holds them", async () => {
    const document = {
      ...DOCUMENT,
      components: { schemas: { ...SCHEMAS, Order: { $ref: "./schemas/order.json" } } },
    };
    const order = { type: "object", properties: { id: { $ref: "./id.json#/definitions/Id" } } };
    const files = {
      "specs/orders.json": document,
      "specs/schemas/order.json": order,
      "specs/schemas/id.json": { definitions: { Id: { type: "string" } } },
    };
    expect(await ask(files, "/id")).toEqual({
      pointers: [`${join("specs/schemas/order.json")}#/properties/id`],
    });
  });
});
