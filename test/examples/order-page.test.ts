/** The gateway with one service that answers and one that is down: what a phone is shown of an order. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway } from "heddle";
import { expect, it, onTestFinished } from "vitest";
import { services } from "../../generated/gateway.ts";
import { routes } from "../../generated/routes.ts";
import config from "../../heddle.config.ts";

const order = {
  id: "o-1",
  status: "shipped",
  total: { amount: 5900, currency: "EUR" },
  lines: [{ sku: "kit-scarf-harbour", quantity: 2 }],
  shipmentId: "s-1",
};

it("answers an order without its day of arrival when shipping is down", async () => {
  const url = await startGateway({ orders: await startService(order) });
  const answer = await fetch(`${url}/mobile/orders/o-1`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("gateway-degraded")).toContain('"/arrivesOn";service="shipping"');
  expect(await answer.json()).toEqual({
    id: "o-1",
    status: "shipped",
    total: 5900,
    pieces: 2,
    arrivesOn: null,
  });
});

/** A service that gives one answer to everything. */
async function startService(body: unknown): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The gateway as it runs in production; services without an address here have nobody behind theirs. */
async function startGateway(urls: Record<string, string>): Promise<string> {
  const nobody = Object.fromEntries(services.map(({ name }) => [name, "http://127.0.0.1:9"]));
  const gateway = createGateway(
    { ...config, server: { ...config.server, drainDelay: "0s" } },
    { services, routes },
    {
      urls: { ...nobody, ...urls },
      env: { LOG_LEVEL: "silent" },
    },
  );
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  return url;
}
