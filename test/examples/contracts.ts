/** Examples of the guide "Contracts": configuration. */
import { defineGateway, env } from "heddle/config";

// #region validate
export const checked = defineGateway({
  services: {
    catalog: { document: "specs/catalog.yaml", url: env("CATALOG_URL"), validate: "enforce" },
    orders: {
      document: "specs/orders.json",
      url: env("ORDERS_URL"),
      validate: { mode: "warn", sample: 0.02 },
    },
  },
});
// #endregion
