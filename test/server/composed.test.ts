import { composed, problem, reply } from "heddle";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { compose, faults, rawRequest, signal, startGateway } from "./support.ts";

const page = compose.get("/web/orders/{orderId}", ({ path, services }) => ({
  id: path.orderId,
  order: () => services.orders.getOrder({ path: { orderId: path.orderId } }),
}));
const route = (composer: Parameters<typeof composed>[2]) =>
  composed("web", "composers/web/x.ts", composer);

describe("a composed answer", () => {
  it("is JSON with its length, kept by nobody, and has nothing that names the software", async () => {
    const { port } = await startGateway({
      routes: [route(page)],
      service: (_req, res) =>
        res.setHeader("content-type", "application/json").end('{"n":12345678901234567890}'),
    });
    const text = await rawRequest(port, "GET /web/orders/7 HTTP/1.1\nHost: g\nX-Request-Id: mine");
    expect(text.replace(/(X-Request-Id|Date): .*/g, "$1: ?")).toBe(
      [
        "HTTP/1.1 200 OK",
        "X-Request-Id: ?",
        "X-Content-Type-Options: nosniff",
        "Content-Type: application/json",
        "Cache-Control: no-store",
        "Cache-Status: heddle; fwd=bypass",
        "Content-Length: 47",
        "Date: ?",
        "Connection: close",
        "",
        '{"id":"7","order":{"n":12345678901234567890}}',
      ]
        .join("\r\n")
        .replace("47", String('{"id":"7","order":{"n":12345678901234567890}}'.length)),
    );
  });

  it("takes status and header fields of a reply, but not its framing", async () => {
    const made = compose.post("/web/orders", () =>
      reply(
        { id: 1 },
        {
          status: 201,
          headers: {
            location: "/web/orders/1",
            "cache-control": "max-age=5",
            "Content-Length": "999",
            Connection: "close",
          },
        },
      ),
    );
    const { url } = await startGateway({ routes: [route(made)] });
    const answer = await fetch(`${url}/web/orders`, { method: "POST" });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe("/web/orders/1");
    expect(answer.headers.get("cache-control")).toBe("max-age=5");
    expect(answer.headers.get("connection")).toBe("keep-alive");
    expect(await answer.json()).toEqual({ id: 1 });
  });

  it.each([
    ["nothing", undefined, undefined, 204, null],
    ["nothing as 201", undefined, 201, 201, "0"],
    ["a body as 204, which has none", { a: 1 }, 204, 204, null],
    ["a body as 205, which has none", { a: 1 }, 205, 205, null],
    ["null", null, undefined, 200, "4"],
    ["a text", "é", undefined, 200, "4"],
    ["false", false, undefined, 200, "5"],
  ])("may be %s", async (_what, body, given, status, length) => {
    const composer = compose.get("/web/x", () =>
      given === undefined ? body : reply(body, { status: given }),
    );
    const { url } = await startGateway({ routes: [route(composer)] });
    const answer = await fetch(`${url}/web/x`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe(status === 200 ? "application/json" : null);
    const text = await answer.text();
    expect(status === 200 ? JSON.parse(text) : text).toEqual(status === 200 ? body : "");
    if (length !== null) expect(answer.headers.get("content-length")).toBe(length);
  });

  it("that cannot be written as JSON is the gateway's failure", async () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const { url, lines } = await startGateway({
      routes: [route(compose.get("/web/x", () => loop as object))],
    });
    const answer = await fetch(`${url}/web/x`);
    expect(answer.status).toBe(500);
    expect(lines.find(({ level }) => level === "error")).toMatchObject({
      code: "internal",
      err: expect.any(Error),
    });
  });

  it("says which of its parts are stand-ins", async () => {
    const degraded = compose.get("/web/x", ({ services }) => ({
      order: () => services.orders.getOrder({ path: { orderId: "1" } }, { fallback: null }),
    }));
    const { url, lines } = await startGateway({
      routes: [route(degraded)],
      service: (_req, res) => res.writeHead(500).end(),
    });
    const answer = await fetch(`${url}/web/x`);
    expect(await answer.json()).toEqual({ order: null });
    expect(answer.headers.get("gateway-degraded")).toBe(
      '"/order";service="orders";operation="getOrder";reason=service-failed;kind=default',
    );
    expect(lines.find(({ message }) => message === "request")).toMatchObject({
      status: 200,
      degraded: 1,
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(
      'heddle_degraded_calls_total{service="orders",operation="getOrder",kind="default",reason="service-failed"} 1',
    );
  });
});

describe("a composer", () => {
  it("is handed path, query, header fields and facts of the request, without `fields`", async () => {
    const echo = compose.get("/web/{x}", ({ path, query, header, request }) => ({
      path,
      query,
      header: header["x-a"],
      id: request.id,
      ip: request.ip,
    }));
    const { url } = await startGateway({ routes: [route(echo)] });
    const answer = await fetch(`${url}/web/a%20b?q=1&q=2&r=+%26&fields=path,query,header,ip`, {
      headers: { "X-A": "1" },
    });
    expect(await answer.json()).toEqual({
      path: { x: "a b" },
      query: { q: ["1", "2"], r: " &" },
      header: "1",
      ip: "127.0.0.1",
    });
  });

  it("whose query is not what it declares is not called", async () => {
    let calls = 0;
    const composer = compose.get(
      "/web/x",
      { query: z.object({ limit: z.coerce.number() }) },
      () => ++calls,
    );
    const { url } = await startGateway({ routes: [route(composer)] });
    const answer = await fetch(`${url}/web/x?limit=many`);
    expect(await answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: "/query/limit" }],
    });
    expect(calls).toBe(0);
    expect((await fetch(`${url}/web/x?limit=%`)).status).toBe(400);
  });

  it("that is not asked for anything it can write is not called", async () => {
    let calls = 0;
    const { url } = await startGateway({ routes: [route(compose.get("/web/x", () => ++calls))] });
    const answer = await fetch(`${url}/web/x`, { headers: { accept: "text/html" } });
    expect(await answer.json()).toMatchObject({
      type: "urn:heddle:problem:not-acceptable",
      status: 406,
      detail: "accept one of application/json, application/x-ndjson, text/event-stream",
    });
    expect(calls).toBe(0);
  });

  it("is ended by its deadline, and its calls with it", async () => {
    const closed = signal();
    const slow = compose.get("/web/x", { deadline: "50ms" }, ({ services }) => ({
      a: () => services.orders.slow(),
    }));
    const { url } = await startGateway({
      routes: [route(slow)],
      service: (req) => void req.on("close", closed.happen),
    });
    const answer = await fetch(`${url}/web/x`);
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ type: "urn:heddle:problem:deadline-exceeded" });
    await closed.happened;
  });

  it("without a deadline of its own has the server's", async () => {
    const slow = compose.get("/web/x", () => new Promise(() => {}));
    const { url } = await startGateway({ routes: [route(slow)], server: { deadline: "30ms" } });
    expect(await (await fetch(`${url}/web/x`)).json()).toMatchObject({
      status: 504,
      detail: "the deadline of 30 ms has passed",
    });
  });

  it("may throw a problem of its own", async () => {
    const composer = compose.get("/web/x", () => {
      throw problem("too-many-requests", {
        detail: "not so fast",
        retryAfterSeconds: 1.2,
        headers: { "x-why": "a" },
      });
    });
    const { url } = await startGateway({ routes: [route(composer)] });
    const answer = await fetch(`${url}/web/x`);
    expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("x-why")]).toEqual(
      [429, "2", "a"],
    );
  });

  it("whose client leaves has its calls ended, and nothing is called an error", async () => {
    const arrived = signal();
    const closed = signal();
    const slow = compose.get("/web/x", ({ services }) => ({ a: () => services.orders.slow() }));
    const { url, lines, gateway } = await startGateway({
      routes: [route(slow)],
      service: (req) => {
        arrived.happen();
        req.on("close", closed.happen);
      },
    });
    const leaving = new AbortController();
    const answer = fetch(`${url}/web/x`, { signal: leaving.signal }).catch(() => "left");
    await arrived.happened;
    leaving.abort();
    expect(await answer).toBe("left");
    await closed.happened;
    await gateway.close();
    expect(faults(lines)).toEqual([]);
    expect(lines.find(({ message }) => message === "request")).toMatchObject({
      status: 499,
      gone: true,
      route: "/web/x",
    });
  });
});
