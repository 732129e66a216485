import { once } from "node:events";
import { constants } from "node:http2";
import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { eventually } from "../../support/eventually.ts";
import {
  compose,
  operations,
  rawConnection,
  requests,
  type Setup,
  signal,
  startGateway,
} from "../support.ts";
import { http2Client, SHORT, TLS, tlsConnection } from "./support.ts";

const echo = compose.get("/web/echo/{x}", ({ path, query, header }) => ({
  path,
  query,
  names: Object.keys(header).sort(),
}));
const save = compose.post("/web/save", ({ body }) => ({ body }));
const order = compose.get("/web/order", ({ services }) =>
  services.orders.getOrder({ path: { orderId: "1" } }),
);
const parts = compose.get("/web/parts", () => ({ one: () => 1, two: () => 2 }));
const slow = compose.get("/web/slow", ({ services }) => services.orders.slow());
const kept = compose.get("/web/kept", { cache: { ttl: "1m", public: "the same for all" } }, () => ({
  kept: true,
}));
const routes = [
  ...[echo, save, order, parts, slow, kept].map((composer, index) =>
    composed("web", `composers/web/c${index}.ts`, composer),
  ),
  proxied("orders", operations.getOrder, "/orders"),
  proxied("orders", operations.putOrder, "/orders"),
];
const json = { "content-type": "application/json" };

const start = (more: Partial<Setup> = {}) =>
  startGateway({ routes, ...more, server: { tls: TLS, ...more.server } });

describe.each([
  ["over TLS", { tls: TLS }],
  ["in cleartext", { http2: "cleartext" }],
] as const)("HTTP/2 %s", (_, server) => {
  it("answers composed routes, with the authority as host and no pseudo-header fields", async () => {
    const { url } = await startGateway({ routes, server });
    const { status, headers, text, code } = await http2Client(url).ask("/web/echo/1?a=2", {
      "x-own": "1",
    });
    expect([status, code]).toEqual([200, 0]);
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.parse(text)).toEqual({
      path: { x: "1" },
      query: { a: "2" },
      names: ["host", "x-own"],
    });
  });

  it("takes bodies, without a length as well, and holds them to the limit", async () => {
    const { url } = await startGateway({ routes, server: { ...server, bodyLimit: "1kb" } });
    const client = http2Client(url);
    const post = { ":method": "POST", ...json };
    expect(await client.ask("/web/save", post, '{"a":1}')).toMatchObject({
      status: 200,
      text: '{"body":{"a":1}}',
    });
    const large = JSON.stringify("x".repeat(400_000));
    expect(await client.ask("/web/save", post, large)).toMatchObject({ status: 413 });
    // The connection is still good.
    expect(await client.ask("/web/echo/1")).toMatchObject({ status: 200 });
  });

  it("relays, and tells services how it was asked", async () => {
    const seen: Record<string, unknown>[] = [];
    const { url } = await startGateway({
      routes,
      server,
      service: (req, res) => {
        let body = "";
        req.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk;
        });
        req.on("end", () => {
          seen.push({ ...req.headers, body });
          res.writeHead(200, { ...json, connection: "x-hop", "x-hop": "1", "x-own": "2" });
          res.end('{"n":1}');
        });
      },
    });
    const answer = await http2Client(url).ask(
      "/orders/orders/1",
      { ":method": "PUT", ":authority": "shop.example", ...json },
      '{"a":1}',
    );
    expect(answer).toMatchObject({ status: 200, text: '{"n":1}', code: 0 });
    expect(answer.headers["x-own"]).toBe("2");
    expect(answer.headers["x-hop"]).toBeUndefined();
    expect(seen).toMatchObject([
      {
        body: '{"a":1}',
        "x-forwarded-proto": "tls" in server ? "https" : "http",
        "x-forwarded-host": "shop.example",
        "x-forwarded-for": "127.0.0.1",
      },
    ]);
    expect(Object.keys(seen[0] ?? {}).filter((name) => name.startsWith(":"))).toEqual([]);
  });

  it("streams parts as they come", async () => {
    const { url } = await startGateway({ routes, server });
    const answer = await http2Client(url).ask("/web/parts", { accept: "application/x-ndjson" });
    expect(answer.status).toBe(200);
    expect(answer.text.trimEnd().split("\n").length).toBeGreaterThan(2);
    expect(answer.code).toBe(0);
  });

  it("answers problems, probes, HEAD, preflights and kept answers", async () => {
    const { url } = await startGateway({
      routes,
      server,
      frontends: { web: { cors: ["https://shop.example"] } },
    });
    const { ask } = http2Client(url);
    const missing = await ask("/nowhere");
    expect(missing.status).toBe(404);
    expect(missing.headers["content-type"]).toBe("application/problem+json");
    expect(await ask("/healthz")).toMatchObject({ status: 200, text: '{"status":"up"}' });
    expect(await ask("/web/echo/1", { ":method": "HEAD" })).toMatchObject({
      status: 200,
      text: "",
    });
    const preflight = await ask("/web/echo/1", {
      ":method": "OPTIONS",
      origin: "https://shop.example",
      "access-control-request-method": "GET",
    });
    expect(preflight.headers["access-control-allow-origin"]).toBe("https://shop.example");
    const first = await ask("/web/kept");
    const second = await ask("/web/kept", { "if-none-match": String(first.headers.etag) });
    expect([first.status, second.status, second.text]).toEqual([200, 304, ""]);
  });

  it("is no tunnel", async () => {
    const { url } = await startGateway({ routes, server });
    const { session } = http2Client(url);
    const stream = session.request({ ":method": "CONNECT", ":authority": "example.com:443" });
    const [fields] = await once(stream, "response");
    expect(fields[":status"]).toBe(501);
    stream.close();
  });

  it("ends the work for a stream that its client resets, and only that", async () => {
    const arrived = signal();
    const serviceLeft = signal();
    const { url, lines } = await startGateway({
      routes,
      server,
      service: (req) => {
        arrived.happen();
        req.on("close", serviceLeft.happen);
      },
    });
    const client = http2Client(url);
    const stream = client.session.request({ ":path": "/web/slow" });
    stream.on("error", () => {});
    await arrived.happened;
    stream.close(constants.NGHTTP2_CANCEL);
    await serviceLeft.happened;
    await eventually(() => expect(requests(lines)).toMatchObject([{ status: 499, gone: true }]));
    expect(await client.ask("/web/echo/1")).toMatchObject({ status: 200 });
  });

  it("does not take an upload whose client leaves for a whole one", async () => {
    const ended: boolean[] = [];
    const over = signal();
    const arrived = signal();
    const { url } = await startGateway({
      routes,
      server,
      service: (req) => {
        req.once("data", arrived.happen);
        req.on("error", () => {});
        req.on("close", () => {
          ended.push(req.complete);
          over.happen();
        });
      },
    });
    const { session } = http2Client(url);
    const stream = session.request({ ":path": "/orders/orders/1", ":method": "PUT", ...json });
    stream.on("error", () => {});
    stream.write('{"half":');
    await arrived.happened;
    session.destroy();
    await over.happened;
    expect(ended).toEqual([false]);
  });

  it("resets the stream of an answer that breaks off, and keeps the connection", async () => {
    const { url, lines } = await startGateway({
      routes,
      server,
      service: (_req, res) => {
        res.writeHead(200, json);
        res.write('{"half":', () => res.destroy());
      },
    });
    const client = http2Client(url);
    const answer = await client.ask("/orders/orders/1");
    expect(answer).toMatchObject({ status: 200, code: constants.NGHTTP2_INTERNAL_ERROR });
    expect(await client.ask("/web/echo/1")).toMatchObject({ status: 200, code: 0 });
    expect(requests(lines)).toMatchObject([{ broken: true }, { status: 200 }]);
  });

  it("refuses an authority and a Host that differ, and more fields than the limit", async () => {
    const { url } = await startGateway({
      routes,
      server: { ...server, limits: { headerFields: 10 } },
    });
    const { ask } = http2Client(url);
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, "1"]));
    expect(await ask("/web/echo/1", { ":authority": "a", host: "b" })).toMatchObject({
      status: 400,
    });
    expect(await ask("/web/echo/1", { ":authority": "a", host: "a" })).toMatchObject({
      status: 200,
    });
    expect(await ask("/web/echo/1", fields(9))).toMatchObject({ status: 200 });
    expect(await ask("/web/echo/1", fields(10))).toMatchObject({ status: 431 });
    expect(await ask("/web/echo/1", fields(60))).toMatchObject({ status: undefined });
  });

  it("ends with GOAWAY, behind the last answer", async () => {
    const arrived = signal();
    const go = signal();
    const { url, gateway } = await startGateway({
      routes,
      server,
      service: (_req, res) => {
        arrived.happen();
        void go.happened.then(() => res.writeHead(200, json).end("{}"));
      },
    });
    const client = http2Client(url);
    const answer = client.ask("/web/slow");
    await arrived.happened;
    const closed = gateway.close();
    expect(await client.goneAway()).toBe(0);
    go.happen();
    expect(await answer).toMatchObject({ status: 200, text: "{}" });
    await closed;
  });

  it("closes idle connections when it stops, and cuts off what is left after the grace", async () => {
    const arrived = signal();
    const { url, gateway } = await startGateway({
      routes,
      server: { ...server, grace: "50ms" },
      service: () => arrived.happen(),
    });
    const idle = http2Client(url);
    expect(await idle.ask("/web/echo/1")).toMatchObject({ status: 200 });
    const stuck = http2Client(url).ask("/web/slow");
    await arrived.happened;
    await gateway.close();
    expect((await stuck).status).toBeUndefined();
    await eventually(() => expect(idle.session.closed).toBe(true));
  });

  it("speaks HTTP/1.1 on the same port", async () => {
    const { port } = await startGateway({ routes, server });
    const socket =
      "tls" in server
        ? await tlsConnection(port, { ALPNProtocols: ["http/1.1"] })
        : (await rawConnection(port)).socket;
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    // In two pieces, of which the first could be the beginning of another protocol.
    socket.write("P");
    socket.write(
      'OST /web/save HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}',
    );
    await eventually(() => expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*"a":1/));
    socket.write("GET /web/echo/2 HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
    await once(socket, "close");
    expect(text).toMatch(/"x":"2"/);
  });
});

describe("a client of HTTP/2 is stopped", () => {
  it("that floods the connection with pings", async () => {
    const { url } = await start();
    const { session, goneAway } = http2Client(url);
    await once(session, "connect");
    const flood = (): void => {
      if (session.destroyed || session.closed) return;
      for (let count = 0; count < 5; count += 1) session.ping(() => {});
      setImmediate(flood);
    };
    flood();
    expect(await goneAway()).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  });

  it("that floods it with settings", async () => {
    const { url } = await start();
    const { session, goneAway } = http2Client(url);
    await once(session, "connect");
    const flood = (): void => {
      if (session.destroyed || session.closed) return;
      session.settings({ initialWindowSize: 70_000 }, () => {});
      setImmediate(flood);
    };
    flood();
    expect(await goneAway()).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  });

  it("that does not read its stream", async () => {
    const serviceLeft = signal();
    const { url, lines } = await start({
      server: { limits: SHORT },
      service: (_req, res) => {
        res.on("close", serviceLeft.happen);
        res.writeHead(200, json);
        res.write(Buffer.alloc(70_000, "x"));
      },
    });
    const client = http2Client(url);
    const stream = client.session.request({ ":path": "/orders/orders/1" });
    stream.on("error", () => {}).pause();
    await serviceLeft.happened;
    await eventually(() => expect(requests(lines)).toMatchObject([{ gone: true }]));
  });

  it("that stops in the middle of a body, and its connection stays", async () => {
    const { url, lines } = await start({ server: { limits: { ...SHORT, idleTimeout: "1m" } } });
    const client = http2Client(url);
    const stream = client.session.request({ ":path": "/web/save", ":method": "POST", ...json });
    stream.write("{");
    stream.on("error", () => {});
    await eventually(() => expect(requests(lines)).toMatchObject([{ status: 499 }]));
    await eventually(() => expect(stream.closed).toBe(true));
    expect(await client.ask("/web/echo/1")).toMatchObject({ status: 200 });
  });
});

it("HTTP/2 is not spoken where configuration says so", async () => {
  const { port } = await start({ server: { http2: false } });
  const socket = await tlsConnection(port, { ALPNProtocols: ["h2", "http/1.1"] });
  expect(socket.alpnProtocol).toBe("http/1.1");
  const { port: plain } = await startGateway({ routes });
  const connection = await rawConnection(plain);
  connection.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  expect(await connection.closed()).toMatch(/^HTTP\/1\.1 (400|501) /);
});
