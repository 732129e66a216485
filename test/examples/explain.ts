/** Examples of the guide "Explain": a composer that keeps its caller waiting, and the same mended. */
// #region slow
import { compose } from "#gateway";

export const overview = compose.get(
  "/web/orders/{orderId}/overview",
  async ({ path, services }) => {
    const order = await services.orders.getOrder({ path });
    const reviews = await services.reviews.listReviews({ query: { order: path.orderId } });
    const products = [];
    for (const { sku } of order.lines) {
      products.push(await services.catalog.getProduct({ path: { sku } }));
    }
    return { order, reviews, products };
  },
);
// #endregion
