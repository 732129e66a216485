/** Whose word is whose when a request is relayed: who asks, at which host, and where an answer points to. */
import type { IncomingMessage } from "node:http";
import { proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { operations, rawRequest, startGateway } from "./support.ts";

const routes = [proxied("orders", operations.getOrder, "/shop")];

/** Sends one request, and gives the fields that the service got. */
async function fieldsOf(head: string, headers = {}): Promise<IncomingMessage["headers"]> {
  let seen: IncomingMessage["headers"] = {};
  const { port } = await startGateway({
    routes,
    orders: { headers },
    service: (req, res) => {
      seen = req.headers;
      res.end("{}");
    },
  });
  expect(await rawRequest(port, head)).toMatch(/^HTTP\/1\.1 200 /);
  return seen;
}

describe("the host that was asked for", () => {
  it("is that of an absolute-form target, whatever the Host field says (RFC 9112 §3.2.2)", async () => {
    const fields = await fieldsOf(
      "GET http://shop.example:8443/shop/orders/1 HTTP/1.1\nHost: other.example",
    );
    expect(fields).toMatchObject({
      "x-forwarded-host": "shop.example:8443",
      forwarded: 'for=127.0.0.1;host="shop.example:8443";proto=http',
    });
  });

  it.each([
    "GET /shop/orders/1 HTTP/1.1\nHost: shop.example:99999",
    "GET /shop/orders/1 HTTP/1.1\nHost: user@shop.example",
    "GET /shop/orders/1 HTTP/1.1\nHost: user:secret@shop.example:80",
    "GET /shop/orders/1 HTTP/1.1\nHost: [1::2::3]",
    "GET http://user@shop.example/shop/orders/1 HTTP/1.1\nHost: shop.example",
    "GET http://shop.example:65536/shop/orders/1 HTTP/1.1\nHost: shop.example",
  ])("is refused where it is none: %s", async (head) => {
    const { port } = await startGateway({ routes });
    expect(await rawRequest(port, head)).toMatch(/^HTTP\/1\.1 400 [\s\S]*problem:bad-request/);
  });
});

it("a caller is not somebody else, nor has it what configuration sets, however it spells that", async () => {
  const fields = await fieldsOf(
    `GET /shop/orders/1 HTTP/1.1
    Host: shop.example
    X_Forwarded_For: 6.6.6.6
    X-Forwarded_Host: evil.example
    X-Forwarded: for=6.6.6.6
    True-Client-IP: 6.6.6.6
    CF-Connecting-IP: 6.6.6.6
    X-Client-IP: 6.6.6.6
    X_Real_Ip: 6.6.6.6
    X-Original-Host: evil.example
    X_Tenant: forged
    X-Tenant: forged
    Content_Length: 7
    X_Sort: name`,
    { "x-tenant": "shop" },
  );
  const host = fields.host;
  expect(fields).toEqual({
    host,
    connection: "keep-alive",
    "x-tenant": "shop",
    x_sort: "name",
    via: "1.1 heddle",
    forwarded: "for=127.0.0.1;host=shop.example;proto=http",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-host": "shop.example",
    "x-forwarded-proto": "http",
    "x-request-id": expect.any(String),
    "x-deadline-ms": expect.stringMatching(/^\d+$/),
  });
});

describe("an answer", () => {
  it("points to where its place is at the gateway, and does not speak for the gateway", async () => {
    const { url } = await startGateway({
      routes,
      service: (req, res) => {
        res.writeHead(201, {
          location: `https://${req.headers.host}/orders/2?x=1`,
          "content-location": "/orders/2",
          "clear-site-data": '"*"',
          "strict-transport-security": "max-age=0",
          "alt-svc": 'h2="evil.example:443"',
          via: "1.1 inside",
        });
        res.end("{}");
      },
    });
    const { headers } = await fetch(`${url}/shop/orders/1`);
    expect(Object.fromEntries(headers)).toEqual({
      location: "/shop/orders/2?x=1",
      "cache-status": "heddle; fwd=miss",
      "content-location": "/shop/orders/2",
      via: "1.1 inside, 1.1 heddle",
      "x-content-type-options": "nosniff",
      "x-request-id": expect.any(String),
      connection: "keep-alive",
      "keep-alive": expect.any(String),
      date: expect.any(String),
      "transfer-encoding": "chunked",
    });
  });

  it.each(["https://elsewhere.example/orders/2", "2", "?page=2"])(
    "that points to %s goes on as it is",
    async (location) => {
      const { url } = await startGateway({
        routes,
        service: (_req, res) => res.writeHead(303, { location }).end(),
      });
      const { headers } = await fetch(`${url}/shop/orders/1`, { redirect: "manual" });
      expect(headers.get("location")).toBe(location);
    },
  );
});
