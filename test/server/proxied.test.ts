import type { IncomingMessage } from "node:http";
import { type OperationPlan, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { operations, plan, rawRequest, type Setup, startGateway } from "./support.ts";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A gateway with these routes before a service that remembers what it got. */
async function start(routes: Setup["routes"], more: Partial<Setup> = {}) {
  const seen: Seen[] = [];
  const running = await startGateway({
    routes,
    service: (req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk) => chunks.push(chunk));
      req.on("end", () => {
        seen.push({
          method: req.method,
          url: req.url,
          headers: req.headers,
          body: Buffer.concat(chunks).toString("latin1"),
        });
        res.writeHead(200, { "content-type": "text/plain", "x-from": "service" }).end("answer");
      });
    },
    ...more,
  });
  return { ...running, seen };
}

const get = proxied("orders", operations.getOrder, "/orders");
const put = proxied("orders", operations.putOrder, "/orders");

describe("a relayed request", () => {
  it.each([
    ["/orders/orders/1", "/orders/1"],
    ["/orders/orders/a%2Fb?x=1&y=%2F&&z", "/orders/a%2Fb?x=1&y=%2F&&z"],
    ["/orders/orders/a+b%20c%41?", "/orders/a+b%20c%41?"],
    ["/%6Frders/orders/1?q='|[]{}", "/orders/1?q='|[]{}"],
    ["http://evil.example/orders/orders/1?x", "/orders/1?x"],
  ])("to %s goes on as %s, byte for byte", async (target, want) => {
    const { port, seen } = await start([get]);
    const text = await rawRequest(port, `GET ${target} HTTP/1.1\nHost: g`);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(seen.map(({ url }) => url)).toEqual([want]);
  });

  it("keeps the base path of the service's address", async () => {
    const { url: serviceUrl, seen } = await (async () => {
      const inner = await start([get]);
      return { url: inner.url, seen: inner.seen };
    })();
    const outer = await start([get], { orders: { url: `${serviceUrl}/orders/` } });
    await (await fetch(`${outer.url}/orders/orders/1?x=1`)).text();
    expect(seen.map(({ url }) => url)).toEqual(["/orders/1?x=1"]);
  });

  it("without a prefix goes on whole", async () => {
    const { url, seen } = await start([proxied("orders", operations.getOrder, "/")]);
    await (await fetch(`${url}/orders/1`)).text();
    expect(seen[0]?.url).toBe("/orders/1");
  });

  it("carries our own facts, and nothing that a caller may not say", async () => {
    const { port, seen } = await start([get]);
    const text = await rawRequest(
      port,
      `GET /orders/orders/1 HTTP/1.1
      Host: shop.example:8080
      Accept: text/*
      Cookie: a=b
      Authorization: Bearer x
      Forwarded: for=6.6.6.6
      X-Forwarded-For: 6.6.6.6
      X-Forwarded-Host: evil.example
      X-Original-URL: /admin
      X-Rewrite-URL: /admin
      X-HTTP-Method-Override: DELETE
      Proxy: http://evil.example
      X-Request-Id: forged
      X-Hop: 1
      TE: trailers
      Keep-Alive: timeout=5
      Expect: 100-continue
      Via: 1.0 front
      Connection: X-Hop`,
    );
    const id = /X-Request-Id: (.*)\r\n/i.exec(text)?.[1];
    const host = seen[0]?.headers.host;
    expect(host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(seen[0]?.headers).toEqual({
      host,
      connection: "keep-alive",
      accept: "text/*",
      via: "1.0 front, 1.1 heddle",
      forwarded: 'for=127.0.0.1;host="shop.example:8080";proto=http',
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "shop.example:8080",
      "x-forwarded-proto": "http",
      "x-request-id": id,
      "x-deadline-ms": expect.stringMatching(/^\d+$/),
    });
  });

  it("carries credentials where the service's `forward` names them, and the service's own fields whatever is sent", async () => {
    const { url, seen } = await start([get], {
      orders: { forward: ["authorization", "cookie"], headers: { "x-tenant": "shop" } },
    });
    const headers = { authorization: "Bearer x", cookie: "a=b; c=d", "x-tenant": "forged" };
    await (await fetch(`${url}/orders/orders/1`, { headers })).text();
    expect(seen[0]?.headers).toMatchObject({
      authorization: "Bearer x",
      cookie: "a=b; c=d",
      "x-tenant": "shop",
    });
  });

  it("carries its body with its length and type", async () => {
    const { url, seen } = await start([put]);
    const body = new Uint8Array([0, 255, 13, 10]);
    await (
      await fetch(`${url}/orders/orders/1`, {
        method: "PUT",
        body,
        headers: { "content-type": "image/x" },
      })
    ).text();
    expect(seen[0]).toMatchObject({
      method: "PUT",
      body: "\x00\xff\r\n",
      headers: { "content-length": "4", "content-type": "image/x" },
    });
  });

  it("carries a body of unknown length in chunks", async () => {
    const { port, seen } = await start([put]);
    await rawRequest(
      port,
      "PUT /orders/orders/1 HTTP/1.1\nHost: g\nTransfer-Encoding: chunked",
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\n",
    );
    expect(seen[0]).toMatchObject({ body: "abcde", headers: { "transfer-encoding": "chunked" } });
    expect(seen[0]?.headers["content-length"]).toBeUndefined();
  });

  it("of GET leaves a body behind", async () => {
    const { port, seen } = await start([get]);
    await rawRequest(port, "GET /orders/orders/1 HTTP/1.1\nHost: g\nContent-Length: 3", "abc");
    expect(seen[0]?.body).toBe("");
    expect(seen[0]?.headers["content-length"]).toBeUndefined();
  });

  it("to an operation with a query of its own needs that query, once and the same", async () => {
    const list: OperationPlan = plan("listOpen", "GET", "/orders", {
      fixedQuery: "action=list&all",
    });
    const { url, seen } = await start([proxied("orders", list, "/orders")]);
    const ask = async (query: string): Promise<number> => {
      const answer = await fetch(`${url}/orders/orders${query}`);
      await answer.text();
      return answer.status;
    };
    expect(await ask("?x=1&action=list&all=")).toBe(200);
    expect(await ask("?all&%61ction=list")).toBe(200);
    for (const query of [
      "",
      "?action=list",
      "?action=purge&all",
      "?action=list&all&action=purge",
      "?all&action=list&%61ction=purge",
    ]) {
      expect(await ask(query)).toBe(404);
    }
    expect(seen.map(({ url }) => url)).toEqual([
      "/orders?x=1&action=list&all=",
      "/orders?all&%61ction=list",
    ]);
  });
});

describe("a relayed answer", () => {
  it("keeps its status, length, type and fields, but not what is not the service's to set", async () => {
    const { port } = await start([get], {
      service: (_req, res) => {
        res.writeHead(
          299,
          "Very Fine",
          [
            ["Content-Type", "text/plain"],
            ["Content-Length", "6"],
            ["ETag", '"1"'],
            ["Link", "<a>"],
            ["Link", "<b>"],
            ["Set-Cookie", "a=b"],
            ["Server", "nginx"],
            ["X-Powered-By", "PHP"],
            ["Access-Control-Allow-Origin", "*"],
            ["X-Request-Id", "theirs"],
            ["X-Hop", "1"],
            ["Connection", "X-Hop"],
            ["X-Name", "\xe9"],
            ["Date", "Mon, 01 Jan 2024 00:00:00 GMT"],
          ].flat(),
        );
        // As bytes: Node.js writes the head in UTF-8 with a text.
        res.end(Buffer.from("answer"));
      },
    });
    const text = await rawRequest(port, "GET /orders/orders/1 HTTP/1.1\nHost: g");
    const [head = "", body] = text.split("\r\n\r\n");
    expect(body).toBe("answer");
    const [first, ...fields] = head.split("\r\n");
    expect(first).toMatch(/^HTTP\/1\.1 299 /);
    expect(
      fields.map((field) => field.toLowerCase().replace(/^(x-request-id): .*/, "$1: ?")).sort(),
    ).toEqual(
      [
        "cache-status: heddle; fwd=miss",
        "connection: close",
        "content-length: 6",
        "content-type: text/plain",
        "date: mon, 01 jan 2024 00:00:00 gmt",
        'etag: "1"',
        "link: <a>",
        "link: <b>",
        "via: 1.1 heddle",
        "x-content-type-options: nosniff",
        "x-name: \xe9",
        "x-request-id: ?",
      ].sort(),
    );
  });

  it.each([500, 404, 302, 304, 429])("of status %d is relayed as it is", async (status) => {
    const { url } = await start([get], {
      service: (_req, res) =>
        res
          .writeHead(status, { location: "http://inside/", "content-type": "text/x" })
          .end(status === 304 ? undefined : "why"),
    });
    const answer = await fetch(`${url}/orders/orders/1`, { redirect: "manual" });
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      status,
      "text/x",
      status === 304 ? "" : "why",
    ]);
  });

  it("of status 204 has no length", async () => {
    const { port } = await start([get], {
      service: (_req, res) => res.writeHead(204, { "content-length": "0" }).end(),
    });
    const text = await rawRequest(port, "GET /orders/orders/1 HTTP/1.1\nHost: g");
    expect(text).toMatch(/^HTTP\/1\.1 204 /);
    expect(text).not.toMatch(/content-length|transfer-encoding/i);
  });

  it("to HEAD is that to GET, without its body", async () => {
    const { port, seen, gateway, lines } = await start([get]);
    const text = await rawRequest(port, "HEAD /orders/orders/1 HTTP/1.1\nHost: g");
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/x-from: service/);
    expect(text.endsWith("\r\n\r\n")).toBe(true);
    expect(seen[0]?.method).toBe("GET");
    await gateway.close();
    expect(lines.filter(({ level }) => level === "warn")).toEqual([]);
  });

  it("in a content coding is not touched", async () => {
    const { port } = await start([get], {
      service: (_req, res) =>
        res
          .writeHead(200, { "content-encoding": "gzip", "content-length": "3" })
          .end("\x1f\x8b\x08", "latin1"),
    });
    const text = await rawRequest(
      port,
      "GET /orders/orders/1 HTTP/1.1\nHost: g\nAccept-Encoding: gzip",
    );
    expect(text).toMatch(/content-encoding: gzip/i);
    expect(text.endsWith("\r\n\r\n\x1f\x8b\x08")).toBe(true);
  });
});
