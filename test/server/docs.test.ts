/** The page that shows the gateway's own document. */

import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { createGateway } from "../../src/index.ts";
import { docsPage } from "../../src/server/docs/docs-page.ts";

const shop: Record<string, unknown> = JSON.parse(readFileSync("generated/openapi.json", "utf8"));

async function start(docs: boolean | undefined, document: object = shop): Promise<string> {
  const gateway = createGateway(
    { services: {}, server: { drainDelay: "0s", ...(docs === undefined ? {} : { docs }) } },
    { services: [], routes: [], document: async () => ({ default: document }) },
    { env: { LOG_LEVEL: "silent" } },
  );
  onTestFinished(() => gateway.close());
  return (await gateway.listen({ port: 0, host: "127.0.0.1" })).url;
}

describe("the docs page", () => {
  it.each([undefined, false])("is not there where docs is %s", async (docs) => {
    const url = await start(docs);
    for (const path of ["/docs", "/docs/openapi.json"])
      expect((await fetch(url + path)).status).toBe(404);
  });

  it("shows every route and schema, runs no script and needs nothing from elsewhere", async () => {
    const url = await start(true);
    const answer = await fetch(`${url}/docs`);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'self';/,
    );
    const page = await answer.text();
    for (const path of Object.keys(shop.paths as object)) expect(page).toContain(path);
    expect(page).toContain('id="schema-OrdersOrder"');
    expect(page).not.toMatch(/<script|style=|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
    const style = await fetch(`${url}/docs/style.css`);
    expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
  });

  it("has the document beside it, as it was generated", async () => {
    const url = await start(true);
    const answer = await fetch(`${url}/docs/openapi.json`);
    expect(await answer.json()).toEqual(shop);
  });

  it("leads nowhere but to what it has", () => {
    const page = docsPage(shop, { document: "/d", style: "/s" });
    const anchors = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((id) => !anchors.has(id))).toEqual([]);
  });

  it("takes what a document says as text", () => {
    const evil = '"><script>alert(1)</script>';
    const page = docsPage(
      {
        info: { title: evil },
        paths: {
          [evil]: {
            get: {
              operationId: evil,
              summary: evil,
              description: evil,
              tags: [evil],
              responses: { 200: { description: evil } },
            },
          },
        },
        components: {
          schemas: {
            [evil]: { description: evil, enum: [evil], properties: { [evil]: { const: evil } } },
          },
        },
      },
      { document: "/d", style: "/s" },
    );
    expect(page).not.toContain("<script");
  });

  it.each([
    ["GET", "/docs/other", 404],
    ["POST", "/docs", 405],
    ["HEAD", "/docs", 200],
  ])("answers %s %s with %i", async (method, path, status) => {
    const url = await start(true);
    expect((await fetch(url + path, { method })).status).toBe(status);
  });

  it("keeps routes from its place", () => {
    const config = {
      services: { orders: { url: "http://127.0.0.1:1" } },
      server: { docs: true },
      routes: [{ path: "/docs/orders", method: "GET", to: "orders" }],
    } as const;
    const create = (): unknown => createGateway(config, { services: [], routes: [] }, { env: {} });
    expect(create).toThrow("is a page of the gateway's own");
  });
});
