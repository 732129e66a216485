/** Everything that the order page shows, in one round trip. */
import { compose, each } from "#gateway";

export const orderPage = compose.get(
  "/web/orders/{orderId}",
  { deadline: "2s" },
  async ({ path, services }) => {
    const order = await services.orders.getOrder({ path });
    return {
      order,
      customer: () => services.customers.getCustomer({ path: { id: order.customerId } }),
      products: () =>
        each(order.lines, ({ sku }) => services.catalog.getProduct({ path: { sku } })),
      reviews: () =>
        services.reviews.listReviews(
          { query: { order: order.id } },
          { fallback: [], stale: "10m" },
        ),
    };
  },
);
