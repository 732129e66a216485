/** What a configuration says of operations is held against those that were generated: all problems at once, with cures. */
import { describe, expect, it } from "vitest";
import { ConfigError, type ConfigProblem } from "../../src/config/problems.ts";
import type { ServiceConfig } from "../../src/config.ts";
import { createGateway } from "../../src/gateway.ts";
import type { OperationPlan } from "../../src/upstream/plan.ts";
import { jsonPlan } from "../upstream/support.ts";

const sku = { name: "sku", style: "simple", explode: false, required: true } as const;
const skus = { name: "skus", style: "form", explode: false } as const;
const PLANS: readonly OperationPlan[] = [
  jsonPlan({ name: "getProduct", path: ["/products/", sku] }),
  jsonPlan({ name: "getPart", path: ["/products/", sku, "/", { ...sku, name: "part" }] }),
  jsonPlan({ name: "getRange", header: [{ ...sku, name: "x-range" }] }),
  jsonPlan({ name: "getAll" }),
  jsonPlan({ name: "putProduct", method: "PUT", path: ["/products/", sku] }),
  jsonPlan({ name: "listProducts", query: [skus, { ...skus, name: "filter.ids" }] }),
  jsonPlan({ name: "listOf", query: [skus, { ...skus, name: "shop", required: true }] }),
  jsonPlan({
    name: "search",
    method: "POST",
    body: { required: true, media: [{ mediaType: "application/json", kind: "json" }] },
  }),
];

function problemsOf(more: Partial<ServiceConfig>): readonly ConfigProblem[] {
  const catalog = { document: "catalog.yaml", url: "http://127.0.0.1:1", ...more };
  const operations = Object.fromEntries(PLANS.map((plan) => [plan.name, plan]));
  try {
    createGateway(
      { services: { catalog } },
      { services: [{ name: "catalog", operations }], routes: [] },
      { env: {} },
    );
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const rule = { with: "listProducts", ids: "query.skus", key: "sku" } as const;

describe("what is said of operations", () => {
  it("is right where it names operations and places that are there", () => {
    const batch = {
      getProduct: rule,
      getRange: { with: "search", ids: "body.filter.ids", key: "id" },
    };
    expect(problemsOf({ batch: { getProduct: rule }, operations: { getAll: {} } })).toEqual([]);
    expect(problemsOf({ batch: { getProduct: batch.getRange } })).toEqual([]);
    expect(problemsOf({ batch: { getProduct: { ...rule, ids: "query.filter.ids" } } })).toEqual([]);
  });

  it("is told all at once where it does not, with what may be meant", () => {
    const batch = {
      getProdct: rule,
      getProduct: { with: "listProduct", ids: "query.skus", key: "sku" },
      getPart: { with: "listProducts", ids: "query.sku", key: "sku" },
    };
    const operations = { listProdcts: { cache: "1s" }, nothingLikeIt: {} } as const;
    expect(problemsOf({ batch, operations })).toEqual([
      {
        path: "services.catalog.operations.listProdcts",
        message: "is no operation of the service",
        cure: 'did you mean "listProducts"?',
      },
      {
        path: "services.catalog.operations.nothingLikeIt",
        message: "is no operation of the service",
        cure: "name one as it is generated",
      },
      {
        path: "services.catalog.batch.getProdct",
        message: "is no operation of the service",
        cure: 'did you mean "getProduct"?',
      },
      {
        path: "services.catalog.batch.getProduct.with",
        message: "is no operation of the service",
        value: '"listProduct"',
        cure: 'did you mean "listProducts"?',
      },
      {
        path: "services.catalog.batch.getPart",
        message: "needs path.sku and path.part, and a bulk call has one list of ids",
        cure: "remove the rule",
      },
      {
        path: "services.catalog.batch.getPart.ids",
        message: "is no input of listProducts",
        value: '"query.sku"',
        cure: 'did you mean "query.skus"?',
      },
    ]);
  });

  const rows: [string, object, string, string][] = [
    ["putProduct", rule, "", "is a PUT, and only GET can become a bulk call"],
    ["getAll", rule, "", "needs no input, so there is no id"],
    ["getRange", rule, "", "needs header.x-range, and an id comes from the path or the query"],
    ["getProduct", { ...rule, with: "getProduct" }, ".with", "is the single operation itself"],
    ["getProduct", { ...rule, with: "listOf" }, ".with", "needs query.shop beside the ids"],
    ["getProduct", { ...rule, with: "search" }, ".ids", "is no input of search"],
    ["getProduct", { ...rule, ids: "body" }, ".ids", "is no input of listProducts"],
  ];
  it.each(rows)("cannot be a rule for %s: %j", (name, given, key, message) => {
    expect(problemsOf({ batch: { [name]: given as typeof rule } })).toMatchObject([
      { path: `services.catalog.batch.${name}${key}`, message },
    ]);
  });

  it("cannot ask for bulk calls and for answers of their own at once", () => {
    const operations = { getProduct: { cache: "1m", stale: "1m" } } as const;
    expect(problemsOf({ batch: { getProduct: rule }, operations })).toMatchObject([
      {
        message: "would never be used: operations.getProduct.cache asks for each answer by itself",
      },
      {
        message: "would never be used: operations.getProduct.stale asks for each answer by itself",
      },
    ]);
  });
});
