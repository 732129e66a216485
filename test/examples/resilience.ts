/** Examples of the guide "Resilience": configuration. */
import { defineGateway, env } from "heddle/config";

const catalog = { document: "specs/catalog.yaml", url: env("CATALOG_URL") };

// #region timeouts
export const timeouts = defineGateway({
  services: {
    catalog: {
      ...catalog,
      timeout: "800ms",
      operations: { listProducts: { timeout: "5s" } },
      deadlineHeader: "x-budget-ms",
    },
  },
  server: { deadline: "3s", clientDeadline: "x-timeout-ms" },
});
// #endregion

// #region retry
export const retries = defineGateway({
  services: {
    catalog: {
      ...catalog,
      retry: { budget: 0.1, backoff: "50ms" },
      operations: { putProductImage: { retry: false } },
    },
  },
});
// #endregion

// #region breaker
export const breaker = defineGateway({
  services: {
    catalog: {
      ...catalog,
      breaker: { threshold: 0.3, minimum: 50, window: "30s", cooldown: "10s", per: "operation" },
    },
  },
});
// #endregion

// #region queue
export const queue = defineGateway({
  services: { catalog: { ...catalog, concurrency: 64, queue: 128 } },
});
// #endregion

// #region hedge
export const hedged = defineGateway({
  services: { catalog: { ...catalog, operations: { getProduct: { hedge: "40ms" } } } },
});
// #endregion

// #region off
export const off = defineGateway({
  services: {
    catalog: { ...catalog, retry: false, breaker: false, deadlineHeader: false },
  },
});
// #endregion
