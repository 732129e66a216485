/** The composers of the frontend `mobile`, over mocks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allProducts } from "./examples.ts";
import { type Shop, startShop } from "./shop.ts";

describe("the composers for mobile", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  it("the first screen has a name, the last order and three products", async () => {
    expect(await shop.get("/mobile/home/c-102")).toEqual({
      name: "Bruno Okafor",
      lastOrder: { id: "o-1002", status: "shipped" },
      news: allProducts.slice(0, 3).map(({ sku, name, price }) => ({
        sku,
        name,
        price: (price as { amount: number }).amount,
      })),
    });
  });

  it("an order is told in a few words", async () => {
    expect(await shop.get("/mobile/orders/o-1003")).toEqual({
      id: "o-1003",
      status: "shipped",
      total: 10750,
      pieces: 5,
      arrivesOn: "2026-11-25",
    });
  });
});

describe("the first screen", () => {
  it("is there, and says so, when every service is down", async () => {
    const shop = await startShop({ down: ["catalog", "customers", "orders"] });
    try {
      const answer = await fetch(`${shop.url}/mobile/home/c-102`);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { name: "you", lastOrder: null, news: [] },
      ]);
      expect(answer.headers.get("gateway-degraded")?.split(", ").sort()).toEqual([
        '"/lastOrder";service="orders";operation="listOrders";reason=service-failed;kind=default',
        '"/name";service="customers";operation="getCustomer";reason=service-failed;kind=default',
        '"/news";service="catalog";operation="listProducts";reason=service-failed;kind=default',
      ]);
    } finally {
      await shop.close();
    }
  });
});
