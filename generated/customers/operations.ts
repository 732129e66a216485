// heddle gen: specs/customers.yaml. DO NOT EDIT.
import type { OperationPlan } from "heddle";

/** List customers. `GET /customers` */
export const listCustomers: OperationPlan = {
  name: "listCustomers",
  method: "GET",
  template: "/customers",
  path: ["/customers"],
  query: [
    { name: "ids", style: "form", explode: false },
    { name: "tag", style: "form", explode: true },
    { name: "email", style: "form", explode: true },
    { name: "limit", style: "form", explode: true },
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json", "application/problem+json": "json" },
    default: { "application/json": "json", "application/problem+json": "json" },
  },
};

/** Get one customer. `GET /customers/{id}` */
export const getCustomer: OperationPlan = {
  name: "getCustomer",
  method: "GET",
  template: "/customers/{id}",
  path: ["/customers/", { name: "id", style: "simple", explode: false, required: true }],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json", "application/problem+json": "json" },
    "404": { "application/json": "json", "application/problem+json": "json" },
    default: { "application/json": "json", "application/problem+json": "json" },
  },
};

/** Change some properties of a customer. `PATCH /customers/{id}` */
export const updateCustomer: OperationPlan = {
  name: "updateCustomer",
  method: "PATCH",
  template: "/customers/{id}",
  path: ["/customers/", { name: "id", style: "simple", explode: false, required: true }],
  body: { required: true, media: [{ mediaType: "application/json", kind: "json" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json", "application/problem+json": "json" },
    "404": { "application/json": "json", "application/problem+json": "json" },
    "422": { "application/json": "json", "application/problem+json": "json" },
    default: { "application/json": "json", "application/problem+json": "json" },
  },
};

/** List the addresses of a customer, the preferred one first. `GET /customers/{id}/addresses` */
export const listAddresses: OperationPlan = {
  name: "listAddresses",
  method: "GET",
  template: "/customers/{id}/addresses",
  path: [
    "/customers/",
    { name: "id", style: "simple", explode: false, required: true },
    "/addresses",
  ],
  accept: "application/json, application/problem+json",
  answers: {
    "200": { "application/json": "json", "application/problem+json": "json" },
    "404": { "application/json": "json", "application/problem+json": "json" },
    default: { "application/json": "json", "application/problem+json": "json" },
  },
};

/** Add an address, as the form of the account page sends it. `POST /customers/{id}/addresses` */
export const addAddress: OperationPlan = {
  name: "addAddress",
  method: "POST",
  template: "/customers/{id}/addresses",
  path: [
    "/customers/",
    { name: "id", style: "simple", explode: false, required: true },
    "/addresses",
  ],
  body: {
    required: true,
    media: [
      {
        mediaType: "application/x-www-form-urlencoded",
        kind: "form",
        encoding: { uses: { style: "form", explode: true } },
      },
    ],
  },
  accept: "application/json, application/problem+json",
  answers: {
    "201": { "application/json": "json", "application/problem+json": "json" },
    "422": { "application/json": "json", "application/problem+json": "json" },
    default: { "application/json": "json", "application/problem+json": "json" },
  },
};

/** Upload a picture of the customer. `PUT /customers/{id}/photo` */
export const putPhoto: OperationPlan = {
  name: "putPhoto",
  method: "PUT",
  template: "/customers/{id}/photo",
  path: ["/customers/", { name: "id", style: "simple", explode: false, required: true }, "/photo"],
  body: { required: true, media: [{ mediaType: "multipart/form-data", kind: "multipart" }] },
  accept: "application/json, application/problem+json",
  answers: {
    "204": {},
    "404": { "application/json": "json", "application/problem+json": "json" },
    default: { "application/json": "json", "application/problem+json": "json" },
  },
};

/** Every operation, by path, then method. */
export const operations = {
  listCustomers,
  getCustomer,
  updateCustomer,
  listAddresses,
  addAddress,
  putPhoto,
};
