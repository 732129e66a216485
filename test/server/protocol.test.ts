import { composed, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import {
  compose,
  operations,
  rawConnection,
  rawRequest,
  requests,
  startGateway,
} from "./support.ts";

const echo = compose.get("/web/echo/{x}", ({ path, query }) => ({ path, query }));
const save = compose.post("/web/save", ({ body }) => ({ body }));
const routes = [
  composed("web", "composers/web/echo.ts", echo),
  composed("web", "composers/web/save.ts", save),
  proxied("orders", operations.getOrder, "/orders"),
];

/** The problem in what came back on a connection. */
function problemIn(text: string): { status: number; problem: Record<string, unknown> } {
  expect(text).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/i);
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
  const problem = JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4)) as Record<string, unknown>;
  expect(problem.status).toBe(status);
  return { status, problem };
}

describe("a request target", () => {
  it("in absolute-form is routed by its path, and its authority is ignored", async () => {
    const { port } = await startGateway({ routes });
    const text = await rawRequest(
      port,
      "GET http://evil.example/web/echo/1?a=2 HTTP/1.1\nHost: evil.example",
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toContain('{"path":{"x":"1"},"query":{"a":"2"}}');
  });

  it.each([
    ["GET /web/echo/1#frag", 400, "bad-request"],
    ["GET /web/echo/%2e%2e/x", 400, "bad-request"],
    ["GET /web/echo/a%2F..%2Fb", 400, "bad-request"],
    ["GET /web/../healthz", 400, "bad-request"],
    ["GET /web/echo/%zz", 400, "bad-request"],
    ["GET web/echo/1", 400, "bad-request"],
    ["GET /web\\echo", 400, "bad-request"],
    [`GET /web/echo/${"x".repeat(9_000)}`, 414, "bad-request"],
    ["GET /web/echo/1/", 404, "not-found"],
    ["GET /Web/echo/1", 404, "not-found"],
    ["GET /web//echo/1", 404, "not-found"],
    ["GET /web/echo/", 404, "not-found"],
    ["POST /web/echo/1", 405, "method-not-allowed"],
    ["PROPFIND /web/echo/1", 501, "not-implemented"],
    ["TRACE /web/echo/1", 501, "not-implemented"],
    ["BREW /web/echo/1", 501, "not-implemented"],
    ["GET *", 404, "not-found"],
  ])("%s is answered with %d %s", async (line, status, code) => {
    const { port } = await startGateway({ routes });
    const answer = problemIn(await rawRequest(port, `${line} HTTP/1.1\nHost: gateway`));
    expect(answer).toMatchObject({ status, problem: { type: `urn:heddle:problem:${code}` } });
  });

  it("keeps an encoded slash inside its parameter and decodes once", async () => {
    const { url } = await startGateway({ routes });
    const answer = await fetch(`${url}/web/echo/a%2Fb%252Fc`);
    expect(await answer.json()).toEqual({ path: { x: "a/b%2Fc" }, query: {} });
  });
});

describe("a method", () => {
  it("that a path does not take is told which it takes", async () => {
    const { url } = await startGateway({ routes });
    const answer = await fetch(`${url}/web/save`, { method: "DELETE" });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("OPTIONS, POST");
    expect(await answer.json()).toMatchObject({ detail: "use OPTIONS, POST" });
  });

  it("OPTIONS is told which methods a path takes", async () => {
    const { url, port } = await startGateway({ routes });
    const answer = await fetch(`${url}/web/echo/1`, { method: "OPTIONS" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(await rawRequest(port, "OPTIONS * HTTP/1.1\nHost: gateway")).toMatch(/^HTTP\/1\.1 204 /);
    expect((await fetch(`${url}/nowhere`, { method: "OPTIONS" })).status).toBe(404);
  });

  it("HEAD gets the head of GET, and no body", async () => {
    const { port } = await startGateway({ routes });
    const get = await rawRequest(port, "GET /web/echo/1 HTTP/1.1\nHost: gateway");
    const head = await rawRequest(port, "HEAD /web/echo/1 HTTP/1.1\nHost: gateway");
    const stable = (text: string): string => text.replace(/^(x-request-id|date): .*\r\n/gim, "");
    expect(stable(head)).toBe(stable(get.slice(0, get.indexOf("\r\n\r\n") + 4)));
    expect(head).toMatch(/\r\ncontent-length: 29\r\n/i);
  });

  it("CONNECT is refused and the connection closed", async () => {
    const { port } = await startGateway({ routes });
    const connection = await rawConnection(port);
    connection.write("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");
    expect(problemIn(await connection.closed())).toMatchObject({
      status: 501,
      problem: { detail: "CONNECT is not taken" },
    });
  });
});

describe("a message", () => {
  it("with Content-Length and Transfer-Encoding is refused and the connection closed", async () => {
    const { port, lines } = await startGateway({ routes });
    const connection = await rawConnection(port);
    connection.write(
      "POST /web/save HTTP/1.1\r\nHost: gateway\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    );
    const text = await connection.closed();
    const { status, problem } = problemIn(text);
    expect(status).toBe(400);
    expect(problem.detail).toBe("this is not a valid HTTP request");
    expect(lines.find(({ id }) => id === problem.instance)).toMatchObject({
      message: "refused",
      status: 400,
    });
  });

  it.each([
    ["two lengths", "Content-Length: 4\nContent-Length: 5"],
    ["a length that is no number", "Content-Length: +4"],
    ["an unknown transfer coding", "Transfer-Encoding: chunked, identity"],
    ["a line that is folded", "X-A: 1\n\tfolded\nTransfer-Encoding: x"],
    ["a space before the colon", "Content-Length : 4"],
  ])("with %s is refused", async (_what, fields) => {
    const { port } = await startGateway({ routes });
    const text = await rawRequest(
      port,
      `POST /web/save HTTP/1.1\nHost: gateway\n${fields}`,
      "0\r\n\r\n",
    );
    expect(problemIn(text).status).toBe(400);
  });

  it.each([
    ["no Host field", ""],
    ["two Host fields", "Host: a\nHost: b"],
    ["a path in its Host field", "Host: a/b"],
    ["a user in its Host field", "Host: a@b"],
  ])("with %s is refused", async (_what, fields) => {
    const { port } = await startGateway({ routes });
    const text = await rawRequest(
      port,
      `GET /web/echo/1 HTTP/1.1${fields === "" ? "" : `\n${fields}`}`,
    );
    expect(problemIn(text)).toMatchObject({
      status: 400,
      problem: { detail: "the request must have one valid Host field" },
    });
  });

  it("of HTTP/1.0 needs no Host field and gets no chunks", async () => {
    const { port } = await startGateway({
      routes,
      service: (_req, res) => res.write("{}") && res.end(),
    });
    const text = await rawRequest(port, "GET /orders/orders/1 HTTP/1.0");
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).not.toMatch(/transfer-encoding/i);
    expect(text.endsWith("\r\n\r\n{}")).toBe(true);
  });

  it("with a head over 16 KiB is refused with 431", async () => {
    const { port } = await startGateway({ routes });
    const text = await rawRequest(
      port,
      `GET /web/echo/1 HTTP/1.1\nHost: gateway\nX-Long: ${"x".repeat(20_000)}`,
    );
    expect(problemIn(text).status).toBe(431);
  });

  it("that is no HTTP at all is refused with 400", async () => {
    const { port } = await startGateway({ routes });
    const connection = await rawConnection(port);
    connection.write("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03");
    expect(problemIn(await connection.closed()).status).toBe(400);
  });

  it("with an expectation that nobody knows is refused with 417", async () => {
    const { port } = await startGateway({ routes });
    const text = await rawRequest(port, "GET /web/echo/1 HTTP/1.1\nHost: gateway\nExpect: wonders");
    expect(problemIn(text)).toMatchObject({
      status: 417,
      problem: { detail: 'the expectation "wonders" cannot be met' },
    });
  });

  it("that waits behind another when its client leaves is over as well", async () => {
    const never = compose.get("/web/never", () => new Promise(() => {}));
    const { port, gateway, lines } = await startGateway({
      routes: [composed("web", "composers/web/never.ts", never)],
    });
    const connection = await rawConnection(port);
    const get = "GET /web/never HTTP/1.1\r\nHost: g\r\n\r\n";
    connection.write(get + get);
    const other = await rawConnection(port);
    for (let inFlight = 0; inFlight < 3; ) {
      other.write("GET /metrics HTTP/1.1\r\nHost: g\r\n\r\n");
      const [, count] = /in_flight (\d)\s/.exec(await other.next(/in_flight \d\s/)) ?? [];
      inFlight = Number(count);
    }
    connection.socket.destroy();
    await connection.closed();
    other.socket.destroy();
    await gateway.close();
    expect(requests(lines).filter(({ level }) => level === "info")).toMatchObject([
      { status: 499 },
      { status: 499 },
    ]);
  });

  it("that follows another on its connection is answered after it", async () => {
    const { port } = await startGateway({ routes });
    const connection = await rawConnection(port);
    connection.write(
      "GET /web/echo/1 HTTP/1.1\r\nHost: g\r\n\r\nGET /nope HTTP/1.1\r\nHost: g\r\n\r\nGET /web/echo/3 HTTP/1.1\r\nHost: g\r\n\r\n",
    );
    const text = await connection.until(/"x":"3"/);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      "200",
      "404",
      "200",
    ]);
  });
});

describe("a transfer coding", () => {
  it.each([
    ["HTTP/1.1", "gzip, chunked", 501, "not-implemented"],
    ["HTTP/1.0", "chunked", 400, "bad-request"],
  ])(
    "in %s that is %s is refused with %d, and nothing more is read",
    async (version, coding, status, code) => {
      const { port } = await startGateway({ routes });
      const connection = await rawConnection(port);
      const head = `POST /web/save ${version}\r\nHost: gateway\r\nConnection: keep-alive\r\n`;
      const fields = `Content-Type: application/json\r\nTransfer-Encoding: ${coding}\r\n\r\n`;
      connection.write(
        `${head}${fields}2\r\n{}\r\n0\r\n\r\nGET /web/echo/1 HTTP/1.1\r\nHost: g\r\n\r\n`,
      );
      const text = await connection.closed();
      expect(text).toMatch(/\r\nconnection: close\r\n/i);
      const { problem, ...told } = problemIn(text);
      expect({ ...told, type: problem.type }).toEqual({
        status,
        type: `urn:heddle:problem:${code}`,
      });
    },
  );
});
