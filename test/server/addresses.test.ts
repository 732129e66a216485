/** A gateway in front of a service with several addresses: what its callers see, and what is told. */
import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { freePort } from "../support/faulty-service.ts";
import { compose, operations, startGateway, startServer } from "./support.ts";

const routes = [
  proxied("orders", operations.getOrder, "/shop"),
  composed(
    "web",
    "composers/web/page.ts",
    compose.get("/web/page", ({ services }) => services.orders.slow()),
  ),
];
const TOKEN = "0123456789abcdef";

describe("a service with several addresses", () => {
  it("has the places of each told as paths of the gateway", async () => {
    const urls: string[] = [];
    const start = async (): Promise<void> => {
      const { url } = await startServer((_req, res) => {
        // Each names the other: they know of each other, and callers of neither.
        const [other = ""] = urls.filter((each) => each !== url);
        res.writeHead(201, { location: `${other}/v1/orders/2` }).end();
      });
      urls.push(url);
    };
    await start();
    await start();
    const { url } = await startGateway({
      routes,
      orders: { url: urls.map((each) => `${each}/v1`) },
    });
    for (let request = 0; request < 10; request += 1) {
      const answer = await fetch(`${url}/shop/orders/1`);
      expect(answer.headers.get("location")).toBe("/shop/orders/2");
    }
  });

  it.each(["/shop/orders/1", "/web/page"])("that are all down is 502 at %s", async (path) => {
    const url = [await freePort(), await freePort()].map((port) => `http://127.0.0.1:${port}`);
    const gateway = await startGateway({ routes, orders: { url, breaker: false } });
    for (let request = 0; request < 12; request += 1) {
      const answer = await fetch(gateway.url + path);
      expect(answer.status).toBe(502);
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ type: "urn:heddle:problem:service-unreachable" });
      expect(text).not.toContain("127.0.0.1");
    }
  });

  it("tells in log, metrics and state which is left out", async () => {
    const down = `http://127.0.0.1:${await freePort()}`;
    const { url: up } = await startServer((_req, res) => {
      res.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    const { url, lines } = await startGateway({
      routes,
      orders: { url: [down, up], ejection: { failures: 1, time: "1h", longest: "1h" } },
      server: { admin: { token: TOKEN } },
    });
    await eventually(async () => {
      expect((await fetch(`${url}/web/page`)).status).toBe(200);
      expect(lines).toContainEqual({
        level: "warn",
        message: "an address of a service keeps failing and is left out for a while",
        service: "orders",
        address: down,
        state: "ejected",
        forMs: 3_600_000,
      });
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics.split("\n")).toEqual(
      expect.arrayContaining([
        'heddle_upstream_addresses{service="orders",state="up"} 1',
        'heddle_upstream_addresses{service="orders",state="ejected"} 1',
        'heddle_upstream_addresses{service="orders",state="unhealthy"} 0',
        'heddle_upstream_in_flight{service="orders"} 0',
        'heddle_upstream_ejections_total{service="orders"} 1',
      ]),
    );
    expect(metrics).not.toContain("127.0.0.1");
    const headers = { authorization: `Bearer ${TOKEN}` };
    const state = (await (await fetch(`${url}/admin/state`, { headers })).json()) as {
      services: { orders: { addresses: object } };
    };
    expect(state.services.orders.addresses).toMatchObject([
      { address: down, weight: 1, state: "ejected", inUse: false, inFlight: 0 },
      { address: up, weight: 1, state: "up", inUse: true, inFlight: 0 },
    ]);
  });
});
