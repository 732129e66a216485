/** Examples of the guide "Shared and bulk calls". */
import { defineGateway, env } from "heddle/config";
import { compose, each } from "#gateway";

// #region config
export const config = defineGateway({
  services: {
    catalog: {
      document: "specs/catalog.yaml",
      url: env("CATALOG_URL"),
      batch: { getProduct: { with: "listProducts", ids: "query.skus", key: "sku", max: 20 } },
    },
  },
});
// #endregion

// #region each
export const receipt = compose.get("/web/orders/{orderId}/receipt", async ({ path, services }) => {
  const { lines } = await services.orders.getOrder({ path });
  return {
    // one GET /products?skus=... for twenty lines
    lines: () =>
      each(
        lines,
        async ({ sku, quantity }) => {
          const { name, price } = await services.catalog.getProduct({ path: { sku } });
          return { name, cost: price.amount * quantity };
        },
        { concurrency: 20 },
      ),
  };
});
// #endregion

// #region off
export const alone = defineGateway({
  services: {
    catalog: { document: "specs/catalog.yaml", url: env("CATALOG_URL"), coalesce: false },
  },
});
// #endregion
