/** The problems of the shop's routes are those that its document has, each at its status. */
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { createProblems } from "../../../../cli/index/document/problems.ts";
import { PROBLEMS } from "../../../../src/core/errors.ts";
import { startShop } from "../../../shop/shop.ts";
import { answerValidator } from "./answer-validator.ts";

const document = JSON.parse(readFileSync("generated/openapi.json", "utf8"));
const services = ["catalog", "customers", "orders", "reviews", "shipping"];

/** A request of each route that reaches its services. */
const REQUESTS: Readonly<Record<string, { readonly path: string; readonly body?: unknown }>> = {
  "get /mobile/home/{customerId}": { path: "/mobile/home/c-101" },
  "get /mobile/orders/{orderId}": { path: "/mobile/orders/o-1001" },
  "get /orders/{orderId}/invoice": { path: "/orders/o-1001/invoice" },
  "get /catalog/categories": { path: "/catalog/categories" },
  "get /web/customers/{customerId}/orders": { path: "/web/customers/c-101/orders" },
  "get /web/orders/{orderId}": { path: "/web/orders/o-1001" },
  "get /web/parcels": { path: "/web/parcels" },
  "get /web/products/{sku}": { path: "/web/products/loom-rigid-40" },
  "get /web/search": { path: "/web/search?q=yarn" },
  "post /web/checkout": {
    path: "/web/checkout",
    body: {
      customerId: "c-101",
      addressId: "a-1",
      lines: [{ sku: "loom-rigid-40", quantity: 1 }],
      paymentToken: "token",
    },
  },
};

interface Told {
  readonly route: string;
  readonly status: number;
  readonly code: string;
  /** Whether the document has this status by itself, and this answer at it. */
  readonly known: boolean;
  readonly valid: boolean;
}

async function ask(url: string, route: string, more: RequestInit & { path?: string } = {}) {
  const { path = "", body } = REQUESTS[route] ?? {};
  const [method = "", template = ""] = route.split(" ");
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url + (more.path ?? path), {
    method: method.toUpperCase(),
    ...sent,
    headers: { "content-type": "application/json" },
    ...more,
  });
  const value = (await answer.json()) as { type?: string };
  const [type = ""] = (answer.headers.get("content-type") ?? "").split(";");
  const { status } = answer;
  const told: Told = {
    route,
    status,
    code: String(value.type ?? "").replace("urn:heddle:problem:", ""),
    known: Object.hasOwn(document.paths[template][method].responses, status),
    valid: answerValidator(document, { method, template, status, type })(value),
  };
  return told;
}

async function start(down: readonly string[]): Promise<string> {
  const shop = await startShop({ down });
  onTestFinished(() => shop.close());
  return shop.url;
}

describe("problems", () => {
  it("are asked of every route of the document", () => {
    const routes = Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(Object.keys(REQUESTS).sort()).toEqual(routes.sort());
  });

  it("of services that are down are in the document", async () => {
    const url = await start(services);
    const told = await Promise.all(Object.keys(REQUESTS).map((route) => ask(url, route)));
    expect(told.filter(({ valid }) => !valid)).toEqual([]);
    expect(told.map(({ status }) => status)).toContain(503);
    const composed = told.filter(({ route }) => /\/(?:web|mobile)\//.test(route));
    expect(composed.filter(({ known }) => !known)).toEqual([]);
    expect(new Set(composed.map(({ code }) => code))).toContain("service-failed");
  });

  it.each([
    ["get /web/search", { path: "/web/search?q=x" }, 422, "invalid-input"],
    ["get /web/search", { path: "/web/search?q=yarn&fields=a..b" }, 400, "bad-request"],
    ["get /web/search", { headers: { accept: "image/png" } }, 406, "not-acceptable"],
    ["post /web/checkout", { body: "{" }, 400, "invalid-json"],
    ["post /web/checkout", { body: '"'.repeat(2_000_000) }, 413, "body-too-large"],
    [
      "post /web/checkout",
      { headers: { "content-type": "text/csv" } },
      415,
      "unsupported-media-type",
    ],
  ] as const)("of a request are in the document: %s %j", async (route, request, status, code) => {
    const told = await ask(await start([]), route, request);
    expect(told).toEqual({ route, status, code, known: true, valid: true });
  });

  it("stand at their status, and where a service's own status is passed on", () => {
    const problems = createProblems("Problem");
    const codes = Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[];
    const responses = problems.responses({}, codes);
    expect(Object.keys(responses)).toEqual([
      ...["400", "401", "403", "404", "405", "406", "410", "413", "415", "422"],
      ...["429", "500", "501", "502", "503", "504", "default"],
    ]);
    const { ServiceContractOrServiceFailedOrServiceUnreachable: failed, ...others } =
      problems.components();
    expect(JSON.stringify(failed)).toContain("service-failed");
    const { headers, ...unavailable } =
      others.CircuitOpenOrOverloadedOrServiceFailedOrStopping ?? {};
    expect(Object.keys(headers ?? {})).toEqual(["Retry-After"]);
    expect(JSON.stringify(unavailable)).toContain("service-failed");
  });

  it("share a status, and a media type, with answers of the route's own", () => {
    const own = { description: "Its own.", content: { "application/problem+json": { schema: A } } };
    const { 404: missing, 500: failed } = createProblems("Problem").responses(
      { 404: own, 500: { description: "Its own." } },
      ["not-found", "internal"],
    );
    expect(missing).toMatchObject({
      description: "Its own.",
      content: { "application/problem+json": { schema: { anyOf: [{ allOf: [{}, {}] }, A] } } },
    });
    expect(failed).toMatchObject({
      description: "Its own.",
      content: { "application/problem+json": { schema: { allOf: [{}, {}] } } },
    });
  });

  it("stand where a service tells of all statuses that it does not name", () => {
    const all = { description: "All.", content: { "application/json": { schema: A } } };
    const own = { "4XX": all, default: all };
    const responses = createProblems("Problem").responses(own, ["bad-request", "overloaded"]);
    expect(Object.keys(responses)).toEqual(["4XX", "default"]);
    expect(responses["4XX"]).toMatchObject({
      ...all,
      content: { "application/problem+json": { schema: { allOf: [{}, {}] } } },
    });
    expect(responses.default).toMatchObject({
      ...all,
      headers: { "Retry-After": {} },
      content: { "application/problem+json": { schema: { $ref: expect.any(String) } } },
    });
  });
});

const A = { type: "object", properties: { a: { type: "string" } } };
