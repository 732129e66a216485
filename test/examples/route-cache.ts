/** Examples of the guide "Caching": composed answers. */
import { compose, each } from "#gateway";

// #region public
export const homePage = compose.get(
  "/web/home/{skus}",
  {
    cache: {
      ttl: "30s",
      stale: "10m",
      tags: ["products"],
      public: "nobody is greeted by name: prices and stock are the same for all",
    },
  },
  ({ path, services }) => ({
    products: () =>
      each(path.skus.split("+"), (sku) => services.catalog.getProduct({ path: { sku } })),
  }),
);
// #endregion

// #region own
export const orderStatus = compose.get(
  "/web/orders/{orderId}/status",
  { cache: { ttl: "5s", tags: ["order:{orderId}"] } },
  async ({ path, services }) => {
    const { status, placedAt } = await services.orders.getOrder({ path });
    return { status, placedAt };
  },
);
// #endregion
