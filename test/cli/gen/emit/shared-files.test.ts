/** The files that belong to no service: whole, as they are written. */
import { describe, expect, it } from "vitest";
import { emitConfigTypes } from "../../../../cli/gen/emit/config-types.ts";
import { emitGateway } from "../../../../cli/gen/emit/gateway.ts";
import {
  emitManifest,
  isManifest,
  type Manifest,
  parseManifest,
} from "../../../../cli/gen/emit/manifest.ts";
import { type ComposedRoute, emitRoutes } from "../../../../cli/gen/emit/routes.ts";
import { emitServer } from "../../../../cli/gen/emit/server.ts";

const composed = (
  name: string,
  file: string,
  template: string,
  frontend = "web",
): ComposedRoute => ({
  frontend,
  file,
  name,
  method: "GET",
  template,
});

describe("config.d.ts", () => {
  it("tells the configuration's types the operations of every service", () => {
    expect(
      emitConfigTypes("heddle.config.ts", ["catalog", "orders"]),
    ).toBe(`// heddle gen: heddle.config.ts. DO NOT EDIT.
import type {} from "heddle/config";
import type { operations as catalogOperations } from "./catalog/operations.ts";
import type { operations as ordersOperations } from "./orders/operations.ts";

declare module "heddle/config" {
  /** The operations of every service. */
  interface KnownServices {
    readonly catalog: keyof typeof catalogOperations;
    readonly orders: keyof typeof ordersOperations;
  }
}
`);
  });

  it("gives services whose names come out the same names of their own", () => {
    const text = emitConfigTypes("heddle.config.ts", ["ab", "aB", "Ab"]);
    expect(text).toContain("    readonly aB: keyof typeof aBOperations;\n");
    expect(text).toContain("    readonly Ab: keyof typeof abOperations2;\n");
  });
});

describe("gateway.ts", () => {
  it("knows every service, by its type and its plans", () => {
    expect(
      emitGateway("heddle.config.ts", ["catalog", "orders"]),
    ).toBe(`// heddle gen: heddle.config.ts. DO NOT EDIT.
import { createCompose, defineService } from "heddle";
import type { CatalogClient } from "./catalog/client.d.ts";
import { operations as catalogOperations } from "./catalog/operations.ts";
import type { OrdersClient } from "./orders/client.d.ts";
import { operations as ordersOperations } from "./orders/operations.ts";

/** Every service, as composers see it. */
export interface Services {
  readonly catalog: CatalogClient;
  readonly orders: OrdersClient;
}

/** Every service's operations. */
export const services = [
  defineService("catalog", catalogOperations),
  defineService("orders", ordersOperations),
];

/** How a composer is written: \`compose.get("/web/orders/{orderId}", ...)\`. */
export const compose = createCompose<Services>();

export { each } from "heddle";
`);
  });

  it("gives services whose names come out the same names of their own", () => {
    const text = emitGateway("heddle.config.ts", ["services", "aB", "compose"]);
    expect(text).toContain("  readonly services: ServicesClient;\n  readonly aB: ABClient;\n");
  });
});

describe("routes.ts", () => {
  it("is empty where there is no route", () => {
    expect(
      emitRoutes("heddle.config.ts", [], [], ".."),
    ).toBe(`// heddle gen: heddle.config.ts. DO NOT EDIT.

/** Every route. What is not here does not reach a service. */
export const routes = [];
`);
  });

  it("lists every route on a line of its own, composed ones by file, relayed ones by service and path", () => {
    const routes = [
      composed("orderPage", "composers/web/order-page.ts", "/web/orders/{orderId}"),
      composed("order", "composers/mobile/order.ts", "/mobile/orders/{orderId}", "mobile"),
    ];
    const proxied = [
      {
        service: "customers",
        operation: "getCustomer",
        method: "GET",
        prefix: "/customers",
        template: "/customers/customers/{id}",
      },
      {
        service: "catalog",
        operation: "delete",
        method: "DELETE",
        prefix: "",
        template: "/items/{id}",
      },
    ];
    expect(
      emitRoutes("heddle.config.ts", routes, proxied, ".."),
    ).toBe(`// heddle gen: heddle.config.ts. DO NOT EDIT.
import { composed, proxied } from "heddle";
import { order } from "../composers/mobile/order.ts";
import { orderPage } from "../composers/web/order-page.ts";
import { operations as catalogOperations } from "./catalog/operations.ts";
import { operations as customersOperations } from "./customers/operations.ts";

/** Every route. What is not here does not reach a service. */
export const routes = [
  composed("mobile", "composers/mobile/order.ts", order), // GET /mobile/orders/{orderId}
  composed("web", "composers/web/order-page.ts", orderPage), // GET /web/orders/{orderId}
  proxied("catalog", catalogOperations.delete, ""), // DELETE /items/{id}
  proxied("customers", customersOperations.getCustomer, "/customers"), // GET /customers/customers/{id}
];
`);
  });

  it("tells each route what the documents say of it, one thing a line", () => {
    const routes = [
      composed("order", "composers/web/order.ts", "/web/orders/{orderId}"),
      composed("plain", "composers/web/plain.ts", "/web/plain"),
      composed("ended", "composers/web/ended.ts", "/web/ended"),
    ];
    const relayed = {
      service: "catalog",
      operation: "listProducts",
      method: "GET",
      prefix: "/catalog",
      template: "/catalog/products",
    };
    const anyOf = [{ "it's": ['"*/\u2028'] }, {}];
    const text = emitRoutes("heddle.config.ts", routes, [relayed], "..", (route) => {
      if ("service" in route)
        return { access: [{ service: "catalog", operations: ["listProducts"], anyOf }] };
      if (route.name === "plain") return undefined;
      const ending = { deprecated: true } as const;
      if (route.name === "ended") return { ending };
      return {
        access: [
          { service: "catalog", operations: ["getProduct", "listProducts"], anyOf: [{ key: [] }] },
          {
            service: "orders",
            operations: ["getOrder"],
            anyOf: [{ login: ["read", "write"], key: [] }],
          },
        ],
        ending: { deprecated: "2026-05-01", sunset: "2026-11-01T12:00:00Z" },
      };
    });
    expect(text.slice(text.indexOf("export const"))).toBe(`export const routes = [
  composed("web", "composers/web/ended.ts", ended, {
    ending: { deprecated: true },
  }), // GET /web/ended
  composed("web", "composers/web/order.ts", order, {
    access: [
      { service: "catalog", operations: ["getProduct", "listProducts"], anyOf: [{ key: [] }] },
      {
        service: "orders",
        operations: ["getOrder"],
        anyOf: [{ login: ["read", "write"], key: [] }],
      },
    ],
    ending: { deprecated: "2026-05-01", sunset: "2026-11-01T12:00:00Z" },
  }), // GET /web/orders/{orderId}
  composed("web", "composers/web/plain.ts", plain), // GET /web/plain
  proxied("catalog", catalogOperations.listProducts, "/catalog", {
    access: [
      { service: "catalog", operations: ["listProducts"], anyOf: [{ "it's": ["\\"*/\\u2028"] }, {}] },
    ],
  }), // GET /catalog/products
];
`);
  });

  it("imports composers of one name under the names of their frontends", () => {
    const text = emitRoutes(
      "heddle.config.ts",
      [
        composed("home", "composers/mobile/home.ts", "/mobile", "mobile"),
        composed("home", "composers/web/home.ts", "/web"),
        composed("home", "composers/web/old/home.ts", "/web/old"),
        composed("routes", "composers/web/routes.ts", "/web/routes"),
      ],
      [],
      "..",
    );
    expect(text).toContain(`import { home as mobileHome } from "../composers/mobile/home.ts";
import { home as webHome } from "../composers/web/home.ts";
import { home as webHome2 } from "../composers/web/old/home.ts";
import { routes as routes2 } from "../composers/web/routes.ts";
`);
    expect(text).toContain(
      'composed("web", "composers/web/old/home.ts", webHome2), // GET /web/old\n',
    );
  });

  it("imports several composers of one file at once", () => {
    const routes = [
      composed("b", "composers/web/a.ts", "/b"),
      composed("a", "composers/web/a.ts", "/a"),
    ];
    expect(emitRoutes("heddle.config.ts", routes, [], "..")).toContain(
      'import { a, b } from "../composers/web/a.ts";\n',
    );
  });
});

describe("server.ts", () => {
  it("serves the configuration and everything generated", () => {
    expect(emitServer("heddle.config.ts", "..")).toBe(`// heddle gen: heddle.config.ts. DO NOT EDIT.
import { serve } from "heddle";
import config from "../heddle.config.ts";
import { services } from "./gateway.ts";
import { routes } from "./routes.ts";

const document = () => import("./openapi.json", { with: { type: "json" } });

await serve(config, { services, routes, document });
`);
  });
});

describe("manifest.json", () => {
  const manifest: Manifest = {
    generator: "1.2.3",
    files: { "routes.ts": "r", "gateway.ts": "g" },
    services: {
      orders: {
        document: "specs/orders.json",
        options: "o",
        sources: { "specs/orders.json": "s" },
        operations: 2,
        warnings: 1,
        diagnostics: 3,
        seal: "abc",
        exposed: { getOrder: "GET /orders/{id}" },
        files: { "orders/schema.d.ts": "x", "orders/client.d.ts": "y" },
      },
      catalog: {
        document: "c",
        options: "o",
        sources: {},
        operations: 0,
        warnings: 0,
        diagnostics: 0,
        seal: "def",
        exposed: {},
        files: {},
      },
    },
  };

  it("is ordered, whatever the order of what it is made of", () => {
    expect(emitManifest(manifest)).toBe(`{
  "generator": "1.2.3",
  "files": {
    "gateway.ts": "g",
    "routes.ts": "r"
  },
  "services": {
    "catalog": {
      "document": "c",
      "options": "o",
      "operations": 0,
      "sources": {},
      "files": {},
      "seal": "def"
    },
    "orders": {
      "document": "specs/orders.json",
      "options": "o",
      "operations": 2,
      "warnings": 1,
      "diagnostics": 3,
      "exposed": {
        "getOrder": "GET /orders/{id}"
      },
      "sources": {
        "specs/orders.json": "s"
      },
      "files": {
        "orders/client.d.ts": "y",
        "orders/schema.d.ts": "x"
      },
      "seal": "abc"
    }
  }
}
`);
  });

  it("is read as it was written", () => {
    expect(parseManifest(emitManifest(manifest))).toEqual(manifest);
  });

  it.each([
    "",
    "<<<<<<< HEAD",
    "[]",
    "{}",
    '{"generator":1,"services":{}}',
    '{"generator":"1","services":{"a":{}}}',
    "null",
  ])("is nothing where the text is %j", (text) => {
    expect(parseManifest(text)).toBeUndefined();
  });

  it.each([
    ["as it was written", (text: string) => text],
    ["as another tool lays it out", (text: string) => JSON.stringify(JSON.parse(text))],
    ["with the marks of a merge in it", (text: string) => text.replace("{\n", "{\n<<<<<<< HEAD\n")],
    ["with the marks of a merge before it", (text: string) => `<<<<<<< HEAD\r\n${text}`],
    ["with the marks of a merge further down", (text: string) => `${text}=======\n`],
  ])("is known for one %s", (_, change) => {
    expect(isManifest(change(emitManifest(manifest)))).toBe(true);
  });

  it.each(["", "[]", "{}", '{"name":"shop","generator":"x"}', '{"index.html":{"file":"a.js"}}'])(
    "is not known for one where it is %j",
    (text) => {
      expect(isManifest(text)).toBe(false);
    },
  );
});
