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

  it("is made again when it could not be made the first time", async () => {
    let asked = 0;
    const gateway = createGateway(
      { services: {}, server: { drainDelay: "0s", docs: true } },
      {
        services: [],
        routes: [],
        async document() {
          asked += 1;
          if (asked === 1) throw new Error("not there yet");
          return { default: shop };
        },
      },
      { env: { LOG_LEVEL: "silent" } },
    );
    onTestFinished(() => gateway.close());
    const { url } = await gateway.listen({ port: 0, host: "127.0.0.1" });
    const statuses: number[] = [];
    for (const path of ["/docs", "/docs", "/docs/openapi.json"])
      statuses.push((await fetch(url + path)).status);
    expect([statuses, asked]).toEqual([[500, 200, 200], 2]);
  });

  it("leads nowhere but to what it has", () => {
    const page = docsPage(shop, { document: "/d", style: "/s" });
    const anchors = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((id) => !anchors.has(id))).toEqual([]);
  });

  it("says what a route needs, when it ends, and what may be a stand-in", () => {
    const operation = {
      operationId: "one",
      deprecated: true,
      "x-sunset": "2027-01-01",
      "x-successor": "/two",
      security: [{ OrdersBearer: ["read"], Key: [] }, {}],
      parameters: [{ $ref: "#/components/parameters/Fields" }],
      responses: { 200: { $ref: "#/components/responses/Fine" } },
      "x-degradable": [
        { part: "a", service: "orders", operation: "getOrder", fallback: ["default", "stale"] },
      ],
    };
    const page = docsPage(
      {
        info: { title: "test" },
        paths: { "/one": { get: operation } },
        components: {
          parameters: { Fields: { name: "fields", in: "query", description: "As `a.b`." } },
          responses: { Fine: { description: "All is well." } },
          securitySchemes: { OrdersBearer: { type: "http", scheme: "bearer" }, Key: {} },
        },
      },
      { document: "/d", style: "/s" },
    );
    const text = page.replace(/<[^>]*>/g, "");
    expect(text).toContain("Deprecated, ends 2027-01-01: use /two.");
    expect(text).toContain("Needs OrdersBearer (read) and Key, or nothing");
    expect(text).toContain("fieldsquery, optional");
    expect(page).toContain("As <code>a.b</code>.");
    expect(text).toContain("200 All is well.");
    expect(text).toContain("a when orders.getOrder fails (a default, or an earlier answer)");
    expect(text).toContain("http bearer");
  });

  it.each([
    '"><script>alert(1)</script>',
    '" onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "`<b>bold</b>` </code><script>",
    "</article></main><iframe src=//evil>",
    "&lt;script&gt;",
  ])("takes what a document says as text: %s", (evil) => {
    const page = docsPage(everywhere(evil), { document: "/d", style: "/s" });
    const text = page
      .replaceAll(/<[^<>]*>/g, "")
      .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    const tagsOf = (html: string): string[] =>
      [...html.matchAll(/<\/?([a-z0-9]+)/g)]
        .map(([, name = ""]) => name)
        .filter((n) => n !== "code");
    const innocent = docsPage(everywhere("plain"), { document: "/d", style: "/s" });
    expect(tagsOf(page)).toEqual(tagsOf(innocent));
    expect(text).toContain(evil);
    // Nothing gets out of an attribute: they have the names that the page gives them.
    const attributes = page.matchAll(/\s([a-z-]+)="[^"<>]*"/g);
    expect([...new Set([...attributes].map(([, name]) => name))].sort()).toEqual(
      ["aria-label", "charset", "class", "content", "href", "id", "lang", "name", "rel"].filter(
        (name) => innocent.includes(` ${name}="`),
      ),
    );
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

/** A document that says one thing in every place that the page shows. */
function everywhere(text: string): Record<string, unknown> {
  const schema = {
    type: text,
    format: text,
    description: text,
    enum: [text],
    properties: { [text]: { const: text, pattern: text, default: text }, b: { type: text } },
    additionalProperties: { $ref: `#/components/schemas/${text}` },
    anyOf: [{ items: { type: text } }],
  };
  const content = { [text]: { schema } };
  const operation = {
    operationId: text,
    summary: text,
    description: text,
    tags: [text],
    deprecated: true,
    "x-sunset": text,
    "x-successor": text,
    security: [{ [text]: [text] }],
    parameters: [{ name: text, in: text, description: text, schema }],
    requestBody: { content },
    responses: {
      [text]: { description: text, headers: { [text]: { description: text } }, content },
    },
    "x-degradable": [{ part: text, service: text, operation: text, fallback: [text] }],
  };
  const scheme = { type: text, scheme: text, in: text, name: text, description: text };
  return {
    info: { title: text },
    paths: { [text]: { get: operation } },
    components: { schemas: { [text]: schema }, securitySchemes: { [text]: scheme } },
  };
}
