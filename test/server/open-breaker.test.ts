/** What clients get while a service is left alone, composed and proxied; and what is logged of it. */
import { composed, proxied } from "heddle";
import { expect, it } from "vitest";
import { compose, operations, startGateway } from "./support.ts";

const routes = [
  composed(
    "web",
    "composers/web/needed.ts",
    compose.get("/web/needed", ({ services }) => services.orders.slow()),
  ),
  composed(
    "web",
    "composers/web/optional.ts",
    compose.get("/web/optional", ({ services }) => ({
      order: () => services.orders.slow({}, { fallback: null }),
    })),
  ),
  proxied("orders", operations.slow, "/orders"),
];

it("an open breaker answers at once, with a problem or the stand-in, and calls nobody", async () => {
  let calls = 0;
  const { url, lines } = await startGateway({
    routes,
    orders: { retry: false, breaker: { minimum: 2, cooldown: "1m" } },
    service(_req, res) {
      calls += 1;
      res.writeHead(503).end();
    },
  });
  expect((await fetch(`${url}/web/needed`)).status).toBe(502);
  expect((await fetch(`${url}/orders/slow`)).status).toBe(503);
  for (const path of ["/web/needed", "/orders/slow"]) {
    const answer = await fetch(url + path);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(await answer.json()).toMatchObject({
      type: expect.stringMatching(/circuit-open$/),
      service: "orders",
      operation: "slow",
    });
  }
  const degraded = await fetch(`${url}/web/optional`);
  expect([degraded.status, await degraded.json()]).toEqual([200, { order: null }]);
  expect(degraded.headers.get("gateway-degraded")).toContain("circuit-open");
  expect(calls).toBe(2);
  const changes = lines.filter(({ message }) => /circuit breaker/.test(message));
  expect(changes).toMatchObject([{ level: "warn", service: "orders", state: "open" }]);
});
