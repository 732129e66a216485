/** Generated output of real documents is held against the strictest compiler. */
import { describe, expect, it } from "vitest";
import { emitGateway } from "../../../../cli/gen/emit/gateway.ts";
import { complaints } from "./compiler.ts";
import {
  generate,
  largeDocuments,
  packagedDocuments,
  type RealDocument,
  SPECS,
} from "./real-documents.ts";

async function complaintsAbout(documents: readonly RealDocument[]): Promise<string[]> {
  const files = new Map<string, string>();
  for (const [index, document] of documents.entries()) {
    const name = `service${index}`;
    for (const [path, text] of (await generate(document, name)).files)
      files.set(`${name}/${path}`, text);
  }
  files.set(
    "gateway.ts",
    emitGateway(
      "heddle.config.ts",
      documents.map((_, index) => `service${index}`),
    ),
  );
  return complaints(files);
}

describe("what is generated compiles under the strictest options, declarations included", () => {
  it("for every document of the npm packages", { timeout: 180_000 }, async () => {
    const documents = packagedDocuments();
    expect(documents.length).toBeGreaterThan(120);
    expect(await complaintsAbout(documents)).toEqual([]);
  });

  const large = largeDocuments();
  it.skipIf(large.length > 0)(
    `for the large documents: skipped, there are none in ${SPECS} (set HEDDLE_SPECS)`,
    () => {},
  );
  it.each(large)("for $source", { timeout: 120_000 }, async (document) => {
    expect(await complaintsAbout([document])).toEqual([]);
  });
});

const ORDERS = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "1" },
  paths: {
    "/orders/{orderId}": {
      parameters: [
        { name: "orderId", in: "path", required: true, schema: { type: "string" } },
        { name: "full", in: "query", schema: { type: "boolean" } },
        { name: "If-Match", in: "header", schema: { enum: ["a", "b"] } },
        { name: "lang", in: "cookie", schema: { $ref: "#/components/schemas/Problem" } },
      ],
      get: {
        operationId: "getOrder",
        responses: {
          200: {
            description: "",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
          },
          404: {
            description: "",
            content: {
              "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
            },
          },
          409: {
            description: "",
            content: {
              "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
            },
          },
        },
      },
      put: {
        operationId: "putOrder",
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Order" } },
            "multipart/form-data": {
              schema: {
                type: "object",
                properties: { file: { type: "string", format: "binary" } },
              },
            },
          },
        },
        responses: { 204: { description: "" } },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: "object",
        required: ["id", "total"],
        properties: {
          id: { type: "string", readOnly: true },
          total: { type: "number" },
          note: { type: ["string", "null"] },
        },
      },
      Problem: { type: "object", required: ["title"], properties: { title: { type: "string" } } },
    },
  },
};

describe("a generated client in use", () => {
  async function complaintsOf(code: string): Promise<string[]> {
    const { folderOf } = await import("../read/support.ts");
    const root = folderOf({ "orders.json": ORDERS });
    const { files } = await generate({ source: "orders.json", root }, "orders");
    const all = new Map([...files].map(([path, text]) => [`orders/${path}`, text]));
    all.set("gateway.ts", emitGateway("heddle.config.ts", ["orders"]));
    all.set(
      "use.ts",
      `import type { Services } from "./gateway.ts";\nexport async function use({ orders }: Services) {\n${code}\n}\n`,
    );
    return complaints(all);
  }

  it("is typed by the document", async () => {
    expect(
      await complaintsOf(`
        const order = await orders.getOrder({ path: { orderId: "1" } });
        const total: number = order.total;
        const note: string | null | undefined = order.note;
        const missing: { readonly id: string } | null = await orders.getOrder({ path: { orderId: "1" } }, { fallback: null });
        const answer = await orders.getOrder.result({ path: { orderId: "1" } });
        if (answer.status === 404) { const title: string = answer.body.title; return title; }
        if (answer.status === 200) return answer.body.id;
        if (answer.status === 500) { const body: unknown = answer.body; return body; }
        await orders.putOrder({ path: { orderId: "1" }, body: { total } });
        await orders.putOrder({ path: { orderId: "1" }, contentType: "multipart/form-data", body: { file: new Blob([]) } });
        const { data } = await orders.client.GET("/orders/{orderId}", { params: { path: { orderId: "1" } } });
        return [data?.total, note, missing];`),
    ).toEqual([]);
  });

  it("takes undefined for whatever may be left out", async () => {
    expect(
      await complaintsOf(`
        const path = { orderId: "1" };
        await orders.getOrder({ path, query: undefined, header: undefined, cookie: undefined });
        await orders.getOrder({
          path,
          query: { full: undefined },
          header: { "If-Match": undefined },
          cookie: { lang: undefined },
        });
        await orders.putOrder({ path, contentType: undefined, body: { total: 1 } });
        const query: { full?: boolean | undefined } = {};
        await orders.getOrder({ path, query });
        await orders.client.GET("/orders/{orderId}", { params: { path, query } });`),
    ).toEqual([]);
  });

  it("does not take undefined for what is required", async () => {
    const [first = "", ...more] = await complaintsOf(
      "await orders.getOrder({ path: { orderId: undefined } });",
    );
    expect(more).toEqual([]);
    expect(first).toContain("Type 'undefined' is not assignable to type 'string'");
  });

  it.each([
    [
      "a path parameter that is missing",
      "await orders.getOrder({ path: {} });",
      "'orderId' is missing in type '{}'",
    ],
    ["an input that is missing", "await orders.getOrder();", "Expected 1-2 arguments"],
    [
      "a field that is unknown",
      'await orders.getOrder({ path: { orderId: "1" }, qurey: {} });',
      "'qurey' does not exist in type 'GetOrderInput'",
    ],
    [
      "a field of the body that is missing",
      'await orders.putOrder({ path: { orderId: "1" }, body: {} });',
      "'total' is missing in type '{}'",
    ],
    [
      "a field of the answer that is unknown",
      '(await orders.getOrder({ path: { orderId: "1" } })).totl;',
      "Property 'totl' does not exist",
    ],
    [
      "an operation that is unknown",
      "await orders.getOrders();",
      "'getOrders' does not exist on type 'OrdersClient'. Did you mean 'getOrder'?",
    ],
  ])("names %s", async (_, code, want) => {
    const [first = "", ...more] = await complaintsOf(code);
    expect(more).toEqual([]);
    expect(first).toContain(want);
    expect(first.split("\n").length).toBeLessThanOrEqual(4);
  });
});
