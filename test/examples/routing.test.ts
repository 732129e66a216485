/** The routes of the guide "Routing" lead where it says. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway, type GatewayOptions } from "heddle";
import { afterEach, describe, expect, it } from "vitest";
import type { GatewayConfig } from "../../src/config/gateway-config.ts";
import config, { canary, rewritten } from "./routing.ts";

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** The address of a service that answers with its name and what it was asked. */
async function service(name: string): Promise<string> {
  const server = createServer((req, res) => res.end(`${name} ${req.method} ${req.url}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endings.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(example: GatewayConfig): Promise<string> {
  const names = Object.keys(example.services);
  const env = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [`${name.toUpperCase()}_URL`, await service(name)]),
    ),
  );
  const log: GatewayOptions["log"] & object = {
    debug() {},
    info() {},
    warn() {},
    error() {},
    child: () => log,
  };
  const gateway = createGateway(
    { ...example, server: { ...example.server, drainDelay: "0s" } },
    { services: [], routes: [] },
    { env, log },
  );
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  endings.push(() => gateway.close());
  return url;
}

const ask = async (url: string, init: RequestInit = {}): Promise<string> =>
  (await fetch(url, { redirect: "manual", ...init })).text();

describe("the routes of the guide", () => {
  it("lead to services without documents", async () => {
    const url = await start(config);
    expect(await ask(`${url}/anything?x=1`)).toBe("legacy GET /anything?x=1");
    expect(await ask(`${url}/orders/7`)).toBe("orders1 GET /orders/7");
    expect(await ask(`${url}/orders/7`, { method: "DELETE" })).toBe("legacy DELETE /orders/7");
    const headers = { "x-version": "2" };
    expect(await ask(`${url}/orders/7`, { headers })).toBe("orders2 GET /orders/7");
    // Its frontend answers on other hosts.
    expect(await ask(`${url}/github/repos/x`)).toBe("legacy GET /github/repos/x");
    const moved = await fetch(`${url}/bestellungen/7`, { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([308, "/orders/7"]);
  });

  it("share requests out, and rewrite what is asked", async () => {
    const shared = await start(canary);
    const headers = { "x-canary": "1" };
    expect(await ask(`${shared}/orders/7`, { headers })).toBe("orders2 GET /orders/7");
    const customer = { "x-customer": "c-1" };
    const first = await ask(`${shared}/orders/7`, { headers: customer });
    for (let count = 0; count < 5; count++)
      expect(await ask(`${shared}/orders/7`, { headers: customer })).toBe(first);
    const url = await start(rewritten);
    expect(await ask(`${url}/v1/customers/a%2Fb/orders/7?full`)).toBe(
      "orders2 GET /orders/7/of/a%2Fb?full",
    );
  });
});
