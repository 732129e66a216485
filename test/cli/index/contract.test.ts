/** What a gateway uses of a service, as a document; and what it does not. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { ServiceModel } from "../../../cli/gen/model.ts";
import { readService } from "../../../cli/gen/read-service.ts";
import { contractDocument } from "../../../cli/index/contract/contract-document.ts";
import { operationUses } from "../../../cli/index/contract/operation-uses.ts";
import { unusedOf } from "../../../cli/index/contract/unused.ts";
import type {
  BulkDependency,
  CallDependency,
  Dependencies,
  FieldDependency,
} from "../../../cli/index/dependencies.ts";

const text = { type: "string" };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ "application/json": { schema } });
const answer = (schema: object) => ({ description: "Good.", content: json(schema) });

const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Orders", version: "7" },
  security: [{ key: [] }],
  paths: {
    "/orders": {
      get: {
        operationId: "listOrders",
        parameters: [
          { name: "ids", in: "query", schema: { type: "array", items: text } },
          { name: "limit", in: "query", schema: { type: "integer", maximum: 50 } },
        ],
        responses: {
          200: answer({
            type: "object",
            required: ["items", "next"],
            properties: { items: { type: "array", items: ref("Order") }, next: text },
          }),
          404: answer(ref("Problem")),
        },
      },
      post: {
        operationId: "createOrder",
        requestBody: { required: true, content: json(ref("NewOrder")) },
        responses: { 201: answer(ref("Order")), 422: answer(ref("Problem")) },
      },
    },
    "/orders/{id}": {
      get: {
        operationId: "getOrder",
        parameters: [{ name: "id", in: "path", required: true, schema: text }],
        responses: { 200: answer(ref("Order")), 404: answer(ref("Problem")) },
      },
      delete: { operationId: "deleteOrder", responses: { 204: { description: "Gone." } } },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "x-key" },
      other: { type: "http", scheme: "basic" },
    },
    schemas: {
      Order: {
        type: "object",
        description: "What somebody wants.",
        required: ["id", "status", "lines"],
        additionalProperties: false,
        properties: {
          id: { type: "string", format: "uuid" },
          status: { enum: ["open", "paid"] },
          lines: { type: "array", minItems: 1, items: ref("Line") },
          parent: ref("Order"),
          payment: {
            oneOf: [
              { type: "object", properties: { kind: { const: "card" }, last4: text, brand: text } },
              { type: "object", properties: { kind: { const: "cash" }, till: text } },
            ],
          },
          notes: text,
        },
      },
      Line: {
        allOf: [ref("Thing"), { type: "object", properties: { quantity: { type: "integer" } } }],
      },
      Thing: { type: "object", required: ["sku"], properties: { sku: text, weight: text } },
      NewOrder: { type: "object", required: ["sku"], properties: { sku: text, gift: text } },
      Problem: { type: "object", properties: { title: text, detail: text } },
    },
  },
};

async function readModel(): Promise<ServiceModel> {
  const root = mkdtempSync(join(tmpdir(), "heddle-contract-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "orders.json"), JSON.stringify(DOCUMENT));
  const { model } = await readService({ name: "orders", source: "orders.json", root });
  if (model === undefined) throw new Error("the document cannot be read");
  return model;
}

interface Used {
  readonly operation: string;
  readonly form?: CallDependency["form"];
  readonly sent?: readonly string[];
  /** `200 /title` names a status. */
  readonly fields?: readonly string[];
  readonly bulk?: BulkDependency;
}

/** An index of one route for each call. */
function indexOf(calls: readonly Used[]): Dependencies {
  return {
    version: 1,
    routes: calls.map(({ operation, form = "body", sent = [], fields = [], bulk }, at) => ({
      route: `GET /web/${at}`,
      kind: "composed",
      unfollowed: [],
      calls: [
        {
          service: "orders",
          operation,
          at: `composers/web/${at}.ts:1:1`,
          form,
          when: [],
          fallback: [],
          after: [],
          sent,
          fields: fields.map((named) => {
            const [status, field = status] = named.split(" ");
            const statuses = field === status ? {} : { statuses: [status ?? ""] };
            return { field: field ?? "", ...statuses, use: ["read"], pointers: [] };
          }),
          ...(bulk && { bulk }),
        },
      ],
    })),
  };
}

type Document = {
  readonly paths: Record<string, Record<string, Record<string, unknown>>>;
  readonly components: { readonly schemas: Record<string, unknown>; securitySchemes?: object };
};

async function contractOf(calls: readonly Used[]) {
  const model = await readModel();
  const uses = operationUses(model, indexOf(calls));
  return {
    document: contractDocument(model, uses) as Document,
    unused: unusedOf(model, uses),
  };
}

it("holds the operations that are called, and of named schemas what is used anywhere", async () => {
  const { document } = await contractOf([
    { operation: "getOrder", sent: ["path.id"], fields: ["/status"] },
    { operation: "getOrder", sent: ["path.id"], fields: ["/lines/*/sku", "/payment/last4"] },
  ]);
  expect(document).toMatchObject({ openapi: "3.1.1", info: { title: "Orders", version: "7" } });
  expect(Object.keys(document.paths)).toEqual(["/orders/{id}"]);
  expect(document.paths["/orders/{id}"]).toEqual({
    get: {
      operationId: "getOrder",
      "x-used-by": ["GET /web/0", "GET /web/1"],
      parameters: [
        { name: "id", in: "path", required: true, style: "simple", explode: false, schema: text },
      ],
      responses: { 200: answer(ref("Order")) },
      security: [{ key: [] }],
    },
  });
  expect(document.components).toEqual({
    schemas: {
      Line: { allOf: [ref("Thing"), { type: "object" }] },
      Order: {
        type: "object",
        description: "What somebody wants.",
        properties: {
          status: { enum: ["open", "paid"] },
          lines: { type: "array", items: ref("Line") },
          payment: {
            oneOf: [
              { type: "object", properties: { kind: { const: "card" }, last4: text } },
              { type: "object", properties: { kind: { const: "cash" } } },
            ],
          },
        },
        required: ["status", "lines"],
      },
      Thing: { type: "object", properties: { sku: text }, required: ["sku"] },
    },
    securitySchemes: { key: { type: "apiKey", in: "header", name: "x-key" } },
  });
});

it("holds a schema as it is where all of it is used, and what leads back to itself", async () => {
  const { document, unused } = await contractOf([
    { operation: "getOrder", fields: ["/parent/parent/notes", "/lines"] },
  ]);
  const { Order, Line, Thing } = document.components.schemas;
  expect(Object.keys((Order as { properties: object }).properties)).toEqual([
    "lines",
    "parent",
    "notes",
  ]);
  const { schemas } = DOCUMENT.components;
  expect({ Line, Thing }).toEqual({ Line: schemas.Line, Thing: schemas.Thing });
  expect(unused.parts[0]?.fields).toContainEqual({ status: "200", field: "/parent/id" });
});

it("holds what is sent: the body's fields, parameters, and whatever the service requires", async () => {
  const { document } = await contractOf([
    { operation: "listOrders", sent: ["query.limit"] },
    { operation: "createOrder", sent: ["body/sku"], fields: ["/id"] },
  ]);
  const { get, post } = document.paths["/orders"] ?? {};
  expect(get?.parameters).toMatchObject([{ name: "limit", schema: { maximum: 50 } }]);
  expect(get?.responses).toEqual({ 200: { description: "Good." } });
  expect(post?.requestBody).toEqual({ required: true, content: json(ref("NewOrder")) });
  expect(document.components.schemas.NewOrder).toEqual({
    type: "object",
    properties: { sku: text },
    required: ["sku"],
  });
});

it("holds the statuses that a composer tells apart", async () => {
  const { document } = await contractOf([
    { operation: "getOrder", form: "result", fields: ["200 /id", "404 /title"] },
  ]);
  const { responses } = document.paths["/orders/{id}"]?.get ?? {};
  expect(Object.keys(responses as object)).toEqual(["200", "404"]);
  expect(document.components.schemas.Problem).toEqual({
    type: "object",
    properties: { title: text },
  });
});

it("holds all of an operation that is relayed", async () => {
  const { document, unused } = await contractOf([{ operation: "listOrders", form: "proxied" }]);
  const { get } = document.paths["/orders"] ?? {};
  expect(get?.parameters).toHaveLength(2);
  expect(Object.keys(get?.responses as object)).toEqual(["200", "404"]);
  expect(document.components.schemas).toEqual({
    Line: DOCUMENT.components.schemas.Line,
    Order: DOCUMENT.components.schemas.Order,
    Problem: DOCUMENT.components.schemas.Problem,
    Thing: DOCUMENT.components.schemas.Thing,
  });
  expect(unused).toEqual({
    operations: ["createOrder", "deleteOrder", "getOrder"],
    parts: [],
  });
});

it("holds the operation that answers single calls in bulk, with their fields and the key", async () => {
  const fields = ["/items/*/id", "/items/*/status"].map((field): FieldDependency => {
    return { field, use: ["read"], pointers: [] };
  });
  const bulk = { operation: "listOrders", sent: ["query.ids"], fields };
  const { document } = await contractOf([{ operation: "getOrder", fields: ["/status"], bulk }]);
  const { get } = document.paths["/orders"] ?? {};
  expect(get?.parameters).toMatchObject([{ name: "ids" }]);
  expect(get?.["x-used-by"]).toEqual(["GET /web/0"]);
  const { properties } = document.components.schemas.Order as { properties: object };
  expect(Object.keys(properties)).toEqual(["id", "status"]);
});

it("tells what nobody uses: operations, parameters and fields, an unused object once", async () => {
  const { unused } = await contractOf([
    { operation: "getOrder", sent: ["path.id"], fields: ["/lines/*/sku"] },
    { operation: "listOrders", sent: ["query.ids"], fields: ["/items/*/id"] },
  ]);
  expect(unused).toEqual({
    operations: ["createOrder", "deleteOrder"],
    parts: [
      {
        operation: "getOrder",
        parameters: [],
        fields: [
          "/id",
          "/status",
          "/lines/*/weight",
          "/lines/*/quantity",
          "/parent",
          "/payment",
          "/notes",
        ].map((field) => ({ status: "200", field })),
      },
      {
        operation: "listOrders",
        parameters: ["query.limit"],
        fields: [
          "/items/*/status",
          "/items/*/lines",
          "/items/*/parent",
          "/items/*/payment",
          "/items/*/notes",
          "/next",
        ].map((field) => ({ status: "200", field })),
      },
    ],
  });
});

it("makes the same document again from a contract", async () => {
  const { document } = await contractOf([
    { operation: "getOrder", sent: ["path.id"], fields: ["/lines/*/sku", "/status"] },
  ]);
  const root = mkdtempSync(join(tmpdir(), "heddle-contract-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "used.json"), JSON.stringify(document));
  const { model, diagnostics } = await readService({ name: "orders", source: "used.json", root });
  expect(diagnostics).toEqual([]);
  const index = indexOf([
    { operation: "getOrder", sent: ["path.id"], fields: ["/lines/*/sku", "/status"] },
  ]);
  if (model === undefined) throw new Error("the contract cannot be read");
  const again = contractDocument(model, operationUses(model, index)) as Document;
  expect(again.components).toEqual(document.components);
});
