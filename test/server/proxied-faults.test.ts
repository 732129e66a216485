import { createServer } from "node:net";
import { proxied } from "heddle";
import { describe, expect, it } from "vitest";
import {
  atEnd,
  faults,
  operations,
  rawConnection,
  requests,
  signal,
  startGateway,
} from "./support.ts";

const get = proxied("orders", operations.getOrder, "/orders");
const put = proxied("orders", operations.putOrder, "/orders");
const GET = "GET /orders/orders/1 HTTP/1.1\r\nHost: g\r\n\r\n";

/** A service that writes bytes as it likes. */
async function rawService(answer: string | readonly string[], end: boolean): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      for (const text of [answer].flat()) socket.write(text, "latin1");
      if (end) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  return `http://127.0.0.1:${address.port}`;
}

describe("a service that", () => {
  it.each([
    ["closes before it answers", "", "service-unreachable", 502],
    ["does not speak HTTP", "SSH-2.0-x\r\n", "service-contract", 502],
    [
      "sends a head over 64 KiB",
      `HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(70_000)}\r\n\r\n`,
      "service-contract",
      502,
    ],
  ])("%s makes a problem", async (_what, text, code, status) => {
    const { url } = await startGateway({
      routes: [get],
      orders: { url: await rawService(text, true) },
    });
    const answer = await fetch(`${url}/orders/orders/1`);
    expect(await answer.json()).toMatchObject({
      type: `urn:heddle:problem:${code}`,
      status,
      service: "orders",
      operation: "getOrder",
    });
  });

  it("tells a length in its 304 is relayed: that is the length of what it leaves out", async () => {
    const text = 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 5\r\n\r\n';
    const { url } = await startGateway({
      routes: [get],
      orders: { url: await rawService(text, false) },
    });
    const answer = await fetch(`${url}/orders/orders/1`, { headers: { "if-none-match": '"a"' } });
    expect([answer.status, answer.headers.get("etag")]).toEqual([304, '"a"']);
  });

  it("never answers makes a problem after its timeout", async () => {
    const { url } = await startGateway({
      routes: [get],
      orders: { timeout: "50ms" },
      service: () => {},
    });
    const answer = await fetch(`${url}/orders/orders/1`);
    expect(await answer.json()).toMatchObject({
      type: "urn:heddle:problem:service-timeout",
      status: 504,
    });
  });

  it.each([
    ["with a length", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"],
    ["in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"],
  ])(
    "ends its answer early, %s, costs the client its connection: half an answer never looks whole",
    async (_how, text) => {
      const { port, gateway, lines } = await startGateway({
        routes: [get],
        orders: { url: await rawService(text, true) },
      });
      const connection = await rawConnection(port);
      connection.write(GET);
      const received = await connection.closed();
      expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(received).toMatch(/half/);
      expect(received).not.toMatch(/0\r\n\r\n$/);
      await gateway.close();
      expect(faults(lines)).toMatchObject([
        { level: "warn", message: "a service's answer broke off" },
      ]);
      expect(requests(lines)).toMatchObject([{ status: 200, broken: true, gone: undefined }]);
    },
  );

  it("is still sending at the deadline is cut off, and so is the client", async () => {
    const { port, gateway, lines } = await startGateway({
      routes: [get],
      server: { deadline: "100ms" },
      service: (_req, res) => res.write("begun"),
    });
    const connection = await rawConnection(port);
    connection.write(GET);
    expect(await connection.closed()).toMatch(/begun\r\n$/);
    await gateway.close();
    expect(requests(lines)).toMatchObject([{ broken: true }]);
  });

  it("answers before it has read the body does not cost the client its answer or its connection", async () => {
    const { port } = await startGateway({
      routes: [get, put],
      service: (req, res) => {
        if (req.method === "PUT")
          res.writeHead(403, { "content-length": "2", connection: "close" }).end("no");
        else res.end("{}");
      },
    });
    const connection = await rawConnection(port);
    connection.write(
      `PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: 900000\r\n\r\n${"x".repeat(1_000)}`,
    );
    expect(await connection.until(/\r\n\r\nno/)).toMatch(/^HTTP\/1\.1 403 /);
    connection.write("x".repeat(899_000) + GET);
    expect(await connection.until(/\{\}/)).toMatch(/HTTP\/1\.1 200 OK/);
  });
});

describe("a body that is relayed", () => {
  it("is refused by its declared length before anything is sent", async () => {
    let calls = 0;
    const { port } = await startGateway({
      routes: [put],
      server: { bodyLimit: "10b" },
      service: () => ++calls,
    });
    const connection = await rawConnection(port);
    connection.write("PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: 11\r\n\r\n");
    expect(await connection.until(/larger than 10 bytes/)).toMatch(/^HTTP\/1\.1 413 /);
    expect(calls).toBe(0);
  });

  it("is refused once it grows over the limit, which is no fault of the service", async () => {
    const { port, gateway, lines } = await startGateway({
      routes: [put],
      server: { bodyLimit: "10b" },
      service: (req) => void req.resume().on("error", () => {}),
    });
    const connection = await rawConnection(port);
    connection.write(
      "PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n",
    );
    connection.write("8\r\n12345678\r\n");
    expect(await connection.until(/larger than 10 bytes/)).toMatch(/^HTTP\/1\.1 413 /);
    connection.write("0\r\n\r\n");
    expect(await connection.closed()).toMatch(/\r\nconnection: close\r\n/i);
    await gateway.close();
    expect(faults(lines)).toEqual([]);
  });

  it("is asked for only when the service is there to take it", async () => {
    const { port } = await startGateway({
      routes: [put],
      service: (req, res) => void req.resume().on("end", () => res.end("ok")),
    });
    const connection = await rawConnection(port);
    connection.write(
      "PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n",
    );
    await connection.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    connection.write("abc");
    expect(await connection.until(/ok/)).toMatch(/HTTP\/1\.1 200 OK/);
  });
});

describe("a client that leaves", () => {
  it("before the answer ends the call, and nothing else: the process lives and nothing is called an error", async () => {
    const arrived = signal();
    const closed = signal();
    const { port, url, gateway, lines } = await startGateway({
      routes: [get],
      service: (req, res) => {
        if (req.url !== "/orders/1") return void res.end("{}");
        arrived.happen();
        req.on("close", closed.happen);
      },
    });
    const connection = await rawConnection(port);
    connection.write(GET);
    await arrived.happened;
    connection.socket.destroy();
    await closed.happened;
    expect((await fetch(`${url}/orders/orders/2`)).status).toBe(200);
    await gateway.close();
    expect(faults(lines)).toEqual([]);
    expect(requests(lines)).toMatchObject([{ status: 499, gone: true }, { status: 200 }]);
  });

  it("in the middle of the answer ends the service's sending", async () => {
    const closed = signal();
    const { port, gateway, lines } = await startGateway({
      routes: [get],
      service: (_req, res) => {
        const more = (): void => {
          while (!res.destroyed && res.write(Buffer.alloc(65_536)));
        };
        res.on("drain", more).on("close", closed.happen);
        more();
      },
    });
    const connection = await rawConnection(port);
    connection.write(GET);
    await connection.until(/^HTTP\/1\.1 200 OK/);
    connection.socket.destroy();
    await closed.happened;
    await gateway.close();
    expect(faults(lines)).toEqual([]);
    expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]);
  });

  it("in the middle of its body ends the call", async () => {
    const arrived = signal();
    const closed = signal();
    const { port, gateway, lines } = await startGateway({
      routes: [put],
      service: (req) => {
        arrived.happen();
        req
          .resume()
          .on("error", () => {})
          .on("close", closed.happen);
      },
    });
    const connection = await rawConnection(port);
    connection.write("PUT /orders/orders/1 HTTP/1.1\r\nHost: g\r\nContent-Length: 100\r\n\r\nhalf");
    await arrived.happened;
    connection.socket.destroy();
    await closed.happened;
    await gateway.close();
    expect(faults(lines)).toEqual([]);
    expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]);
  });
});

it("a client that reads slowly makes the service wait: memory does not grow with the answer", async () => {
  let sent = 0;
  const stalled = signal();
  const { port } = await startGateway({
    routes: [get],
    service: (_req, res) => {
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        while (!res.destroyed && sent < 400_000_000) {
          sent += chunk.length;
          if (res.write(chunk)) continue;
          check(sent);
          return;
        }
      };
      // Nothing has drained for a while: whoever reads has stopped.
      let quiet: NodeJS.Timeout;
      const check = (before: number): void => {
        clearTimeout(quiet);
        quiet = setTimeout(() => sent === before && stalled.happen(), 300);
      };
      res.on("drain", more);
      more();
    },
  });
  const connection = await rawConnection(port);
  connection.socket.pause();
  connection.write(GET);
  await stalled.happened;
  expect(sent).toBeLessThan(40_000_000);
});
