/** Proxied routes with the cache: what clients see of it, and that nothing of it crosses from one to another. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { proxied } from "heddle";
import { describe, expect, it } from "vitest";
import { operations, rawConnection, rawRequest, startGateway } from "./support.ts";

const routes = [
  proxied("orders", operations.getOrder, ""),
  proxied("orders", operations.putOrder, ""),
];

interface Asked {
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
}

interface Shop {
  readonly url: string;
  readonly port: number;
  readonly asked: Asked[];
  get(headers?: Record<string, string>, method?: string): Promise<Response>;
}

type Respond = (count: number, res: ServerResponse, req: IncomingMessage) => void;

async function start(
  respond: Respond,
  orders: NonNullable<Parameters<typeof startGateway>[0]["orders"]> = {},
): Promise<Shop> {
  const asked: Asked[] = [];
  const { url, port } = await startGateway({
    routes,
    orders: { retry: false, ...orders },
    service(req, res) {
      asked.push({ method: req.method ?? "", headers: req.headers });
      respond(asked.length, res, req);
    },
  });
  return {
    url,
    port,
    asked,
    get: (headers = {}, method = "GET") => fetch(`${url}/orders/1`, { method, headers }),
  };
}

const PUBLIC = { ttl: "1m", public: "the same for all callers" } as const;

const fresh: Respond = (count, res) => {
  res.setHeader("cache-control", "max-age=60");
  res.setHeader("etag", `"${count}"`);
  res.end(`answer ${count}`);
};

describe("a proxied route with the cache", () => {
  it("tells in Cache-Status and Age where an answer came from", async () => {
    const shop = await start(fresh);
    const first = await shop.get();
    expect(await first.text()).toBe("answer 1");
    expect(first.headers.get("cache-status")).toBe("heddle; fwd=miss; stored");
    expect(first.headers.get("age")).toBeNull();
    const second = await shop.get();
    expect(await second.text()).toBe("answer 1");
    expect(second.headers.get("cache-status")).toMatch(/^heddle; hit; ttl=\d\d$/);
    expect(second.headers.get("age")).toMatch(/^\d$/);
    expect(second.headers.get("date")).toBe(first.headers.get("date"));
    expect(shop.asked.length).toBe(1);
  });

  it("answers HEAD, conditions and ranges from what is kept", async () => {
    const shop = await start(fresh);
    await (await shop.get()).text();
    const head = await shop.get({}, "HEAD");
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, '"1"', ""]);
    const connection = await rawConnection(shop.port);
    const ask = (field: string): Promise<string> => {
      connection.write(
        `GET /orders/1 HTTP/1.1\r\nHost: 127.0.0.1:${shop.port}\r\n${field}\r\n\r\n`,
      );
      return connection.next(/\r\n\r\n(?:sw|$)/);
    };
    expect(await ask('If-None-Match: "1"')).toMatch(/^HTTP\/1.1 304 /);
    expect(await ask("Range: bytes=2-3")).toMatch(
      /^HTTP\/1.1 206 [\s\S]*content-range: bytes 2-3\/8\r\n[\s\S]*\r\n\r\nsw$/,
    );
    expect(shop.asked.length).toBe(1);
  });

  it("passes conditions and ranges on where nothing is kept", async () => {
    const shop = await start((_, res) => res.writeHead(304, { etag: '"1"' }).end(), {
      cache: false,
    });
    const connection = await rawConnection(shop.port);
    connection.write('GET /orders/1 HTTP/1.1\r\nHost: x\r\nIf-None-Match: "1"\r\n\r\n');
    const answer = await connection.until(/\r\n\r\n/);
    expect(answer).toMatch(/^HTTP\/1.1 304 /);
    expect(answer).toContain("cache-status: heddle; fwd=bypass\r\n");
    await shop.get({ range: "bytes=0-1", "if-range": '"1"' });
    expect(shop.asked[0]?.headers["if-none-match"]).toBe('"1"');
    expect(shop.asked[1]?.headers).toMatchObject({ range: "bytes=0-1", "if-range": '"1"' });
  });

  it("keeps callers apart by their credentials, forwarded or of their own making", async () => {
    const shop = await start(
      (_, res, { headers }) => {
        res.setHeader("cache-control", "max-age=60");
        res.end(`${headers.authorization ?? "none"} ${headers["x-tenant"] ?? "none"}`);
      },
      { forward: ["authorization"] },
    );
    const text = async (headers: Record<string, string>): Promise<string> =>
      (await shop.get(headers)).text();
    for (let round = 0; round < 2; round++) {
      expect(await text({ authorization: "ada" })).toBe("ada none");
      expect(await text({ authorization: "bob" })).toBe("bob none");
      expect(await text({ authorization: "bob", "x-tenant": "1" })).toBe("bob 1");
      expect(await text({})).toBe("none none");
    }
    expect(shop.asked.length).toBe(4);
  });

  it("never keeps a cookie", async () => {
    const shop = await start(
      (_, res) => {
        res.setHeader("set-cookie", "session=ada");
        res.end("{}");
      },
      { operations: { getOrder: { cache: "30s" } } },
    );
    await (await shop.get()).text();
    const hit = await shop.get();
    expect(hit.headers.get("cache-status")).toMatch(/hit/);
    expect(hit.headers.get("set-cookie")).toBeNull();
  });

  it("keeps nothing of an answer that is cut off", async () => {
    const shop = await start((count, res) => {
      res.setHeader("cache-control", "max-age=60");
      if (count > 1) {
        res.end("whole");
        return;
      }
      res.setHeader("content-length", "10");
      res.write("half");
      setImmediate(() => res.destroy());
    });
    await expect(shop.get().then((answer) => answer.text())).rejects.toThrow();
    expect(await (await shop.get()).text()).toBe("whole");
    expect(shop.asked.length).toBe(2);
  });

  it("keeps nothing of an answer that its client leaves", async () => {
    let isAborted = (): void => {};
    const aborted = new Promise<void>((resolve) => {
      isAborted = resolve;
    });
    const shop = await start((count, res) => {
      res.setHeader("cache-control", "max-age=60");
      if (count > 1) {
        res.end("whole");
        return;
      }
      res.write("half");
      res.on("close", isAborted);
    });
    const connection = await rawConnection(shop.port);
    connection.write("GET /orders/1 HTTP/1.1\r\nHost: x\r\n\r\n");
    await connection.until(/half/);
    connection.socket.destroy();
    await aborted;
    expect(await (await shop.get()).text()).toBe("whole");
  });

  it("forgets what a write has changed", async () => {
    const shop = await start(fresh);
    await (await shop.get()).text();
    await (await shop.get({}, "PUT")).text();
    const after = await shop.get();
    expect(await after.text()).toBe("answer 3");
  });

  it("gives a stale answer in place of a failure, marked, and not to be kept by anybody", async () => {
    const shop = await start((count, res) => {
      if (count > 1) {
        res.writeHead(503).end();
        return;
      }
      res.setHeader("cache-control", "max-age=0, stale-if-error=60");
      res.setHeader("etag", '"1"');
      res.end("good");
    });
    await (await shop.get()).text();
    const stale = await shop.get();
    expect([stale.status, await stale.text()]).toEqual([200, "good"]);
    expect(stale.headers.get("cache-status")).toBe("heddle; fwd=stale; fwd-status=503");
    expect(stale.headers.get("gateway-degraded")).toContain("kind=stale");
    expect(stale.headers.get("cache-control")).toBe("no-store");
    expect(stale.headers.get("etag")).toBeNull();
  });

  it("gives the configured value in place of a failure, as JSON", async () => {
    const shop = await start((_, res) => res.writeHead(500).end("broken"), {
      operations: { getOrder: { fallback: { items: [] } } },
    });
    const answer = await shop.get();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await answer.json()).toEqual({ items: [] });
    expect(answer.headers.get("gateway-degraded")).toContain("kind=default");
    const head = await shop.get({}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      "12",
      "",
    ]);
  });

  it("names itself after the caches nearer to the service", async () => {
    const shop = await start((_, res) => {
      res.setHeader("cache-status", "inner; hit");
      res.end("{}");
    });
    const { headers } = await shop.get();
    expect(headers.get("cache-status")).toBe("inner; hit, heddle; fwd=miss");
  });
});

describe("an answer that is kept for one host", () => {
  it.each([
    ["as its own headers say", {}],
    ["by a rule, for all callers", { operations: { getOrder: { cache: PUBLIC } } }],
  ])("%s is none for another", async (_, orders) => {
    const { port, asked } = await start((_count, res, { headers }) => {
      res.setHeader("cache-control", "public, max-age=60");
      res.end(`<https://${headers["x-forwarded-host"]}/>`);
    }, orders);
    for (const host of ["evil.test", "shop.test", "shop.test"]) {
      const text = await rawRequest(port, `GET /orders/1 HTTP/1.1\nHost: ${host}`);
      expect(text).toContain(`<https://${host}/>`);
    }
    expect(asked).toHaveLength(2);
  });
});
