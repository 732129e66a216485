import { composed, type OperationPlan, proxied, type RouteDefinition } from "heddle";
import { expect, it } from "vitest";
import { compileRoutes } from "../../src/server/compile-routes.ts";
import { compose, operations, plan } from "./support.ts";

const route = (method: "get" | "post", template: string, file: string): RouteDefinition => {
  const composer =
    method === "get"
      ? compose.get(template as "/", () => ({}))
      : compose.post(template as "/", () => ({}));
  return composed("web", `composers/${file}.ts`, composer);
};

it("routes are compiled with their prefix", () => {
  const { routes, problems } = compileRoutes(
    [
      route("get", "/web/{id}", "a"),
      proxied("orders", operations.putOrder, "/shop"),
      proxied("orders", operations.putOrder, "/"),
    ],
    { services: ["orders"] },
  );
  expect(problems).toEqual([]);
  expect(
    routes.map(({ method, template, frontend, pattern }) => [
      method,
      template,
      frontend,
      pattern.shape,
    ]),
  ).toEqual([
    ["GET", "/web/{id}", "web", "/web/{}"],
    ["PUT", "/shop/orders/{orderId}", undefined, "/shop/orders/{}"],
    ["PUT", "/orders/{orderId}", undefined, "/orders/{}"],
  ]);
});

it("everything that is wrong with routes is told at once", () => {
  const withFixedQuery = plan("listOpen", "GET", "/orders/{orderId}", { fixedQuery: "open=1" });
  const extension: OperationPlan = plan("brew", "BREW", "/coffee");
  const { problems } = compileRoutes(
    [
      route("get", "/orders/{id}", "one"),
      route("get", "/orders/{orderId}", "two"),
      route("post", "/orders/{orderId}", "three"),
      proxied("orders", withFixedQuery, ""),
      proxied("orders", extension, ""),
      proxied("gone", operations.slow, ""),
      proxied("orders", plan("twin", "GET", "/{a}{b}"), ""),
      route("get", "/metrics", "metrics"),
    ],
    { services: ["orders"] },
  );
  expect(problems).toEqual([
    {
      path: "route GET /orders/{orderId} (composers/two.ts)",
      message: "has the same method and path as GET /orders/{id} (composers/one.ts)",
      cure: "change the template of one of them, or the service's `prefix`",
    },
    {
      path: "route GET /orders/{orderId} (orders.listOpen)",
      message: "has the same method and path as GET /orders/{id} (composers/one.ts)",
      cure: "change the template of one of them, or the service's `prefix`",
    },
    {
      path: "route BREW /coffee (orders.brew)",
      message: `has a method that Node.js ${process.versions.node} cannot receive`,
      cure: "run a later Node.js, or leave the route out",
    },
    {
      path: "route GET /slow (gone.slow)",
      message: "leads to a service that does not exist",
      cure: "add it to `services`, or run `heddle gen` again",
    },
    {
      path: "route GET /{a}{b} (orders.twin)",
      message: "cannot be matched: nothing separates {a} and {b}",
      cure: "leave the operation out of `expose`",
    },
    {
      path: "route GET /metrics (composers/metrics.ts)",
      message: "is a page of the gateway's own",
      cure: "choose another path or prefix",
    },
  ]);
});
