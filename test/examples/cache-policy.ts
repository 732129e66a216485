/** Examples of the guide "Caching": how long answers of services are kept. */

import { defineGateway, env } from "heddle/config";
import { compose } from "#gateway";

const catalog = { document: "specs/catalog.yaml", url: env("CATALOG_URL") };

// #region operation
export const kept = defineGateway({
  services: {
    catalog: {
      ...catalog,
      operations: {
        getProduct: {
          cache: {
            ttl: "30s",
            stale: "5m",
            negative: "5s",
            tags: ["products"],
            public: "a product is the same for every shopper",
          },
        },
      },
    },
  },
});
// #endregion

// #region call
export const productName = compose.get("/web/names/{sku}", async ({ path, services }) => {
  const { name } = await services.catalog.getProduct({ path }, { cache: "30s" });
  return { name };
});
// #endregion
