import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import type { ServerConfig } from "../../src/config.ts";
import { compose, operations, rawRequest, requests, startGateway } from "./support.ts";

const NAMES = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

async function start(trustedProxies?: ServerConfig["trustedProxies"]) {
  const running = await startGateway({
    routes: [
      proxied("orders", operations.getOrder, "/orders"),
      composed(
        "web",
        "composers/web/ip.ts",
        compose.get("/web/ip", ({ request }) => ({ ip: request.ip })),
      ),
    ],
    frontends: { web: {} },
    server: trustedProxies === undefined ? {} : { trustedProxies },
    service: (req, res) => {
      const told = NAMES.map((name) => [name, req.headers[name]]);
      res.setHeader("content-type", "application/json");
      res.end(JSON.stringify(Object.fromEntries(told)));
    },
  });
  return {
    ...running,
    ask: async (path: string, headers: Record<string, string>) =>
      (await fetch(running.url + path, { headers })).json(),
  };
}

const CLAIMS = {
  "x-forwarded-for": "6.6.6.6, 203.0.113.7",
  "x-forwarded-host": "shop.example",
  "x-forwarded-proto": "https",
};

describe("behind a trusted proxy", () => {
  it("composers and the log see the client's address", async () => {
    const { ask, lines } = await start(["loopback"]);
    expect(await ask("/web/ip", CLAIMS)).toEqual({ ip: "203.0.113.7" });
    expect(requests(lines)).toMatchObject([{ ip: "203.0.113.7" }]);
  });

  it("a service is told the believed chain, and the gateway's own peer behind it", async () => {
    const { ask, port } = await start(["loopback"]);
    expect(await ask("/orders/orders/1", CLAIMS)).toEqual({
      forwarded: `for=203.0.113.7;host=shop.example;proto=https, for=127.0.0.1;host="127.0.0.1:${port}";proto=http`,
      "x-forwarded-for": "203.0.113.7, 127.0.0.1",
      "x-forwarded-host": "shop.example",
      "x-forwarded-proto": "https",
    });
  });

  it("several lines of a field are one list", async () => {
    const { port } = await start(["loopback", "10.0.0.0/8"]);
    const answer = await rawRequest(
      port,
      `GET /web/ip HTTP/1.1
       Host: a
       X-Forwarded-For: 6.6.6.6
       X-Forwarded-For: 203.0.113.7
       X-Forwarded-For: 10.0.0.9`,
    );
    expect(answer).toContain('{"ip":"203.0.113.7"}');
  });

  it("a field that cannot be read counts for nothing", async () => {
    const { ask, port } = await start(["loopback"]);
    const claims = { "x-forwarded-for": "localhost", "x-forwarded-host": "evil.example" };
    expect(await ask("/web/ip", claims)).toEqual({ ip: "127.0.0.1" });
    expect(await ask("/orders/orders/1", claims)).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": `127.0.0.1:${port}`,
    });
  });
});

describe("whoever is not trusted", () => {
  it.each([undefined, ["10.0.0.0/8"]])(
    "is the client, and their claims are replaced: %j",
    async (trusted) => {
      const { ask, port } = await start(trusted);
      expect(await ask("/web/ip", CLAIMS)).toEqual({ ip: "127.0.0.1" });
      expect(await ask("/orders/orders/1", { ...CLAIMS, forwarded: "for=6.6.6.6" })).toEqual({
        forwarded: `for=127.0.0.1;host="127.0.0.1:${port}";proto=http`,
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-host": `127.0.0.1:${port}`,
        "x-forwarded-proto": "http",
      });
    },
  );

  it("stays out of the log where no proxy is trusted", async () => {
    const { ask, lines } = await start();
    await ask("/web/ip", {});
    expect(requests(lines).map(({ ip }) => ip)).toEqual([undefined]);
  });
});

it("an answer that is kept is not the same for two clients when the composer reads their address", async () => {
  const { url } = await startGateway({
    routes: [
      composed(
        "web",
        "composers/web/ip.ts",
        compose.get("/web/ip", { cache: "1h" }, ({ request }) => ({ ip: request.ip })),
      ),
    ],
    frontends: { web: {} },
    server: { trustedProxies: ["loopback"] },
  });
  const ask = async (ip: string) =>
    (await fetch(`${url}/web/ip`, { headers: { "x-forwarded-for": ip } })).json();
  expect([await ask("192.0.2.1"), await ask("192.0.2.2")]).toEqual([
    { ip: "192.0.2.1" },
    { ip: "192.0.2.2" },
  ]);
});
