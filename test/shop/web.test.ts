/** The composers of the frontend `web`, over mocks: whole answers, with ids that agree across services. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { takesQuery, withQuery } from "../support/query-method.ts";
import {
  allReviews,
  availability,
  customer,
  order,
  product,
  rating,
  review,
  shipment,
  trackingEvents,
  underway,
} from "./examples.ts";
import { type Shop, startShop } from "./shop.ts";

describe("the composers for web", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  it("the order page joins an order with its customer, products and reviews", async () => {
    expect(await shop.get("/web/orders/o-1001")).toEqual({
      order: order("o-1001"),
      customer: customer("c-101"),
      products: [product("loom-rigid-40"), product("yarn-merino-sea")],
      reviews: [review("r-505"), review("r-504")],
    });
  });

  it("the order history joins every order of a customer with its products and its shipment", async () => {
    const { id, placedAt, status, total } = order("o-1001");
    const other = order("o-1003");
    expect(await shop.get("/web/customers/c-101/orders")).toEqual([
      {
        id,
        placedAt,
        status,
        total,
        products: [product("loom-rigid-40"), product("yarn-merino-sea")],
        shipment: shipment("s-9001"),
      },
      {
        id: other.id,
        placedAt: other.placedAt,
        status: other.status,
        total: other.total,
        products: [
          product("yarn-linen-flax"),
          product("shuttle-boat-oak"),
          product("heddle-steel-10"),
        ],
        shipment: shipment("s-9003"),
      },
    ]);
  });

  it("an order that has not left the warehouse has no shipment", async () => {
    expect(await shop.get("/web/customers/c-103/orders")).toMatchObject([
      { id: "o-1004", shipment: null },
    ]);
  });

  it("the product page joins a product with its reviews, and these with their authors", async () => {
    const sku = "loom-rigid-40";
    expect(await shop.get(`/web/products/${sku}`)).toEqual({
      product: product(sku),
      availability: availability(sku),
      rating: rating(sku),
      reviews: [
        { ...review("r-504"), author: customer("c-101") },
        { ...review("r-502"), author: customer("c-103") },
      ],
    });
  });

  it.skipIf(!takesQuery)(
    withQuery("the parcels that are underway come with their orders and what has happened to them"),
    async () => {
      expect(await shop.get("/web/parcels")).toEqual(
        underway.map(({ id, orderId, carrier, expectedOn }) => ({
          id,
          carrier,
          expectedOn,
          order: order(String(orderId)),
          events: trackingEvents,
        })),
      );
    },
  );

  it("the search joins every product that is found with its rating", async () => {
    const page = (await shop.get("/web/search?q=loom&limit=2")) as { products: unknown };
    expect(page.products).toEqual([
      { ...product("loom-rigid-40"), rating: rating("loom-rigid-40") },
      { ...product("yarn-merino-sea"), rating: rating("yarn-merino-sea") },
    ]);
  });

  it("a search without words is refused with the place of the mistake", async () => {
    expect(await shop.get("/web/search?limit=0", 422)).toMatchObject({
      type: "urn:heddle:problem:invalid-input",
      errors: [{ pointer: "/query/q" }, { pointer: "/query/limit" }],
    });
  });

  it("every review of the documents is by a customer and about a product that the documents have", () => {
    const names = allReviews.map(({ sku, author }) => [
      product(String(sku)).name,
      customer(String(author)).name,
    ]);
    expect(names.flat().filter((name) => typeof name !== "string")).toEqual([]);
  });
});
