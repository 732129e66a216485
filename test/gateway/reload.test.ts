import type { IncomingMessage, ServerResponse } from "node:http";
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  type Gateway,
  type GatewayError,
  proxied,
} from "heddle";
import { beforeEach, describe, expect, it } from "vitest";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import { ConfigError } from "../../src/config/problems.ts";
import {
  atEnd,
  type LoggedLine,
  plan,
  recordingLog,
  type Signal,
  signal,
  startServer,
} from "../server/support.ts";

const operations = { getA: plan("getA", "GET", "/a"), slow: plan("slow", "GET", "/slow") };
const compose = createCompose<{
  orders: { getA(input?: object, options?: object): Promise<unknown> };
}>();
const generated = {
  services: [defineService("orders", operations), defineService("stock", operations)],
  routes: [
    proxied("orders", operations.getA, "/orders"),
    proxied("orders", operations.slow, "/orders"),
    proxied("stock", operations.getA, "/stock"),
    composed(
      "web",
      "composers/web/bare.ts",
      compose.get("/web/bare", ({ services }) => services.orders.getA()),
    ),
    composed(
      "web",
      "composers/web/masked.ts",
      compose.get("/web/masked", ({ services }) => services.orders.getA({}, { fallback: "none" })),
    ),
  ],
};

interface Told {
  readonly url: string;
  readonly arrived: Signal;
  readonly finish: Signal;
  connections: number;
  open: number;
}

/** A service that says its name, and counts its connections. */
async function startService(name: string): Promise<Told> {
  const arrived = signal();
  const finish = signal();
  const { url, server } = await startServer((req: IncomingMessage, res: ServerResponse) => {
    const answer = (): unknown =>
      res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(name));
    if (req.url !== "/slow") {
      answer();
      return;
    }
    arrived.happen();
    void finish.happened.then(answer);
  });
  const told: Told = { url, arrived, finish, connections: 0, open: 0 };
  server.on("connection", (socket) => {
    told.connections++;
    told.open++;
    socket.on("close", () => {
      told.open--;
    });
  });
  return told;
}

let blue: Told;
let green: Told;
let stock: Told;
let gateway: Gateway;
let url: string;
let lines: LoggedLine[];
let config: GatewayConfig;
beforeEach(async () => {
  [blue, green, stock] = await Promise.all([
    startService("blue"),
    startService("green"),
    startService("stock"),
  ]);
  config = {
    services: {
      orders: { document: "x", url: blue.url, timeout: "1m" },
      stock: { document: "x", url: stock.url },
    },
    server: { drainDelay: "0s", deadline: "1m" },
  };
  const log = recordingLog();
  lines = log.lines;
  gateway = createGateway(config, generated, { env: {}, log });
  atEnd(() => gateway.close());
  ({ url } = await gateway.listen({ port: 0, host: "127.0.0.1" }));
});

const ask = async (path: string): Promise<[number, unknown]> => {
  const answer = await fetch(url + path);
  const body = (await answer.json()) as { type?: string };
  return [answer.status, body.type ?? body];
};

const withOrders = (more: object): GatewayConfig => ({
  ...config,
  services: { ...config.services, orders: { document: "x", url: green.url, ...more } },
});

const problemsOf = (next: GatewayConfig): readonly string[] => {
  try {
    gateway.reload(next);
  } catch (error) {
    return (error as ConfigError).problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
};

describe("a reload", () => {
  it("leads new requests to the new address, while one under way ends where it began", async () => {
    const slow = ask("/orders/slow");
    await blue.arrived.happened;
    const report = gateway.reload(withOrders({}));
    expect(report).toEqual({
      services: { added: [], removed: [], changed: ["orders"] },
      routes: { added: [], removed: [] },
    });
    expect(await ask("/orders/a")).toEqual([200, "green"]);
    expect(blue.open).toBe(1);
    const line = lines.find(({ message }) => message === "reloaded");
    expect(line).toEqual({ level: "info", message: "reloaded", ...report });
    blue.finish.happen();
    expect(await slow).toEqual([200, "blue"]);
    // Nobody uses it any more.
    await expect.poll(() => blue.open).toBe(0);
  });

  it("keeps the connections of services that are configured as before", async () => {
    expect(await ask("/stock/a")).toEqual([200, "stock"]);
    gateway.reload(withOrders({}));
    gateway.reload(withOrders({ timeout: "5s" }));
    await expect.poll(() => blue.open).toBe(0);
    expect(await ask("/stock/a")).toEqual([200, "stock"]);
    expect(stock.connections).toBe(1);
  });

  it("that changes only where a service is keeps its connections to the addresses that stay", async () => {
    expect(await ask("/orders/a")).toEqual([200, "blue"]);
    const both = [blue.url, green.url];
    gateway.reload(withOrders({ url: both, timeout: "1m" }));
    const names = await Promise.all(Array.from({ length: 8 }, () => ask("/orders/a")));
    expect(new Set(names.map(([, name]) => name))).toEqual(new Set(["blue", "green"]));
    const { connections } = blue;
    gateway.reload(withOrders({ url: blue.url, timeout: "1m" }));
    await expect.poll(() => green.open).toBe(0);
    expect(await ask("/orders/a")).toEqual([200, "blue"]);
    expect(blue.connections).toBe(connections);
  });

  it("of a wrong configuration tells every problem, and leaves the old one in force", async () => {
    expect(problemsOf(withOrders({ url: "no address", timeout: "soon" }))).toEqual([
      "services.orders.url is not a URL",
      "services.orders.timeout is not a duration",
    ]);
    expect(await ask("/orders/a")).toEqual([200, "blue"]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('heddle_config_reloads_total{result="failed"} 1');
    expect(metrics).toMatch(
      /heddle_config_last_reload_timestamp_seconds\{result="failed"\} \d{10}\n/,
    );
  });

  it("refuses to change what a running gateway cannot, without telling a secret", () => {
    const server = { ...config.server, port: 81, host: "::1" };
    const redis = "redis://user:password@127.0.0.1:1";
    expect(() => gateway.reload({ ...config, server, cache: { maxSize: "1mb", redis } })).toThrow(
      new ConfigError([
        ...[
          { path: "server.port", value: "81" },
          { path: "server.host", value: '"::1"' },
          { path: "cache.maxSize", value: "1048576" },
          { path: "cache.redis" },
        ].map((one) => ({
          ...one,
          message: "cannot change while the gateway runs",
          cure: "restart the gateway, or put the old value back",
        })),
      ]),
    );
  });

  it("that removes a service takes its routes, and fails or masks the calls of composers", async () => {
    const { orders: _, ...services } = config.services;
    const report = gateway.reload({ ...config, services });
    expect(report.services.removed).toEqual(["orders"]);
    expect(report.routes.removed).toEqual(["GET /orders/a", "GET /orders/slow"]);
    expect(await ask("/orders/a")).toEqual([404, "urn:heddle:problem:not-found"]);
    expect(await ask("/web/bare")).toEqual([502, "urn:heddle:problem:service-unreachable"]);
    expect(await ask("/web/masked")).toEqual([200, "none"]);
    expect(gateway.reload(config).services.added).toEqual(["orders"]);
    expect(await ask("/web/bare")).toEqual([200, "blue"]);
  });

  it("shows neither queues nor breakers of a service that is gone", async () => {
    expect(await ask("/orders/a")).toEqual([200, "blue"]);
    const gauge = async (): Promise<boolean> =>
      (await (await fetch(`${url}/metrics`)).text()).includes(
        'heddle_upstream_calls_active{service="orders"}',
      );
    expect(await gauge()).toBe(true);
    const { orders: _, ...services } = config.services;
    gateway.reload({ ...config, services });
    expect(await gauge()).toBe(false);
  });

  it("a hundred times under load loses no request, and leaves one connection pool", async () => {
    let isOn = true;
    const answers: unknown[] = [];
    const clients = Array.from({ length: 8 }, async () => {
      while (isOn) answers.push((await ask("/orders/a"))[0]);
    });
    for (let count = 0; count < 100; count++) {
      gateway.reload(withOrders({ url: count % 2 === 0 ? green.url : blue.url }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    gateway.reload(withOrders({}));
    await expect.poll(() => blue.open).toBe(0);
    isOn = false;
    await Promise.all(clients);
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  it("is refused while the gateway stops", async () => {
    const closed = gateway.close();
    expect(() => gateway.reload(config)).toThrow(
      expect.objectContaining({ code: "stopping" }) as GatewayError,
    );
    await closed;
  });

  it("does not keep a stop from waiting for requests of the plane before", async () => {
    const slow = ask("/orders/slow");
    await blue.arrived.happened;
    gateway.reload(withOrders({}));
    const closed = gateway.close();
    blue.finish.happen();
    expect(await slow).toEqual([200, "blue"]);
    await closed;
  });
});
