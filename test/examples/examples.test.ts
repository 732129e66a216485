/** The examples of the guides do what the guides say. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { composed } from "heddle";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  expectTypeOf,
  it,
  onTestFinished,
  vi,
} from "vitest";
import config from "../../heddle.config.ts";
import { compileConfig } from "../../src/config/compile.ts";
import { customer, product, rating, review } from "../shop/examples.ts";
import { type Shop, startShop } from "../shop/shop.ts";
import { firstProduct, type OrderPage } from "./answer-of.ts";
import { behindLoadBalancer, behindNginx } from "./behind-a-proxy.ts";
import { otherOrigins, securityHeaders } from "./browsers.ts";
import compressing, { range } from "./compression.ts";
import everyKey from "./configuration.ts";
import { productOrProblem } from "./errors.ts";
import { productTeaser } from "./fallback.ts";
import { writeReview } from "./input.ts";
import { invoice } from "./output.ts";
import { catalogOf, orderWithAddresses, orderWithCustomer } from "./parts.ts";
import { removeOrder } from "./reply.ts";
import { cancellation } from "./result.ts";
import retiring, { orderStatus } from "./retirement.ts";
import { lastPlace } from "./streams.ts";

const composers = {
  "parts.ts": [orderWithCustomer, orderWithAddresses, catalogOf],
  "fallback.ts": [productTeaser],
  "result.ts": [cancellation],
  "input.ts": [writeReview],
  "reply.ts": [removeOrder],
  "errors.ts": [productOrProblem],
  "streams.ts": [lastPlace],
  "retirement.ts": [orderStatus],
  "compression.ts": [range],
  "output.ts": [invoice],
};
const routes = Object.entries(composers).flatMap(([file, all]) =>
  all.map((one) => composed("web", `test/examples/${file}`, one)),
);

describe("the examples of the guides", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ routes });
  });
  afterAll(() => shop.close());

  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(shop.url + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });

  it("parts are joined, nested ones too", async () => {
    expect(await shop.get("/web/orders/o-1002/summary?fields=customer,products.sku")).toEqual({
      customer: customer("c-102"),
      products: [{ sku: "kit-scarf-harbour" }],
    });
    expect(await shop.get("/web/orders/o-1002/addresses")).toMatchObject({
      customer: { name: "Bruno Okafor", addresses: [{ id: "a-2", city: "Leipzig" }] },
    });
  });

  it("an answer that is described is answered as it is", async () => {
    expect(await shop.get("/web/invoices/i-1")).toEqual({ id: "i-1", due: "2026-12-01" });
  });

  it("a frontend's client asks the gateway", async () => {
    const whole = await startShop();
    onTestFinished(() => whole.close());
    const asked: string[] = [];
    const real = globalThis.fetch;
    onTestFinished(() => void vi.unstubAllGlobals());
    vi.stubGlobal("fetch", ({ url }: Request) => {
      asked.push(url);
      return real(url.replace("https://shop.example", whole.url));
    });
    const { customerOf } = await import("./frontend-client.ts");
    expect(await customerOf("o-1002")).toBe(customer("c-102").name);
    expect(asked).toEqual(["https://shop.example/web/orders/o-1002?fields=customer"]);
  });

  it("proxies are trusted as the guide says", () => {
    const proxiesOf = (given: unknown) =>
      compileConfig(given, { environment: { ORDERS_URL: "http://127.0.0.1:4002" } }).settings
        ?.server.trustedProxies;
    expect(proxiesOf(behindLoadBalancer)?.ranges).toEqual(["10.0.0.0/8", "127.0.0.0/8", "::1/128"]);
    expect(proxiesOf(behindNginx)).toEqual({ ranges: ["10.0.3.17"], family: "x-forwarded" });
  });

  it("browsers are told what the guide says", () => {
    const settingsOf = (given: unknown) =>
      compileConfig(given, { environment: { ORDERS_URL: "http://127.0.0.1:4002" } }).settings;
    expect(settingsOf(otherOrigins)?.frontends.web?.cors).toMatchObject({ maxAgeSeconds: 3_600 });
    expect(settingsOf(securityHeaders)?.server.securityHeaders.all).toEqual([
      "X-Content-Type-Options",
      "nosniff",
      "Strict-Transport-Security",
      "max-age=31536000; includeSubDomains",
    ]);
  });

  it("answers are compressed", async () => {
    const CATALOG_URL = "http://127.0.0.1:4001";
    const { settings } = compileConfig(compressing, { environment: { CATALOG_URL } });
    expect(settings?.server.compression).toMatchObject({ isOn: true, minBytes: 2_048 });
    const skus = Array.from({ length: 6 }, () => "yarn-merino-sea+yarn-linen-flax").join("+");
    const path = `/web/range/${skus}`;
    const { headers } = await send("GET", path);
    expect(headers.get("vary")).toContain("Accept-Encoding");
    expect(headers.get("content-encoding")).toBe("gzip");
  });

  it("a route says that it is withdrawn", async () => {
    const { status, headers } = await send("GET", "/web/orders/o-1002/state");
    expect(status).toBe(200);
    expect(headers.get("deprecation")).toBe("@1793491200");
    expect(headers.get("sunset")).toBe("Fri, 01 May 2099 00:00:00 GMT");
    expect(headers.get("link")).toContain(
      '</web/orders/o-1002/status>; rel="successor-version", <https://shop.example/developers/changes>',
    );
    const ORDERS_URL = "http://127.0.0.1:4002";
    expect(compileConfig(retiring, { environment: { ORDERS_URL } }).problems).toEqual([]);
  });

  it("each calls for every item", async () => {
    expect(await shop.get("/web/catalog/yarn-merino-sea+yarn-linen-flax")).toEqual({
      products: [product("yarn-merino-sea"), product("yarn-linen-flax")],
    });
  });

  it("fallbacks stay away as long as all is well", async () => {
    const { name, price } = product("loom-rigid-40");
    expect(await shop.get("/web/teasers/loom-rigid-40")).toEqual({
      name,
      price,
      rating: rating("loom-rigid-40"),
      reviews: [review("r-504"), review("r-502")],
    });
  });

  it("an answer is told by its status", async () => {
    const answer = await send("POST", "/web/orders/o-1004/cancel");
    expect(await answer.json()).toMatchObject({ cancelled: true });
  });

  it("a review is written, or shown first", async () => {
    const body = { author: "c-101", rating: 5, title: "Glides", text: null };
    const sku = "shuttle-boat-oak";
    const written = await send("POST", `/web/products/${sku}/reviews`, body);
    expect(await written.json()).toMatchObject({ ...body, sku, id: expect.any(String) });
    const shown = await send("POST", `/web/products/${sku}/reviews?preview=yes`, body);
    expect(await shown.json()).toEqual({ ...body, sku });
  });

  it("a wrong input is refused as the guide shows it", async () => {
    const [, shown = ""] =
      /422 and one entry[\s\S]*?```json\n([\s\S]*?)```/.exec(
        readFileSync("docs/composers.md", "utf8"),
      ) ?? [];
    const body = { author: "c-101", rating: 6, title: "Glides", text: null };
    const refused = await send("POST", "/web/products/loom-rigid-40/reviews?preview=maybe", body);
    const problem = JSON.parse(shown) as object;
    expect(await refused.json()).toEqual({ ...problem, instance: expect.any(String) });
    expect(refused.status).toBe(422);
  });

  it("an answer has the status and fields of its reply", async () => {
    const answer = await send("DELETE", "/web/orders/o-1004");
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("a stream is read to its end", async () => {
    expect(await shop.get("/web/parcels/s-9003/place")).toEqual({ place: expect.any(String) });
  });

  it("what is found is not a problem, and what is not is the problem of the composer's choice", async () => {
    expect(await shop.get("/web/things/loom-rigid-40")).toEqual(product("loom-rigid-40"));
    const empty = createServer((_req, res) => res.writeHead(404).end());
    await new Promise<void>((resolve) => empty.listen(0, "127.0.0.1", resolve));
    const { port } = empty.address() as AddressInfo;
    const other = await startShop({ routes, urls: { catalog: `http://127.0.0.1:${port}` } });
    try {
      expect(await other.get("/web/things/nothing", 404)).toMatchObject({
        type: "urn:heddle:problem:not-found",
        detail: "there is no product nothing",
      });
      // Left alone, it is the gateway that failed to answer.
      expect(await other.get("/web/teasers/nothing", 502)).toMatchObject({
        type: "urn:heddle:problem:service-failed",
        serviceStatus: 404,
      });
    } finally {
      await other.close();
      empty.close();
    }
  });

  it("the type of an answer is that of its parts", () => {
    expectTypeOf<OrderPage["reviews"][number]["rating"]>().toEqualTypeOf<1 | 2 | 3 | 4 | 5>();
    expect(firstProduct({ products: [{ name: "Loom" }] } as OrderPage)).toBe("Loom");
  });

  it("the configuration with every key is valid, and so is the shop's", () => {
    const environment = { ORDERS_KEY: "k" };
    expect(compileConfig(everyKey, { environment }).problems).toEqual([]);
    expect(compileConfig(config, { environment: {} }).problems).toEqual([]);
  });
});
