/** What services answer that HTTP does not have, or that says two things of its length: relayed, and to composers. */
import { createServer } from "node:net";
import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { atEnd, compose, operations, rawRequest, startGateway } from "./support.ts";

const order = compose.get("/web/order", async ({ services }) => ({
  order: await services.orders.getOrder({ path: { orderId: "1" } }),
}));
const routes = [
  proxied("orders", operations.getOrder, "/orders"),
  composed("web", "composers/web/order.ts", order),
];

/** A service that answers every request with these bytes. */
async function rawService(answer: string, end = false): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", () => {
      socket.write(answer, "latin1");
      if (end) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  return `http://127.0.0.1:${address.port}`;
}

/** What the gateway makes of it, relayed and composed. */
async function answersOf(answer: string, end = false): Promise<readonly [string, string]> {
  const { port } = await startGateway({
    routes,
    orders: { url: await rawService(answer, end), timeout: "2s" },
  });
  const ask = (path: string): Promise<string> => rawRequest(port, `GET ${path} HTTP/1.1\nHost: g`);
  return [await ask("/orders/orders/1"), await ask("/web/order")];
}

const JSON_BODY = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

describe("a service that answers with a status that HTTP does not have", () => {
  const none = (status: number): string => `the status ${status}, which HTTP does not have`;

  it.each([
    ["999", `HTTP/1.1 999 Denied\r\n${JSON_BODY}`, none(999)],
    ["600", `HTTP/1.1 600 What\r\n${JSON_BODY}`, none(600)],
    ["099", `HTTP/1.1 099 What\r\n${JSON_BODY}`, none(99)],
    ["000", `HTTP/1.1 000 What\r\n\r\n`, none(0)],
    ["1000", `HTTP/1.1 1000 What\r\n${JSON_BODY}`, "did not answer with valid HTTP"],
    ["101", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "gave an interim answer only"],
    [
      "101, and means it",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
      "did not answer with valid HTTP",
    ],
    ["102, and nothing more", "HTTP/1.1 102 Processing\r\n\r\n", "gave an interim answer only"],
  ])("(%s) breaks its contract", async (status, answer, detail) => {
    for (const text of await answersOf(answer, status.startsWith("102"))) {
      expect(text).toMatch(/^HTTP\/1\.1 502 /);
      expect(text).toContain('"type":"urn:heddle:problem:service-contract"');
      expect(text).toContain('"service":"orders","operation":"getOrder"');
      expect(text).toContain(detail);
    }
  });

  it("answers like any other after interim answers", async () => {
    const hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
    const [relayed, composed] = await answersOf(`${hints}${hints}HTTP/1.1 200 OK\r\n${JSON_BODY}`);
    expect(relayed).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\{\}$/);
    expect(composed).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\{"order":\{\}\}$/);
  });
});

describe("a service that answers without a body, and tells its length", () => {
  it.each([
    ["of nothing", "Content-Length: 0\r\n\r\n"],
    ["of what does not come", "Content-Length: 5\r\n\r\n"],
    ["of what comes all the same", "Content-Length: 5\r\n\r\nhello"],
    ["in chunks", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
  ])("%s: a 204 ends with its head (RFC 9112 §6.3)", async (_what, rest) => {
    const [relayed, composed] = await answersOf(`HTTP/1.1 204 No Content\r\nX-A: 1\r\n${rest}`);
    expect(relayed).toMatch(/^HTTP\/1\.1 204 No Content\r\n[\s\S]*x-a: 1\r\n[\s\S]*\r\n\r\n$/);
    expect(relayed).not.toMatch(/content-length|transfer-encoding|hello/i);
    expect(composed).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\{\}$/);
  });

  it.each([
    ["Content-Length: 5\r\n\r\n", "5"],
    ["Content-Length: 5\r\n\r\nhello", "5"],
    ["Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", undefined],
    ["\r\n", undefined],
  ])(
    "a 304 may tell the length of what it leaves out (RFC 9110 §8.6): %j",
    async (rest, length) => {
      const [relayed, composed] = await answersOf(
        `HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n${rest}`,
      );
      expect(relayed).toMatch(
        /^HTTP\/1\.1 304 Not Modified\r\n[\s\S]*etag: "a"\r\n[\s\S]*\r\n\r\n$/,
      );
      expect(/content-length: (\d+)/i.exec(relayed)?.[1]).toBe(length);
      expect(relayed).not.toMatch(/transfer-encoding|hello/i);
      expect(composed).toContain('"serviceStatus":304');
    },
  );

  it("with two lengths that differ breaks its contract", async () => {
    const fields = "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ";
    for (const text of await answersOf(`HTTP/1.1 200 OK\r\n${fields}`)) {
      expect(text).toMatch(/^HTTP\/1\.1 502 [\s\S]*service-contract/);
    }
  });
});
