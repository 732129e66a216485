/** The checkout: one request that reads from customers and writes to orders and to shipping. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Shop, startShop } from "./shop.ts";

const basket = {
  customerId: "c-102",
  addressId: "a-2",
  lines: [{ sku: "shuttle-boat-oak", quantity: 2 }],
  paymentToken: "tok_1",
};

describe("the checkout", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  const checkout = (body: unknown): Promise<Response> =>
    fetch(`${shop.url}/web/checkout`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("places an order, has it picked up, and says where the order is", async () => {
    const answer = await checkout(basket);
    const { order, shipment } = (await answer.json()) as Record<string, Record<string, unknown>>;
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe(`/web/orders/${order?.id}`);
    expect(order).toMatchObject({ customerId: "c-102", status: "placed", lines: basket.lines });
    expect(shipment).toMatchObject({
      orderId: order?.id,
      state: "announced",
      destination: { city: "Leipzig", country: "DE" },
    });
    expect(shop.calls()).toEqual([
      "customers GET /customers/c-102/addresses",
      "orders POST /orders",
      "shipping POST /shipments",
    ]);
  });

  it("what was ordered is in the customer's history afterwards", async () => {
    const answer = await checkout({ ...basket, customerId: "c-101", addressId: "a-1" });
    const { order } = (await answer.json()) as { order: { id: string } };
    const history = (await shop.get("/web/customers/c-101/orders")) as { id: string }[];
    expect(history.map(({ id }) => id)).toEqual(["o-1001", "o-1003", order.id]);
  });

  it("a basket that cannot be right is refused before any service is called", async () => {
    const before = shop.calls().length;
    const answer = await checkout({ ...basket, lines: [{ sku: "shuttle-boat-oak", quantity: 0 }] });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: "/body/lines/0/quantity" }] });
    expect(shop.calls().length).toBe(before);
  });

  it("an address of somebody else is refused before anything is written", async () => {
    const before = shop.calls().length;
    const answer = await checkout({ ...basket, addressId: "a-1" });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ pointer: "/body/addressId", detail: "customer c-102 has no address a-1" }],
    });
    expect(shop.calls().slice(before)).toEqual(["customers GET /customers/c-102/addresses"]);
  });
});
