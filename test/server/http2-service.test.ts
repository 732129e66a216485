/** A gateway in front of a service that speaks HTTP/2: its callers see the same as with HTTP/1.1. */
import { createSecureServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { composed, proxied } from "heddle";
import { describe, expect, it, onTestFinished } from "vitest";
import { ask } from "../support/ask.ts";
import { CERTIFICATE_FILE, TEST_CERTIFICATE } from "../support/test-certificate.ts";
import { compose, operations, startGateway } from "./support.ts";

const routes = [
  proxied("orders", operations.getOrder, "/shop"),
  composed(
    "web",
    "composers/web/page.ts",
    compose.get("/web/page", ({ services }) => services.orders.slow()),
  ),
];

async function start(talk: (stream: ServerHttp2Stream) => void): Promise<string> {
  const server = createSecureServer(TEST_CERTIFICATE);
  server.on("stream", (stream) => {
    stream.on("error", () => undefined);
    talk(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gateway = await startGateway({
    routes,
    orders: { url, protocol: "http2", tls: { ca: CERTIFICATE_FILE } },
  });
  return gateway.url;
}

const head = { ":status": 200, "content-type": "application/json" };

describe("a service that speaks HTTP/2", () => {
  it.each(["/shop/orders/1", "/web/page"])("answers at %s", async (path) => {
    const url = await start((stream) => {
      stream.respond(head);
      stream.end('{"well":true}');
    });
    expect(await ask(url + path)).toMatchObject({
      status: 200,
      aborted: false,
      text: '{"well":true}',
    });
  });

  it("that breaks off is never a whole answer: relayed it is cut, composed it is 502", async () => {
    const url = await start((stream) => {
      stream.respond(head);
      stream.write('{"well":', () => setImmediate(() => stream.destroy(new Error("broken"))));
    });
    expect(await ask(`${url}/shop/orders/1`)).toMatchObject({ aborted: true });
    const answer = await ask(`${url}/web/page`);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      502,
      { type: "urn:heddle:problem:service-failed", service: "orders" },
    ]);
  });

  it("that drops the connection is 502, and tells no address", async () => {
    const url = await start((stream) => stream.session?.destroy());
    const answer = await ask(`${url}/web/page`);
    expect(answer.status).toBe(502);
    expect(answer.text).toContain("urn:heddle:problem:service-unreachable");
    expect(answer.text).not.toContain("127.0.0.1");
  });
});
