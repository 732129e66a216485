import type { createServer } from "node:http";
import { composed, createGateway, defineService, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { env } from "../../src/config/env.ts";
import { ConfigError } from "../../src/config/problems.ts";
import { createInFlight } from "../../src/server/in-flight.ts";
import { compose, operations, recordingLog, startServer } from "../server/support.ts";

const hello = compose.get("/web/hello", () => "hello");
const services = [defineService("orders", operations)];
const config = {
  services: { orders: { document: "specs/orders.json", url: "http://127.0.0.1:9" } },
  server: { drainDelay: "0s" as const },
};

/** Every problem that keeps a gateway from being created. */
function problemsOf(create: () => unknown): ConfigError["problems"] {
  try {
    create();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error("it was created");
}

describe("a gateway", () => {
  it("is not created while anything is wrong, and tells all of it at once", () => {
    const problems = problemsOf(() =>
      createGateway(
        {
          services: {
            orders: {
              document: "specs/orders.json",
              url: env("ORDERS_URL"),
              timeout: "soon" as "1s",
            },
            reviews: { document: "specs/reviews.json", url: "http://reviews" },
          },
        },
        {
          services: [...services, defineService("carts", {})],
          routes: [
            composed("web", "a.ts", hello),
            composed("web", "b.ts", hello),
            proxied("gone", operations.slow, ""),
          ],
        },
        { env: { PORT: "x" } },
      ),
    );
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "services.orders.timeout is not a duration",
      "services.orders.url needs the environment's variable ORDERS_URL, which is not set",
      "environment PORT is not a port",
      "services.carts was generated but is not configured",
      "services.reviews has not been generated",
      "route GET /web/hello (b.ts) has the same method and path as GET /web/hello (a.ts)",
      "route GET /slow (gone.slow) leads to a service that does not exist",
    ]);
  });

  it("is not created without the schemas that its answers are to be held against", () => {
    const checked = {
      services: { orders: { ...config.services.orders, validate: "enforce" as const } },
    };
    const problems = problemsOf(() => createGateway(checked, { services, routes: [] }));
    expect(problems).toEqual([
      {
        path: "services.orders.validate",
        message: "needs the service's schemas, which have not been generated",
        cure: "run `heddle gen`",
      },
    ]);
  });

  it("says all of it in its error's message", () => {
    expect(() => createGateway(config, { services: [], routes: [] })).toThrow(
      new ConfigError([
        { path: "services.orders", message: "has not been generated", cure: "run `heddle gen`" },
      ]),
    );
  });

  it("looks at the environment it is given, and only when it is created", async () => {
    const { url } = await startServer((_req, res) =>
      res.setHeader("content-type", "application/json").end('{"a":1}'),
    );
    const withEnv = {
      ...config,
      services: { orders: { document: "x", url: env("ORDERS_URL") } },
    };
    const page = compose.get("/web/x", ({ services: { orders } }) =>
      orders.getOrder({ path: { orderId: "1" } }),
    );
    const generated = { services, routes: [composed("web", "x.ts", page)] };
    const gateway = createGateway(withEnv, generated, {
      env: { ORDERS_URL: url, PORT: "0", HOST: "127.0.0.1" },
      log: recordingLog(),
    });
    const { url: own } = await gateway.listen();
    expect(await (await fetch(`${own}/web/x`)).json()).toEqual({ a: 1 });
    await gateway.close();
  });

  it("takes addresses that are handed in before all others", async () => {
    const { url } = await startServer((_req, res) =>
      res.setHeader("content-type", "application/json").end('{"a":1}'),
    );
    const generated = { services, routes: [proxied("orders", operations.getOrder, "")] };
    const gateway = createGateway(config, generated, {
      env: {},
      urls: { orders: url },
      log: recordingLog(),
    });
    const listening = await gateway.listen({ port: 0, host: "127.0.0.1" });
    expect(await (await fetch(`${listening.url}/orders/1`)).json()).toEqual({ a: 1 });
    await gateway.close();
  });

  it("tells its routes", () => {
    const routes = [
      composed("web", "composers/web/hello.ts", hello),
      proxied("orders", operations.getOrder, "/orders"),
    ];
    const gateway = createGateway(config, { services, routes }, { env: {}, log: recordingLog() });
    expect(gateway.routes).toEqual([
      {
        kind: "composed",
        method: "GET",
        template: "/web/hello",
        frontend: "web",
        file: "composers/web/hello.ts",
      },
      {
        kind: "proxied",
        method: "GET",
        template: "/orders/orders/{orderId}",
        service: "orders",
        operation: "getOrder",
      },
    ]);
  });

  it("serves on somebody else's server", async () => {
    const gateway = createGateway(
      config,
      { services, routes: [composed("web", "x.ts", hello)] },
      { env: {}, log: recordingLog() },
    );
    const { url } = await startServer(gateway.callback());
    expect(await (await fetch(`${url}/web/hello`)).json()).toBe("hello");
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await gateway.close();
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  });

  it("tells where it listens, in a URL that can be opened", async () => {
    const log = recordingLog();
    const gateway = createGateway(config, { services, routes: [] }, { env: {}, log });
    const { port, host, url } = await gateway.listen({ port: 0, host: "::1" });
    expect([host, url]).toEqual(["::1", `http://[::1]:${port}`]);
    expect(log.lines).toMatchObject([{ message: "listening", url }]);
    await expect(gateway.listen({ port: 0 })).rejects.toThrow("the gateway listens already");
    await gateway.close();
  });

  it("that cannot listen says why, and can be asked again", async () => {
    const { server } = await startServer(() => {});
    const { port } = server.address() as { port: number };
    const gateway = createGateway(
      config,
      { services, routes: [] },
      { env: {}, log: recordingLog() },
    );
    await expect(gateway.listen({ port, host: "127.0.0.1" })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await gateway.listen({ port: 0, host: "127.0.0.1" });
    await gateway.close();
  });

  it("has limits on how slowly a request may come", async () => {
    const created: ReturnType<typeof createServer>[] = [];
    const { createHttpServer } = await import("../../src/server/http-server.ts");
    created.push(
      createHttpServer({
        listener: () => {},
        newId: () => "1",
        log: recordingLog(),
        inFlight: createInFlight(),
      }),
    );
    expect(created[0]).toMatchObject({
      headersTimeout: 10_000,
      keepAliveTimeout: 65_000,
    });
  });
});
