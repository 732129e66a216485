/** Examples of the guide "Explain": the composer mended, with a budget. */
// #region mended
import { compose, each } from "#gateway";

export const overview = compose.get(
  "/web/orders/{orderId}/overview",
  { budget: { calls: 3, stages: 2 } },
  ({ path, services }) => ({
    order: async () => {
      const order = await services.orders.getOrder({ path });
      return {
        ...order,
        products: () =>
          each(order.lines, ({ sku }) => services.catalog.getProduct({ path: { sku } })),
      };
    },
    reviews: () => services.reviews.listReviews({ query: { order: path.orderId } }),
  }),
);
// #endregion
