/** What a route asks of its callers and when it ends, by the operations that it calls. */
import { describe, expect, it } from "vitest";
import type { OperationModel } from "../../../../cli/gen/model.ts";
import { operationFacts } from "../../../../cli/index/access/operation-facts.ts";
import { routeFacts } from "../../../../cli/index/access/route-facts.ts";
import { withAccess } from "../../../../cli/index/access/with-access.ts";
import type { CallDependency, RouteDependencies } from "../../../../cli/index/dependencies.ts";

type Said = Partial<Pick<OperationModel, "security" | "deprecated" | "deprecatedFrom" | "sunset">>;

/** `orders.getOrder` -> what its document says. */
type Documents = Readonly<Record<string, Said>>;

function call(name: string, more: Partial<CallDependency> = {}): CallDependency {
  const [service = "", operation = ""] = name.split(".");
  const rest = { form: "body", when: [], fallback: [], after: [], sent: [], fields: [] } as const;
  return { service, operation, at: "composers/web/page.ts:1:1", ...rest, ...more };
}

function routeOf(documents: Documents, calls: readonly CallDependency[]) {
  const route: RouteDependencies = {
    route: "GET /web/page",
    kind: "composed",
    frontend: "web",
    name: "page",
    calls,
    unfollowed: [],
  };
  return withAccess(route, {
    async factsOf(service, operation) {
      const said = documents[`${service}.${operation}`];
      return said === undefined ? {} : operationFacts({ security: [], deprecated: false, ...said });
    },
  });
}

const find = (route: RouteDependencies) =>
  routeFacts({ version: 1, routes: [route] })({
    kind: "composed",
    method: "GET",
    template: "/web/page",
    frontend: "web",
    name: "page",
  });

describe("the access of a route", () => {
  it("is that of all its calls, in branches, loops and parts and with fallbacks too", async () => {
    const documents = {
      "orders.getOrder": { security: [{ oauth: ["orders:read"] }] },
      "orders.payOrder": { security: [{ oauth: ["orders:write"] }] },
      "catalog.getProduct": { security: [{ key: [] }] },
      "reviews.listReviews": { security: [{ person: [] }] },
    };
    const { access } = await routeOf(documents, [
      call("reviews.listReviews", { fallback: ["default"], when: ["part"] }),
      call("orders.payOrder", { when: ["branch"] }),
      call("orders.getOrder"),
      call("catalog.getProduct", { when: ["loop"] }),
    ]);
    expect(access).toEqual([
      { service: "catalog", operations: ["getProduct"], anyOf: [{ key: [] }] },
      { service: "orders", operations: ["getOrder"], anyOf: [{ oauth: ["orders:read"] }] },
      { service: "orders", operations: ["payOrder"], anyOf: [{ oauth: ["orders:write"] }] },
      { service: "reviews", operations: ["listReviews"], anyOf: [{ person: [] }] },
    ]);
  });

  it("lists what operations of a service ask for alike once, however their documents order it", async () => {
    const documents = {
      "a.two": { security: [{ key: [], oauth: ["x", "y"] }, {}] },
      "a.one": { security: [{}, { oauth: ["y", "x", "x"], key: [] }, {}] },
      "b.one": { security: [{}, { oauth: ["y", "x"], key: [] }] },
    };
    const { access } = await routeOf(documents, [
      call("a.two"),
      call("a.one"),
      call("b.one"),
      call("a.two"),
    ]);
    const anyOf = [{ key: [], oauth: ["x", "y"] }, {}];
    expect(access).toEqual([
      { service: "a", operations: ["one", "two"], anyOf },
      { service: "b", operations: ["one"], anyOf },
    ]);
  });

  it("is absent where nothing is asked for, or the document has no such operation", async () => {
    const documents = { "a.open": {}, "a.anybody": { security: [{}] } };
    const route = await routeOf(documents, [call("a.open"), call("a.anybody"), call("a.gone")]);
    expect(route).not.toHaveProperty("access");
    expect(find(route)).toBeUndefined();
  });
});

describe("what a bulk call takes the place of", () => {
  const bulk = { operation: "list", sent: ["query.ids"], fields: [] };
  const documents = {
    "a.get": { security: [{ key: [] }] },
    "a.list": { security: [{ staff: [] }], deprecated: true, sunset: "2027-06-01" },
  };

  it("counts beside it, with what stands in for the single call", async () => {
    const route = await routeOf(documents, [call("a.get", { bulk, when: ["part"], part: "x" })]);
    expect(route.access).toEqual([
      { service: "a", operations: ["get"], anyOf: [{ key: [] }] },
      { service: "a", operations: ["list"], anyOf: [{ staff: [] }] },
    ]);
    expect(find(route)?.ending).toEqual({ deprecated: true, sunset: "2027-06-01" });
    expect(route.endings).toMatchObject([{ operation: "list", optional: false, parts: ["x"] }]);
    const masked = await routeOf(documents, [call("a.get", { bulk, fallback: ["default"] })]);
    expect(masked.endings).toMatchObject([{ operation: "list", optional: true }]);
    expect(masked.calls).toHaveLength(1);
  });
});

describe("the facts of a route", () => {
  it("are found by method, path, kind, frontend and name, all of them", () => {
    const access = [{ service: "a", operations: ["x"], anyOf: [{ key: [] }] }];
    const routes = [
      { route: "GET /x", kind: "composed", frontend: "web", name: "page", access },
      { route: "GET /y", kind: "proxied", access },
      { route: "GET /z", kind: "proxied" },
    ].map((route) => ({ ...route, calls: [], unfollowed: [] })) as RouteDependencies[];
    const facts = routeFacts({ version: 1, routes });
    const page = {
      kind: "composed",
      method: "GET",
      template: "/x",
      frontend: "web",
      name: "page",
    } as const;
    expect(facts(page)).toEqual({ access });
    expect(facts({ kind: "proxied", method: "GET", template: "/y" })).toEqual({ access });
    for (const other of [
      { ...page, method: "POST" },
      { ...page, template: "/y" },
      { ...page, frontend: "mobile" },
      { ...page, name: "other" },
      { ...page, kind: "proxied" as const },
      { kind: "proxied" as const, method: "GET", template: "/y", frontend: "web" },
      { kind: "proxied" as const, method: "GET", template: "/z" },
    ])
      expect(facts(other)).toBeUndefined();
    expect(routeFacts(undefined)(page)).toBeUndefined();
  });
});

describe("the end of a route", () => {
  const documents: Documents = {
    "a.old": { deprecated: true },
    "a.ends": { sunset: "2027-06-01" },
    "a.endsFirst": { deprecated: true, sunset: "2027-05-31T23:00:00-02:00" },
    "a.endsBefore": { deprecated: true, sunset: "2026-01-01" },
  };

  it("is the earliest of the operations that it cannot do without", async () => {
    const route = await routeOf(documents, [
      call("a.old"),
      call("a.ends", { when: ["part", "loop"], part: "lines.*.product" }),
      call("a.ends", { when: ["part"], part: "best" }),
      call("a.ends", { when: ["part"], part: "lines.*.product" }),
      // An hour of another zone, after the other's midnight.
      call("a.endsFirst", { fallback: ["stale"] }),
      call("a.endsBefore", { when: ["branch"] }),
    ]);
    expect(find(route)).toEqual({ ending: { deprecated: true, sunset: "2027-06-01" } });
    expect(route.endings).toEqual([
      {
        service: "a",
        operation: "ends",
        sunset: "2027-06-01",
        optional: false,
        parts: ["best", "lines.*.product"],
      },
      { service: "a", operation: "endsBefore", sunset: "2026-01-01", optional: true, parts: [] },
      {
        service: "a",
        operation: "endsFirst",
        sunset: "2027-05-31T23:00:00-02:00",
        optional: false,
        parts: [],
      },
      { service: "a", operation: "old", optional: false, parts: [] },
    ]);
  });

  it("is deprecated since the first day, where all of them have one", async () => {
    const dated: Documents = {
      "a.one": { deprecated: true, deprecatedFrom: "2026-05-01", sunset: "2026-11-01" },
      "a.two": { deprecatedFrom: "2026-04-30T23:00:00-02:00", sunset: "2026-10-31T23:30:00Z" },
      "a.early": { deprecatedFrom: "2025-01-01", sunset: "2025-06-01" },
      "a.undated": { deprecated: true },
      "a.gone": { sunset: "2026-03-01" },
      "a.long": { deprecatedFrom: "2026-05-01" },
    };
    const endOf = async (...names: string[]) => {
      const calls = names.map((name) => call(name, name === "a.early" ? { when: ["branch"] } : {}));
      return find(await routeOf(dated, calls))?.ending;
    };
    expect(await endOf("a.one", "a.two", "a.early")).toEqual({
      deprecated: "2026-05-01",
      sunset: "2026-10-31T23:30:00Z",
    });
    expect(await endOf("a.one", "a.undated")).toEqual({ deprecated: true, sunset: "2026-11-01" });
    expect(await endOf("a.long")).toEqual({ deprecated: "2026-05-01" });
    // Nothing ends before it is deprecated.
    expect(await endOf("a.long", "a.gone")).toEqual({ deprecated: true, sunset: "2026-03-01" });
    const contrary = { "a.one": { deprecatedFrom: "2027-01-01", sunset: "2026-01-01" } };
    const route = await routeOf(contrary, [call("a.one")]);
    expect(find(route)?.ending).toEqual({ deprecated: true, sunset: "2026-01-01" });
    expect(route.endings).toEqual([
      {
        service: "a",
        operation: "one",
        deprecated: "2027-01-01",
        sunset: "2026-01-01",
        optional: false,
        parts: [],
      },
    ]);
  });

  it("has no day where the documents give none", async () => {
    expect(find(await routeOf(documents, [call("a.old")]))).toEqual({
      ending: { deprecated: true },
    });
  });

  it("is none of an operation that the route does without", async () => {
    const calls = [call("a.ends", { fallback: ["default"], when: ["part"], part: "reviews" })];
    const route = await routeOf(documents, calls);
    expect(route.endings).toMatchObject([{ optional: true, parts: ["reviews"] }]);
    expect(find(route)).toBeUndefined();
  });

  it("is that of an operation which one of several calls cannot do without", async () => {
    const calls = [call("a.old", { when: ["branch"] }), call("a.old")];
    expect(find(await routeOf(documents, calls))).toEqual({ ending: { deprecated: true } });
  });
});
