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
      "access-control-expose-headers": "Gateway-Degraded, Retry-After, X-Request-Id",
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
      vary: "Origin",
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
      expect(await ask("OPTIONS", "/web/x", preflight)).toEqual({ status: "204", vary: "Origin" });
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
