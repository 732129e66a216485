/** Examples of the guide "Browsers": other origins, and header fields. */
import { defineGateway, env } from "heddle/config";

const services = { orders: { document: "specs/orders.json", url: env("ORDERS_URL") } };

// #region cors
export const otherOrigins = defineGateway({
  services: {
    orders: {
      document: "specs/orders.json",
      url: env("ORDERS_URL"),
      expose: ["getInvoice"],
      frontend: "web",
    },
  },
  frontends: {
    web: {
      cors: {
        origins: ["https://shop.example", "https://*.shop.example"],
        credentials: true,
        headers: ["content-type", "x-cart"],
        expose: ["etag"],
        maxAge: "1h",
      },
    },
    mobile: {},
    partner: { cors: ["*"] },
  },
});
// #endregion

// #region security
export const securityHeaders = defineGateway({
  services,
  server: {
    securityHeaders: {
      all: { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" },
      composed: { "Cross-Origin-Resource-Policy": "same-site" },
      pages: { "Referrer-Policy": false },
    },
  },
});
// #endregion
