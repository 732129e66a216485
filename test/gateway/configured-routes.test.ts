import { composed, createGateway } from "heddle";
import { describe, expect, it } from "vitest";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import { ConfigError } from "../../src/config/problems.ts";
import { configuredRouteProblems } from "../../src/gateway/route-problems.ts";
import { compose } from "../server/support.ts";

const legacy = { url: "http://127.0.0.1:1" };
const page = composed(
  "web",
  "composers/web/page.ts",
  compose.get("/page/{id}", () => ({})),
);

/** `path message` of all that keeps a gateway with these routes from starting. */
function told(
  routes: GatewayConfig["routes"] & object,
  more: Partial<GatewayConfig> = {},
): string[] {
  const config = { services: { legacy }, frontends: { web: {} }, routes, ...more };
  try {
    createGateway(config, { services: [], routes: [page] }, { env: {} });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
}

describe("a gateway does not start with", () => {
  it("two routes of one method, path and conditions: both are named", () => {
    const host = ["a.test", "*.b.test"];
    expect(
      told([
        { path: "/a/{x}", to: "legacy" },
        { path: "/a/{y}", to: "legacy" },
        { path: "/b/**", host, header: { "x-a": "1" }, to: "legacy" },
        { path: "/b/**", host: "A.test", header: { "X-A": "1" }, to: "legacy" },
        { path: "/page/{name}", method: "GET", to: "legacy" },
      ]),
    ).toEqual([
      "routes[1] * /a/{y} has the same method and path as * /a/{x} (routes[0])",
      "routes[3] * /b/** has the same method, path and conditions as * /b/** (routes[2])",
      "routes[4] GET /page/{name} has the same method and path as GET /page/{id} (composers/web/page.ts)",
    ]);
  });

  it("a route in the place of its own pages", () => {
    const server = { admin: { token: "0123456789abcdef" } };
    expect(
      told(
        [
          { path: "/metrics", to: "legacy" },
          { path: "/admin/**", to: "legacy" },
        ],
        { server },
      ),
    ).toEqual([
      "routes[0] * /metrics is a page of the gateway's own",
      "routes[1] * /admin/** is a page of the gateway's own",
    ]);
  });

  it("a service without a document that no route leads to", () => {
    expect(told([])).toEqual([
      "services.legacy.document is missing, and no route leads to the service",
    ]);
  });
});

it("a gateway starts with routes that differ in method, conditions or hosts", () => {
  const frontends = { web: { hosts: ["web.test"] } };
  const routes = [
    { path: "/page/{id}", to: "legacy" },
    { path: "/page/{id}", method: "GET", to: "legacy" },
    { path: "/page/{id}", method: "GET", header: { "x-a": true }, to: "legacy" },
    { path: "/page/{id}", method: "GET", header: { "x-a": "1" }, to: "legacy" },
    { path: "/page/{id}", method: "GET", host: "other.test", to: "legacy" },
  ] as const;
  expect(told(routes, { frontends })).toEqual([]);
});

it("checks without the server tell the same", () => {
  const route = { path: "/page/{name}", method: "GET", to: "legacy" };
  const config = { services: { legacy }, frontends: { web: {} }, routes: [route] };
  const found = { frontend: "web", file: "page.ts", method: "GET", template: "/page/{id}" };
  expect(configuredRouteProblems([found], config, [])).toMatchObject([
    { path: "routes[0]", message: expect.stringContaining("(page.ts)") },
  ]);
  const elsewhere = { ...config, frontends: { web: { hosts: ["web.test"] } } };
  expect(configuredRouteProblems([found], elsewhere, [])).toEqual([]);
});

it("a gateway tells of its configured routes", () => {
  const gateway = createGateway(
    {
      services: { legacy },
      routes: [
        {
          path: "/a/**",
          method: ["get", "PUT"],
          host: "A.test",
          to: "legacy",
          rewrite: { path: "/**" },
        },
        { path: "/b", redirect: { to: "/a" } },
      ],
    },
    { services: [], routes: [] },
    { env: {} },
  );
  const first = {
    kind: "proxied",
    template: "/a/**",
    host: ["a.test"],
    service: "legacy",
    rewrite: "/**",
  };
  expect(gateway.routes).toEqual([
    { ...first, method: "GET" },
    { ...first, method: "PUT" },
    { kind: "redirect", method: "*", template: "/b", redirect: { to: "/a", status: 308 } },
  ]);
});
