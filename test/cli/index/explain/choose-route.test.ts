import { describe, expect, it } from "vitest";
import { CommandError } from "../../../../cli/command-error.ts";
import type { Dependencies, RouteDependencies } from "../../../../cli/index/dependencies.ts";
import { chooseRoute } from "../../../../cli/index/explain/choose-route.ts";

const routeOf = (route: string, file?: string, name = "one"): RouteDependencies => ({
  route,
  kind: file === undefined ? "proxied" : "composed",
  ...(file === undefined ? {} : { composer: `${file}:4`, name }),
  calls: [],
  unfollowed: [],
});

const INDEX: Dependencies = {
  version: 1,
  routes: [
    routeOf("GET /web/orders/{id}", "composers/web/order.ts", "order"),
    routeOf("DELETE /web/orders/{id}", "composers/web/remove-order.ts", "removeOrder"),
    routeOf("GET /mobile/orders/{id}", "composers/mobile/order.ts", "order"),
    routeOf("GET /invoices/{id}"),
  ],
};

function failureOf(wanted: string): { message: string; cure: string } {
  try {
    chooseRoute(INDEX, wanted);
  } catch (error) {
    if (error instanceof CommandError) return { message: error.message, cure: error.details.cure };
  }
  throw new Error("a route was found");
}

describe("a route is meant", () => {
  it.each([
    ["by method and template", "DELETE /web/orders/{id}", 1],
    ["by its template, where that has one method", "/mobile/orders/{id}", 2],
    ["by its composer's name", "removeOrder", 1],
    ["by its composer's file", "composers/web/order.ts", 0],
    ["by its composer's file, as a shell completes it", "./composers/web/order.ts", 0],
    ["by its composer's file and line", "composers/web/order.ts:4", 0],
    ["by frontend and file", "mobile/order", 2],
    ["where it is relayed", "/invoices/{id}", 3],
  ])("%s", (_, wanted, index) => {
    expect(chooseRoute(INDEX, wanted)).toBe(INDEX.routes[index]);
  });

  it("not where it may be several", () => {
    expect(failureOf("order")).toEqual({
      message: '"order" may be any of 2 routes',
      cure: 'name one: "GET /web/orders/{id}", "GET /mobile/orders/{id}"',
    });
  });

  it("not where there is none", () => {
    expect(failureOf("GET /web/order/{id}")).toEqual({
      message: 'there is no route "GET /web/order/{id}"',
      cure: 'did you mean "GET /web/orders/{id}"?',
    });
    expect(failureOf("web/remov-order").cure).toBe('did you mean "web/remove-order"?');
    expect(failureOf("everything").cure).toBe("heddle routes tells what there is");
  });
});
