/** Examples of the guide "Composers": parts. */
// #region parts
import { compose, each } from "#gateway";

export const orderWithCustomer = compose.get(
  "/web/orders/{orderId}/summary",
  async ({ path, services }) => {
    const order = await services.orders.getOrder({ path }); // first this
    return {
      order,
      customer: () => services.customers.getCustomer({ path: { id: order.customerId } }), // then these two,
      products: () =>
        each(order.lines, ({ sku }) => services.catalog.getProduct({ path: { sku } })), // together
    };
  },
);
// #endregion

// #region nested
export const orderWithAddresses = compose.get(
  "/web/orders/{orderId}/addresses",
  async ({ path, services }) => {
    const { customerId } = await services.orders.getOrder({ path });
    return {
      customer: async () => {
        const { id, name } = await services.customers.getCustomer({ path: { id: customerId } });
        return {
          name,
          addresses: () => services.customers.listAddresses({ path: { id } }), // asks once the name is known
        };
      },
    };
  },
);
// #endregion

// #region each
export const catalogOf = compose.get("/web/catalog/{skus}", async ({ path, services }) => ({
  products: () =>
    each(
      path.skus.split("+"),
      (sku) => services.catalog.getProduct({ path: { sku } }),
      { concurrency: 4 }, // default: 16
    ),
}));
// #endregion
