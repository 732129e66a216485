// heddle gen: specs/catalog.yaml. DO NOT EDIT.
import type { OperationPlan } from "heddle";

/** List the categories of the shop. `GET /categories` */
export const listCategories: OperationPlan = {
  name: "listCategories",
  method: "GET",
  template: "/categories",
  path: ["/categories"],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** List products, filtered and in pages, or several at once by their SKUs. `GET /products` */
export const listProducts: OperationPlan = {
  name: "listProducts",
  method: "GET",
  template: "/products",
  path: ["/products"],
  query: [
    { name: "skus", style: "form", explode: false },
    { name: "category", style: "form", explode: true },
    { name: "q", style: "form", explode: true },
    { name: "price", style: "deepObject", explode: true },
    { name: "sort", style: "form", explode: true },
    { name: "limit", style: "form", explode: true },
    { name: "offset", style: "form", explode: true },
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "400": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Get one product. `GET /products/{sku}` */
export const getProduct: OperationPlan = {
  name: "getProduct",
  method: "GET",
  template: "/products/{sku}",
  path: ["/products/", { name: "sku", style: "simple", explode: false, required: true }],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Change some properties of a product. `PATCH /products/{sku}` */
export const updateProduct: OperationPlan = {
  name: "updateProduct",
  method: "PATCH",
  template: "/products/{sku}",
  path: ["/products/", { name: "sku", style: "simple", explode: false, required: true }],
  body: { required: true, media: [{ mediaType: "application/merge-patch+json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    "422": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Say how soon a product can leave the warehouse. `GET /products/{sku}/availability` */
export const getAvailability: OperationPlan = {
  name: "getAvailability",
  method: "GET",
  template: "/products/{sku}/availability",
  path: [
    "/products/",
    { name: "sku", style: "simple", explode: false, required: true },
    "/availability",
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Replace the picture of a product. `PUT /products/{sku}/image` */
export const putProductImage: OperationPlan = {
  name: "putProductImage",
  method: "PUT",
  template: "/products/{sku}/image",
  path: ["/products/", { name: "sku", style: "simple", explode: false, required: true }, "/image"],
  body: {
    required: true,
    media: [
      { mediaType: "image/jpeg", kind: "binary" },
      { mediaType: "image/png", kind: "binary" },
    ],
  },
  accept: "application/problem+json",
  answers: {
    "204": {},
    "404": { "application/problem+json": "json" },
    "413": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Get the shelf label of a product as text. `GET /products/{sku}/label.{format}` */
export const getProductLabel: OperationPlan = {
  name: "getProductLabel",
  method: "GET",
  template: "/products/{sku}/label.{format}",
  path: [
    "/products/",
    { name: "sku", style: "simple", explode: false, required: true },
    "/label.",
    { name: "format", style: "simple", explode: false, required: true },
  ],
  accept: "text/plain, text/csv, application/problem+json",
  answers: {
    "200": { "text/plain": "text", "text/csv": "text" },
    "404": { "application/problem+json": "json" },
    default: { "application/problem+json": "json" },
  },
};

/** Every operation, by path, then method. */
export const operations = {
  listCategories,
  listProducts,
  getProduct,
  updateProduct,
  getAvailability,
  putProductImage,
  getProductLabel,
};
