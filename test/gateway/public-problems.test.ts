/** A gateway does not start that keeps one answer for all callers of what knows them, unless somebody says why. */
import { composed, createGateway, proxied, type RouteDefinition } from "heddle";
import { describe, expect, it } from "vitest";
import type { RouteCachePolicy } from "../../src/compose/route-cache.ts";
import { ConfigError, type ConfigProblem } from "../../src/config/problems.ts";
import type { GatewayConfig, ServiceConfig } from "../../src/config.ts";
import { compose, operations } from "../server/support.ts";

const access = [
  { service: "orders", operations: ["getOrder"], anyOf: [{ bearer: [] }] },
  { service: "orders", operations: ["slow"], anyOf: [{}, { bearer: [] }] },
];

function problemsOf(
  routes: readonly RouteDefinition[],
  rules: ServiceConfig["operations"] = {},
): readonly ConfigProblem[] {
  const orders = { document: "orders.json", url: "http://127.0.0.1:1", operations: rules };
  const config: GatewayConfig = { services: { orders }, frontends: { web: {} } };
  try {
    createGateway(config, { services: [{ name: "orders", operations }], routes }, { env: {} });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const page = (cache: RouteCachePolicy, facts = { access }): RouteDefinition =>
  composed(
    "web",
    "composers/web/page.ts",
    compose.get("/web/page", { cache }, () => ({})),
    facts,
  );

describe("a route that keeps one answer for all callers", () => {
  it.each([true, "", "  "])("needs a reason, and %j is none", (isPublic) => {
    expect(problemsOf([page({ ttl: "5s", public: isPublic })])).toEqual([
      {
        path: "route GET /web/page (composers/web/page.ts)",
        message:
          "keeps one answer for all callers, though it depends on who calls: orders.getOrder, orders.slow",
        cure: 'say why it is the same for all of them, public: "...", or leave `public` out: each caller is then given their own',
      },
    ]);
  });

  it("starts with a reason, without `public`, and where nobody is known", () => {
    const open = composed(
      "web",
      "composers/web/open.ts",
      compose.get("/web/open", { cache: { ttl: "5s", public: true } }, () => ({})),
    );
    expect(problemsOf([page({ ttl: "5s", public: "prices only" }), open])).toEqual([]);
    expect(problemsOf([page({ ttl: "5s", public: false })])).toEqual([]);
    expect(problemsOf([page("5s")])).toEqual([]);
  });
});

describe("an operation that keeps one answer for all callers", () => {
  const relayed = proxied("orders", operations.getOrder, "", { access: access.slice(0, 1) });

  it("needs a reason where a route is known to reach it, told once", () => {
    const rules = { getOrder: { cache: { public: true } } };
    const [problem, ...rest] = problemsOf([relayed, page("5s")], rules);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({
      path: "services.orders.operations.getOrder.cache.public",
      message: "keeps one answer for all callers, though the document says that they are known",
    });
  });

  it("starts with a reason, and where the document knows nobody", () => {
    expect(problemsOf([relayed], { getOrder: { cache: { public: "a list of towns" } } })).toEqual(
      [],
    );
    expect(problemsOf([relayed], { putOrder: { cache: { public: true } } })).toEqual([]);
  });
});
