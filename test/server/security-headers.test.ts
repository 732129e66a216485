import { composed, problem, proxied } from "heddle";
import { describe, expect, it } from "vitest";
import type { ServerConfig } from "../../src/config.ts";
import { compose, operations, startGateway } from "./support.ts";

const NAMES = [
  "x-content-type-options",
  "content-security-policy",
  "referrer-policy",
  "cross-origin-resource-policy",
  "strict-transport-security",
  "x-powered-by",
  "server",
];

async function start(securityHeaders?: ServerConfig["securityHeaders"]) {
  const { url } = await startGateway({
    routes: [
      proxied("orders", operations.getOrder, "/orders"),
      composed(
        "web",
        "composers/web/x.ts",
        compose.get("/web/x", () => ({})),
      ),
      composed(
        "web",
        "composers/web/fail.ts",
        compose.get("/web/fail", () => {
          throw problem("forbidden");
        }),
      ),
    ],
    frontends: { web: {} },
    server: {
      admin: { token: "0123456789abcdef" },
      ...(securityHeaders === undefined ? {} : { securityHeaders }),
    },
    service: (_req, res) => {
      res.setHeader("server", "banner").setHeader("x-powered-by", "banner");
      res.setHeader("strict-transport-security", "max-age=1");
      res.setHeader("content-security-policy", "script-src 'self'");
      res.setHeader("content-type", "text/html").end("<script src=/a.js></script>");
    },
  });
  return async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + path, { headers });
    await answer.arrayBuffer();
    const told = NAMES.map((name) => [name, answer.headers.get(name)] as const);
    return Object.fromEntries(told.filter(([, value]) => value !== null));
  };
}

const NOSNIFF = { "x-content-type-options": "nosniff" };
const PAGE = {
  ...NOSNIFF,
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

describe("without configuration", () => {
  it("problems and the gateway's own pages may do nothing in a browser", async () => {
    const ask = await start();
    const authorization = "Bearer 0123456789abcdef";
    expect(await ask("/web/fail")).toEqual(PAGE);
    expect(await ask("/nowhere")).toEqual(PAGE);
    expect(await ask("/healthz")).toEqual(PAGE);
    expect(await ask("/metrics")).toEqual(PAGE);
    expect(await ask("/admin/state", { authorization })).toEqual(PAGE);
    expect(await ask("/admin/state")).toEqual(PAGE);
  });

  it("composed and relayed answers are not sniffed at, and a relayed page keeps its own policy", async () => {
    const ask = await start();
    expect(await ask("/web/x")).toEqual(NOSNIFF);
    expect(await ask("/orders/orders/1")).toEqual({
      ...NOSNIFF,
      "content-security-policy": "script-src 'self'",
    });
  });
});

describe("with configuration", () => {
  it("fields are sent where they are named, and replaced and left out by name", async () => {
    const ask = await start({
      all: { "strict-transport-security": "max-age=31536000", "Content-Security-Policy": "x" },
      composed: { "Referrer-Policy": "same-origin" },
      pages: { "content-security-policy": "default-src 'self'", "REFERRER-policy": false },
    });
    const all = { ...NOSNIFF, "strict-transport-security": "max-age=31536000" };
    expect(await ask("/web/x")).toEqual({
      ...all,
      "content-security-policy": "x",
      "referrer-policy": "same-origin",
    });
    expect(await ask("/orders/orders/1")).toEqual({
      ...all,
      "content-security-policy": "script-src 'self'",
    });
    expect(await ask("/web/fail")).toEqual({
      ...all,
      "content-security-policy": "default-src 'self'",
      "cross-origin-resource-policy": "same-origin",
    });
  });

  it("there are none at all with false", async () => {
    const ask = await start(false);
    expect(await ask("/web/x")).toEqual({});
    expect(await ask("/nowhere")).toEqual({});
  });
});
