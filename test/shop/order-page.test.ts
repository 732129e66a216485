/** What the gateway gives every composer, shown on the order page of the shop. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { customer, order, product, review } from "./examples.ts";
import { type Shop, startShop } from "./shop.ts";

const PAGE = "/web/orders/o-1001";

describe("the order page", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  it("calls four services, and asks for all products at once", async () => {
    const before = shop.calls().length;
    await shop.get(PAGE);
    expect(shop.calls().slice(before).sort()).toEqual([
      "catalog GET /products?skus=loom-rigid-40,yarn-merino-sea",
      "customers GET /customers/c-101",
      "orders GET /orders/o-1001",
      "reviews GET /reviews?order=o-1001",
    ]);
  });

  it("answers the fields that are asked for, and calls no other service", async () => {
    const before = shop.calls().length;
    const { status } = order("o-1001");
    expect(await shop.get(`${PAGE}?fields=order.status,customer.name`)).toEqual({
      order: { status },
      customer: { name: customer("c-101").name },
    });
    expect(shop.calls().slice(before)).toEqual([
      "orders GET /orders/o-1001",
      "customers GET /customers/c-101",
    ]);
  });

  it("comes piece by piece when that is asked for", async () => {
    const answer = await fetch(shop.url + PAGE, { headers: { accept: "application/x-ndjson" } });
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = (await answer.text()).trimEnd().split("\n");
    const pieces = lines.map((line): unknown => JSON.parse(line));
    const products = [product("loom-rigid-40"), product("yarn-merino-sea")];
    expect(pieces[0]).toEqual({ at: "", value: { order: order("o-1001") } });
    expect(new Set(pieces.slice(1, -1))).toEqual(
      new Set([
        { at: "/customer", value: customer("c-101") },
        { at: "/products", value: products },
        { at: "/reviews", value: [review("r-505"), review("r-504")] },
      ]),
    );
    expect(pieces.at(-1)).toEqual({ end: true, degraded: [] });
  });

  it("comes as server-sent events when that is asked for", async () => {
    const answer = await fetch(shop.url + PAGE, { headers: { accept: "text/event-stream" } });
    const events = (await answer.text()).split("\n\n").map((event) => event.split("\n")[0]);
    expect(events).toEqual([
      "event: value",
      "event: value",
      "event: value",
      "event: value",
      "event: end",
      "",
    ]);
  });

  it("has every digit of an entry beyond 2^53 that the document gives as an example", async () => {
    const answer = await fetch(`${shop.url}${PAGE}?fields=order.ledgerEntry`);
    expect(await answer.text()).toBe('{"order":{"ledgerEntry":9007199254740993}}');
  });

  it("may be read by pages of the configured origins, and by no other", async () => {
    const from = async (origin: string): Promise<string | null> =>
      (await fetch(shop.url + PAGE, { headers: { origin } })).headers.get(
        "access-control-allow-origin",
      );
    expect(await from("https://shop.example")).toBe("https://shop.example");
    expect(await from("https://elsewhere.example")).toBeNull();
  });
});

describe("the order page, with an entry beyond 2^53", () => {
  it("passes it on exactly as it came, whole and in pieces", async () => {
    const text = JSON.stringify(order("o-1001")).replace(
      /"ledgerEntry":\d+/,
      '"ledgerEntry":9223372036854775807',
    );
    const orders = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(text);
    });
    await new Promise<void>((resolve) => orders.listen(0, "127.0.0.1", resolve));
    const { port } = orders.address() as AddressInfo;
    const shop = await startShop({ urls: { orders: `http://127.0.0.1:${port}` } });
    onTestFinished(async () => {
      await shop.close();
      orders.close();
    });
    const whole = await fetch(shop.url + PAGE);
    expect(await whole.text()).toContain(`{"order":${text},"customer":`);
    const headers = { accept: "application/x-ndjson" };
    const pieces = await fetch(shop.url + PAGE, { headers });
    expect(await pieces.text()).toContain(`{"at":"","value":{"order":${text}}}\n`);
  });
});

describe("the order page, when a service is down", () => {
  it("goes without reviews, and says so", async () => {
    const shop = await startShop({ down: ["reviews"] });
    onTestFinished(shop.close);
    const answer = await fetch(shop.url + PAGE);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ customer: customer("c-101"), reviews: [] });
    expect(answer.headers.get("gateway-degraded")).toBe(
      '"/reviews";service="reviews";operation="listReviews";reason=service-failed;kind=default',
    );
  });

  it("cannot go without customers, and names the service and the operation", async () => {
    const shop = await startShop({ down: ["customers"] });
    onTestFinished(shop.close);
    expect(await shop.get(PAGE, 502)).toMatchObject({
      type: "urn:heddle:problem:service-failed",
      service: "customers",
      operation: "getCustomer",
      serviceStatus: 503,
    });
  });
});
