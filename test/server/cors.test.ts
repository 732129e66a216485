import { composed, proxied } from "heddle";
import { beforeEach, describe, expect, it } from "vitest";
import { compose, operations, startGateway } from "./support.ts";

const get = compose.get("/web/x", () => ({}));
const put = compose.put("/web/x", () => ({}));
const open = compose.get("/open/x", () => ({}));
const mobile = compose.get("/mobile/x", () => ({}));
let url: string;

beforeEach(async () => {
  ({ url } = await startGateway({
    routes: [
      composed("web", "composers/web/x.ts", get),
      composed("web", "composers/web/y.ts", put),
      composed("open", "composers/open/x.ts", open),
      composed("mobile", "composers/mobile/x.ts", mobile),
      proxied("orders", operations.getOrder, "/orders"),
    ],
    frontends: { web: { cors: ["https://shop.example"] }, open: { cors: ["*"] }, mobile: {} },
    service: (_req, res) => res.setHeader("access-control-allow-origin", "*").end(),
  }));
});

const ORIGIN = "https://shop.example";
const PREFLIGHT_VARY = "Access-Control-Request-Method, Access-Control-Request-Headers, Origin";

/** The CORS fields of an answer, `Vary` included. */
async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<Record<string, string>> {
  const answer = await fetch(url + path, { method, headers });
  const fields = [...answer.headers].filter(
    ([name]) => name.startsWith("access-control-") || name === "vary",
  );
  return { status: String(answer.status), ...Object.fromEntries(fields) };
}

describe("a page of a configured origin", () => {
  it("may read the frontend's answers and their header fields", async () => {
    expect(await ask("GET", "/web/x", { origin: ORIGIN })).toEqual({
      status: "200",
      vary: "Origin",
      "access-control-allow-origin": ORIGIN,
      "access-control-expose-headers":
        "Deprecation, Gateway-Degraded, Link, Retry-After, Sunset, X-Request-Id",
    });
  });

  it("may read why it was refused", async () => {
    expect(await ask("GET", "/web/x", { origin: ORIGIN, accept: "text/html" })).toMatchObject({
      status: "406",
      "access-control-allow-origin": ORIGIN,
    });
  });

  it("is told by a preflight that it may send its method and fields", async () => {
    const headers = {
      origin: ORIGIN,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-type,x-a",
    };
    expect(await ask("OPTIONS", "/web/x", headers)).toEqual({
      status: "204",
      vary: PREFLIGHT_VARY,
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "content-type,x-a",
      "access-control-max-age": "600",
    });
  });

  it("is told nothing of methods and paths without a route", async () => {
    const headers = { origin: ORIGIN, "access-control-request-method": "DELETE" };
    expect(await ask("OPTIONS", "/web/x", headers)).toEqual({ status: "204" });
    expect(await ask("OPTIONS", "/web/nowhere", headers)).toEqual({ status: "404" });
  });

  it("may not read relayed answers, whatever the service says", async () => {
    expect(await ask("GET", "/orders/orders/1", { origin: ORIGIN })).toEqual({ status: "200" });
  });
});

describe("a page of any other origin", () => {
  it.each(["https://evil.example", "https://shop.example.evil", "http://shop.example", "null"])(
    "%s is told nothing",
    async (origin) => {
      expect(await ask("GET", "/web/x", { origin })).toEqual({ status: "200", vary: "Origin" });
      const preflight = { origin, "access-control-request-method": "GET" };
      expect(await ask("OPTIONS", "/web/x", preflight)).toEqual({
        status: "204",
        vary: PREFLIGHT_VARY,
      });
    },
  );

  it("may read a frontend that is open to all", async () => {
    expect(await ask("GET", "/open/x", { origin: "https://any.example" })).toMatchObject({
      "access-control-allow-origin": "*",
    });
  });

  it("is told nothing of a frontend without configured origins", async () => {
    expect(await ask("GET", "/mobile/x", { origin: ORIGIN })).toEqual({ status: "200" });
  });
});

it("an answer says that it depends on the origin even to who sends none", async () => {
  expect(await ask("GET", "/web/x", {})).toEqual({ status: "200", vary: "Origin" });
});

describe("what one frontend says in full", () => {
  const cors = {
    origins: ["https://*.shop.example", "https://shop.example:8443"],
    headers: ["Content-Type", "X-Cart"],
    expose: ["ETag"],
    credentials: true,
    maxAge: "1h",
    privateNetwork: true,
  } as const;

  beforeEach(async () => {
    ({ url } = await startGateway({
      routes: [
        composed("web", "composers/web/x.ts", get),
        composed(
          "web",
          "composers/web/kept.ts",
          compose.get("/web/kept", { cache: { ttl: "1h", public: true } }, () => ({})),
        ),
        proxied("orders", operations.getOrder, "/orders"),
      ],
      frontends: { web: { cors } },
      orders: { frontend: "web" },
      service: (_req, res) =>
        res.setHeader("vary", "Accept").setHeader("access-control-allow-origin", "*").end("{}"),
    }));
  });

  const own = {
    vary: "Origin",
    "access-control-allow-origin": "https://m.shop.example",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers":
      "Deprecation, Gateway-Degraded, Link, Retry-After, Sunset, X-Request-Id, ETag",
  };
  const origin = own["access-control-allow-origin"];

  it("holds for answers with credentials, and for those of its services", async () => {
    expect(await ask("GET", "/web/x", { origin })).toEqual({ status: "200", ...own });
    expect(await ask("GET", "/orders/orders/1", { origin })).toEqual({
      status: "200",
      ...own,
      vary: "Origin, Accept",
    });
  });

  it("holds for a preflight, which names the fields that are configured", async () => {
    const headers = {
      origin,
      "access-control-request-method": "GET",
      "access-control-request-headers": "x-other",
      "access-control-request-private-network": "true",
    };
    expect(await ask("OPTIONS", "/orders/orders/1", headers)).toEqual({
      status: "204",
      vary: PREFLIGHT_VARY,
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "Content-Type, X-Cart",
      "access-control-max-age": "3600",
      "access-control-allow-private-network": "true",
    });
  });

  it("is each caller's own on an answer that is kept for all, and on 304", async () => {
    const kept = { status: "200", ...own, vary: "Origin, Accept" };
    expect(await ask("GET", "/web/kept", { origin })).toEqual(kept);
    expect(await ask("GET", "/web/kept", { origin })).toEqual(kept);
    const evil = await fetch(`${url}/web/kept`, { headers: { origin: "https://evil.example" } });
    expect(evil.headers.get("cache-status")).toContain("hit");
    expect(evil.headers.get("access-control-allow-origin")).toBeNull();
    expect(evil.headers.get("vary")).toBe("Origin, Accept");
    const again = { origin, "if-none-match": evil.headers.get("etag") ?? "" };
    expect(await ask("GET", "/web/kept", again)).toEqual({ ...kept, status: "304" });
  });

  it.each([
    "https://shop.example",
    "https://a.b.shop.example",
    "https://evilshop.example",
    "https://.shop.example",
    "https://m.shop.example.evil.example",
    "https://evil.example/.shop.example",
    "https://evil.example#.shop.example",
    "http://m.shop.example",
    "https://m.shop.example:8443",
    "https://M.shop.example",
    "null",
  ])("lets no page of %s in", async (stranger) => {
    expect(await ask("GET", "/web/x", { origin: stranger })).toEqual({
      status: "200",
      vary: "Origin",
    });
  });
});

it("the origin null is let in where it is named", async () => {
  const { url: own } = await startGateway({
    routes: [composed("web", "composers/web/x.ts", get)],
    frontends: { web: { cors: ["null"] } },
  });
  const answer = await fetch(`${own}/web/x`, { headers: { origin: "null" } });
  expect(answer.headers.get("access-control-allow-origin")).toBe("null");
});
