/** The first screen of the application: small, and there even when half of the shop is down. */
import { compose } from "#gateway";

export const home = compose.get(
  "/mobile/home/{customerId}",
  { deadline: "1s" },
  async ({ path, services }) => {
    const { customerId } = path;
    return {
      name: async () => {
        const customer = await services.customers.getCustomer(
          { path: { id: customerId } },
          { fallback: null },
        );
        return customer?.name ?? "you";
      },
      lastOrder: async () => {
        const { items } = await services.orders.listOrders(
          { query: { customerId, limit: 1 } },
          { fallback: { items: [] }, stale: "1m" },
        );
        const [order] = items;
        return order === undefined ? null : { id: order.id, status: order.status };
      },
      news: async () => {
        const page = await services.catalog.listProducts(
          { query: { sort: "newest", limit: 3 } },
          { fallback: { items: [] }, stale: "1h" },
        );
        return page.items.map(({ sku, name, price }) => ({ sku, name, price: price.amount }));
      },
    };
  },
);
