/** What the index says of a route's callers and of its end is in the document, as far as the route's own word goes. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type Dependencies,
  parseDependencies,
  type RouteDependencies,
} from "../../../../cli/index/dependencies.ts";
import type { OperationObject } from "../../../../cli/index/document/document-types.ts";
import { endingOf } from "../../../../cli/index/document/ending.ts";
import { createCallersSecurity } from "../../../../cli/index/document/security.ts";
import { documentOf } from "./support.ts";

const shop = parseDependencies(readFileSync("generated/dependencies.json", "utf8"));

/** The shop's index with more said of some routes. */
function indexWith(more: Readonly<Record<string, Partial<RouteDependencies>>>): Dependencies {
  const { routes = [] } = shop ?? {};
  return { version: 1, routes: routes.map((one) => ({ ...one, ...more[one.route] })) };
}

async function operations(more: Readonly<Record<string, Partial<RouteDependencies>>>) {
  const proxied = [
    {
      ...{ service: "orders", operation: "getInvoice", method: "GET" },
      ...{ prefix: "", template: "/orders/{orderId}/invoice" },
    },
  ];
  const forward = { orders: ["Authorization"] };
  const options = { dependencies: indexWith(more), proxied, forward };
  const { document } = await documentOf("composers", options);
  const at = (path: string): Partial<OperationObject> => document.paths[path]?.get ?? {};
  return { at, document };
}

const order = { service: "orders", operation: "getOrder", parts: [] };

describe("the document", { timeout: 30_000 }, () => {
  it("says what callers have to send, and no more than is handed on", async () => {
    const { at, document } = await operations({
      "GET /web/products/{sku}": {
        access: [{ service: "customers", operations: ["getCustomer"], anyOf: [{ apiKey: [] }] }],
      },
    });
    expect(at("/web/orders/{orderId}").security).toEqual([{ OrdersBearer: [] }]);
    expect(at("/orders/{orderId}/invoice").security).toEqual([{ OrdersBearer: [] }]);
    expect(at("/web/products/{sku}").security).toBeUndefined();
    expect(Object.keys(document.components.securitySchemes ?? {})).toEqual(["OrdersBearer"]);
  });

  it("hands on the end of an operation that a route cannot do without", async () => {
    const ending = { ...order, sunset: "2027-03-01", optional: false };
    const { at } = await operations({
      "GET /web/orders/{orderId}": { endings: [ending] },
      "GET /orders/{orderId}/invoice": { endings: [ending] },
      "GET /web/parcels": { endings: [{ ...ending, optional: true }] },
    });
    const ends = { deprecated: true, "x-sunset": "2027-03-01" };
    expect(at("/web/orders/{orderId}")).toMatchObject(ends);
    expect(at("/orders/{orderId}/invoice")).toMatchObject(ends);
    expect(at("/web/parcels")).not.toHaveProperty("deprecated");
    expect(at("/web/search")).not.toHaveProperty("deprecated");
  });
});

describe("an ending", () => {
  const documented = { deprecated: true, sunset: "2027-03-01" } as const;

  it.each([
    ["nothing", undefined, undefined, {}],
    ["the documents' word", undefined, documented, { deprecated: true, "x-sunset": "2027-03-01" }],
    [
      "the route's own word before it, and theirs where it is silent",
      { sunset: "2028-01-01", successor: "/two" },
      documented,
      { deprecated: true, "x-sunset": "2028-01-01", "x-successor": "/two" },
    ],
    [
      "theirs beside it, as the gateway's header fields say",
      { deprecated: "2026-11-01" },
      documented,
      { deprecated: true, "x-sunset": "2027-03-01" },
    ],
    [
      "a sunset alone",
      { sunset: "2028-01-01" },
      undefined,
      { deprecated: true, "x-sunset": "2028-01-01" },
    ],
  ] as const)("is %s", (_, own, said, expected) => {
    expect(endingOf(own, said)).toEqual(expected);
  });
});

describe("schemes", () => {
  it("of two services that read the same are told apart", () => {
    const bearer = { type: "http", scheme: "bearer" };
    const callers = createCallersSecurity({
      models: new Map([
        ["orders", { securitySchemes: { "v2-bearer": bearer } }],
        ["ordersV2", { securitySchemes: { bearer: { ...bearer, bearerFormat: "JWT" } } }],
      ]),
      forward: { orders: ["authorization"], ordersV2: ["authorization"] },
    });
    const ask = (service: string, scheme: string) => ({
      service,
      operations: ["one"],
      anyOf: [{ [scheme]: [] }],
    });
    expect(callers.of([ask("orders", "v2-bearer"), ask("ordersV2", "bearer")])).toEqual([
      { OrdersV2Bearer: [], OrdersV2Bearer2: [] },
    ]);
    expect(callers.of([ask("ordersV2", "bearer")])).toEqual([{ OrdersV2Bearer2: [] }]);
    expect(callers.schemes()).toEqual({
      OrdersV2Bearer: bearer,
      OrdersV2Bearer2: { ...bearer, bearerFormat: "JWT" },
    });
  });

  it.each([
    [{ type: "apiKey", in: "header", name: "X-Key" }, ["x-key"], true],
    [{ type: "apiKey", in: "cookie", name: "sid" }, ["cookie"], true],
    [{ type: "apiKey", in: "query", name: "key" }, ["authorization"], false],
    [{ type: "oauth2", flows: {} }, ["authorization"], true],
    [{ type: "mutualTLS" }, ["authorization"], false],
    [undefined, ["authorization"], false],
  ])("are asked of callers where they are handed on: %j, %j", (scheme, forward, isAsked) => {
    const callers = createCallersSecurity({
      models: new Map([["orders", { securitySchemes: { scheme } }]]),
      forward: { orders: forward },
    });
    const access = [{ service: "orders", operations: ["one"], anyOf: [{ scheme: [] }] }];
    expect(callers.of(access)).toEqual(isAsked ? [{ OrdersScheme: [] }] : undefined);
  });
});
