/** Examples of the guide "Several addresses": configuration. */
import { defineGateway, env } from "heddle/config";

const document = "specs/catalog.yaml";

// #region addresses
export const several = defineGateway({
  services: {
    catalog: { document, url: env("CATALOG_URL") },
    orders: {
      document: "specs/orders.json",
      url: ["http://10.0.0.1:8080/v1", { url: "http://10.0.0.2:8080/v1", weight: 3 }],
    },
  },
});
// #endregion

// #region ejection
export const ejection = defineGateway({
  services: {
    catalog: {
      document,
      url: env("CATALOG_URL"),
      ejection: { failures: 3, time: "5s", longest: "1m", share: 0.34 },
    },
  },
});
// #endregion

// #region health
export const health = defineGateway({
  services: {
    catalog: {
      document,
      url: env("CATALOG_URL"),
      health: { path: "/healthz", interval: "10s", timeout: "1s", healthy: 2, unhealthy: 3 },
    },
  },
});
// #endregion

// #region names
export const names = defineGateway({
  services: { catalog: { document, url: "http://catalog.internal:8080", dns: "30s" } },
});
// #endregion

// #region authorities
export const authorities = defineGateway({
  services: {
    catalog: { document, url: "https://catalog.internal", tls: { ca: env("INSIDE_CA") } },
  },
});
// #endregion

// #region http2
export const http2 = defineGateway({
  services: { catalog: { document, url: "https://catalog.internal", protocol: "http2" } },
});
// #endregion
