/** The example shop: five services, two frontends. Addresses come from the environment when the server starts. */
import { defineGateway, env } from "heddle/config";

export default defineGateway({
  services: {
    catalog: {
      document: "specs/catalog.yaml",
      url: env("CATALOG_URL", "http://127.0.0.1:4001"),
      expose: ["listCategories"],
      batch: { getProduct: { with: "listProducts", ids: "query.skus", key: "sku", max: 20 } },
    },
    orders: {
      document: "specs/orders.json",
      url: env("ORDERS_URL", "http://127.0.0.1:4002"),
      timeout: "800ms",
      concurrency: 64,
      forward: ["authorization"],
      expose: ["getInvoice"],
      prefix: "/",
      validate: "warn",
    },
    customers: {
      document: "specs/customers.yaml",
      url: env("CUSTOMERS_URL", "http://127.0.0.1:4003"),
      headers: { "x-api-key": env("CUSTOMERS_KEY", "local") },
    },
    reviews: {
      document: "specs/reviews/openapi.yaml",
      url: env("REVIEWS_URL", "http://127.0.0.1:4004"),
      timeout: "300ms",
    },
    shipping: {
      document: "specs/shipping.yaml",
      url: env("SHIPPING_URL", "http://127.0.0.1:4005"),
    },
  },
  frontends: {
    web: { cors: ["https://shop.example", "http://localhost:5173"] },
    mobile: {},
  },
});
