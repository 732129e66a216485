/** Examples of the guide "Configuration": every key at once. */
import { defineGateway, env } from "heddle/config";

// #region configuration
export default defineGateway({
  services: {
    orders: {
      document: "specs/orders.json",
      url: env("ORDERS_URL", "http://127.0.0.1:4002"),
      timeout: "800ms",
      concurrency: 64,
      expose: ["getInvoice"],
      prefix: "/papers",
      forward: ["authorization", "accept-language"],
      headers: { "x-shop": "north", "x-api-key": env("ORDERS_KEY") },
      maxAnswerSize: "2mb",
    },
  },
  frontends: {
    web: { cors: ["https://shop.example"] },
    mobile: {},
  },
  server: {
    port: 8080,
    host: "0.0.0.0",
    deadline: "10s",
    bodyLimit: "1mb",
    grace: "10s",
    drainDelay: "500ms",
    logLevel: "info",
    trustRequestId: false,
    docs: false,
  },
});
// #endregion
