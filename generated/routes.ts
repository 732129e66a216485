// heddle gen: heddle.config.ts. DO NOT EDIT.
import { composed, proxied } from "heddle";
import { home } from "../composers/mobile/home.ts";
import { order } from "../composers/mobile/order.ts";
import { checkout } from "../composers/web/checkout.ts";
import { orderHistory } from "../composers/web/order-history.ts";
import { orderPage } from "../composers/web/order-page.ts";
import { parcels } from "../composers/web/parcels.ts";
import { productPage } from "../composers/web/product-page.ts";
import { search } from "../composers/web/search.ts";
import { operations as catalogOperations } from "./catalog/operations.ts";
import { operations as ordersOperations } from "./orders/operations.ts";

/** Every route. What is not here does not reach a service. */
export const routes = [
  composed("mobile", "composers/mobile/home.ts", home, {
    access: [
      { service: "customers", operations: ["getCustomer"], anyOf: [{ key: [] }] },
      { service: "orders", operations: ["listOrders"], anyOf: [{ bearer: [] }] },
    ],
  }), // GET /mobile/home/{customerId}
  composed("mobile", "composers/mobile/order.ts", order, {
    access: [
      { service: "orders", operations: ["getOrder"], anyOf: [{ bearer: [] }] },
      { service: "shipping", operations: ["getShipment"], anyOf: [{ device: [] }] },
    ],
  }), // GET /mobile/orders/{orderId}
  composed("web", "composers/web/checkout.ts", checkout, {
    access: [
      { service: "customers", operations: ["listAddresses"], anyOf: [{ key: [] }] },
      { service: "orders", operations: ["createOrder"], anyOf: [{ bearer: [] }] },
      { service: "shipping", operations: ["createShipment"], anyOf: [{ device: [] }] },
    ],
  }), // POST /web/checkout
  composed("web", "composers/web/order-history.ts", orderHistory, {
    access: [
      { service: "orders", operations: ["listOrders"], anyOf: [{ bearer: [] }] },
      { service: "shipping", operations: ["getShipment"], anyOf: [{ device: [] }] },
    ],
  }), // GET /web/customers/{customerId}/orders
  composed("web", "composers/web/order-page.ts", orderPage, {
    access: [
      { service: "customers", operations: ["getCustomer"], anyOf: [{ key: [] }] },
      { service: "orders", operations: ["getOrder"], anyOf: [{ bearer: [] }] },
      { service: "reviews", operations: ["listReviews"], anyOf: [{ customer: [] }, {}] },
    ],
  }), // GET /web/orders/{orderId}
  composed("web", "composers/web/parcels.ts", parcels, {
    access: [
      { service: "orders", operations: ["getOrder"], anyOf: [{ bearer: [] }] },
      {
        service: "shipping",
        operations: ["listTrackingEvents", "searchShipments"],
        anyOf: [{ device: [] }],
      },
    ],
  }), // GET /web/parcels
  composed("web", "composers/web/product-page.ts", productPage, {
    access: [
      { service: "customers", operations: ["getCustomer"], anyOf: [{ key: [] }] },
      {
        service: "reviews",
        operations: ["getRating", "listReviews"],
        anyOf: [{ customer: [] }, {}],
      },
    ],
  }), // GET /web/products/{sku}
  composed("web", "composers/web/search.ts", search, {
    access: [
      { service: "reviews", operations: ["getRating"], anyOf: [{ customer: [] }, {}] },
    ],
  }), // GET /web/search
  proxied("catalog", catalogOperations.listCategories, "/catalog"), // GET /catalog/categories
  proxied("orders", ordersOperations.getInvoice, "", {
    access: [
      { service: "orders", operations: ["getInvoice"], anyOf: [{ bearer: [] }] },
    ],
  }), // GET /orders/{orderId}/invoice
];
