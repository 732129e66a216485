// heddle gen: specs/orders.json. DO NOT EDIT.
import type { OperationPlan } from "heddle";

/** List orders, filtered and in pages. `GET /orders` */
export const listOrders: OperationPlan = {
  name: "listOrders",
  method: "GET",
  template: "/orders",
  path: ["/orders"],
  query: [
    { name: "customerId", style: "form", explode: true },
    { name: "status", style: "form", explode: false },
    { name: "placedAfter", style: "form", explode: true },
    { name: "limit", style: "form", explode: true },
    { name: "cursor", style: "form", explode: true },
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Place an order. `POST /orders` */
export const createOrder: OperationPlan = {
  name: "createOrder",
  method: "POST",
  template: "/orders",
  path: ["/orders"],
  header: [{ name: "Idempotency-Key", style: "simple", explode: false }],
  body: { required: true, media: [{ mediaType: "application/json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "201": { "application/json": "json" },
    "402": { "application/problem+json": "json" },
    "422": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Remove an order that was never paid. `DELETE /orders/{orderId}` */
export const deleteOrder: OperationPlan = {
  name: "deleteOrder",
  method: "DELETE",
  template: "/orders/{orderId}",
  path: ["/orders/", { name: "orderId", style: "simple", explode: false, required: true }],
  accept: "application/problem+json",
  answers: {
    "204": {},
    "404": { "application/problem+json": "json" },
    "409": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Get one order. `GET /orders/{orderId}` */
export const getOrder: OperationPlan = {
  name: "getOrder",
  method: "GET",
  template: "/orders/{orderId}",
  path: ["/orders/", { name: "orderId", style: "simple", explode: false, required: true }],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Cancel an order that has not left the warehouse. `POST /orders/{orderId}/cancel` */
export const cancelOrder: OperationPlan = {
  name: "cancelOrder",
  method: "POST",
  template: "/orders/{orderId}/cancel",
  path: [
    "/orders/",
    { name: "orderId", style: "simple", explode: false, required: true },
    "/cancel",
  ],
  body: { media: [{ mediaType: "application/json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    "409": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Get the invoice of an order. `GET /orders/{orderId}/invoice` */
export const getInvoice: OperationPlan = {
  name: "getInvoice",
  method: "GET",
  template: "/orders/{orderId}/invoice",
  path: [
    "/orders/",
    { name: "orderId", style: "simple", explode: false, required: true },
    "/invoice",
  ],
  accept: "application/pdf, application/problem+json",
  answers: {
    "200": { "application/pdf": "binary" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/**
 * Get the state of an order. `GET /orders/{orderId}/status`
 * @deprecated
 */
export const getOrderStatus: OperationPlan = {
  name: "getOrderStatus",
  method: "GET",
  template: "/orders/{orderId}/status",
  path: [
    "/orders/",
    { name: "orderId", style: "simple", explode: false, required: true },
    "/status",
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
  deprecated: true,
};

/** Every operation, by path, then method. */
export const operations = {
  listOrders,
  createOrder,
  deleteOrder,
  getOrder,
  cancelOrder,
  getInvoice,
  getOrderStatus,
};
