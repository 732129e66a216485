// heddle gen: specs/reviews/openapi.yaml. DO NOT EDIT.
import type { OperationPlan } from "heddle";

/** Get the average rating of a product. `GET /ratings/{sku}` */
export const getRating: OperationPlan = {
  name: "getRating",
  method: "GET",
  template: "/ratings/{sku}",
  path: ["/ratings/", { name: "sku", style: "simple", explode: false, required: true }],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** List reviews of a product, of an order or by a customer, the latest first. `GET /reviews` */
export const listReviews: OperationPlan = {
  name: "listReviews",
  method: "GET",
  template: "/reviews",
  path: ["/reviews"],
  query: [
    { name: "sku", style: "form", explode: true },
    { name: "order", style: "form", explode: true },
    { name: "author", style: "form", explode: true },
    { name: "limit", style: "form", explode: true },
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Write a review. `POST /reviews` */
export const createReview: OperationPlan = {
  name: "createReview",
  method: "POST",
  template: "/reviews",
  path: ["/reviews"],
  body: { required: true, media: [{ mediaType: "application/json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "201": { "application/json": "json" },
    "409": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Take a review back. `DELETE /reviews/{reviewId}` */
export const deleteReview: OperationPlan = {
  name: "deleteReview",
  method: "DELETE",
  template: "/reviews/{reviewId}",
  path: ["/reviews/", { name: "reviewId", style: "simple", explode: false, required: true }],
  accept: "application/problem+json",
  answers: {
    "204": {},
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Get one review. `GET /reviews/{reviewId}` */
export const getReview: OperationPlan = {
  name: "getReview",
  method: "GET",
  template: "/reviews/{reviewId}",
  path: ["/reviews/", { name: "reviewId", style: "simple", explode: false, required: true }],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Every operation, by path, then method. */
export const operations = {
  getRating,
  listReviews,
  createReview,
  deleteReview,
  getReview,
};
