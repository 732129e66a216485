/** What the documents of the shop give as examples, read without any of the code under test. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

type Entity = Readonly<Record<string, unknown>>;

const read = (path: string): unknown => parse(readFileSync(path, "utf8"));

function at(document: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((value, key) => (value as Entity)[key], document);
}

const ok = (path: string, method: string): readonly string[] => [
  "paths",
  path,
  method,
  "responses",
  "200",
];
const json = ["content", "application/json", "examples"];

const catalog = read("specs/catalog.yaml");
const orders = read("specs/orders.json");
const customers = read("specs/customers.yaml");
const reviews = read("specs/reviews/paths/reviews.yaml");
const ratings = read("specs/reviews/paths/rating.yaml");
const shipping = read("specs/shipping.yaml");

export const allProducts = at(
  catalog,
  ...ok("/products", "get"),
  ...json,
  "all",
  "value",
  "items",
) as Entity[];
export const allOrders = at(
  orders,
  ...ok("/orders", "get"),
  ...json,
  "five",
  "value",
  "items",
) as Entity[];
export const allCustomers = at(
  customers,
  ...ok("/customers", "get"),
  "examples",
  "application/json",
) as Entity[];
export const allReviews = at(
  reviews,
  "get",
  "responses",
  "200",
  ...json,
  "latest",
  "value",
) as Entity[];
export const underway = at(
  shipping,
  ...ok("/shipments", "query"),
  ...json,
  "underway",
  "dataValue",
) as Entity[];
const shipments = Object.values(
  at(shipping, ...ok("/shipments/{shipmentId}", "get"), ...json) as Record<
    string,
    { dataValue: Entity }
  >,
).map(({ dataValue }) => dataValue);
export const menu = at(catalog, ...ok("/categories", "get"), ...json, "menu", "value") as Entity[];
export const trackingEvents = at(
  shipping,
  ...ok("/shipments/{shipmentId}/events", "get"),
  ...json,
  "underway",
  "dataValue",
) as Entity[];

const find = (all: readonly Entity[], key: string, id: string): Entity => {
  const found = all.find((one) => one[key] === id);
  if (found === undefined) throw new Error(`no example has the ${key} ${id}`);
  return found;
};

export const product = (sku: string): Entity => find(allProducts, "sku", sku);
export const order = (id: string): Entity => find(allOrders, "id", id);
export const customer = (id: string): Entity => find(allCustomers, "id", id);
export const review = (id: string): Entity => find(allReviews, "id", id);
export const shipment = (id: string): Entity => find(shipments, "id", id);
export const availability = (sku: string): unknown =>
  at(catalog, ...ok("/products/{sku}/availability", "get"), ...json, sku, "value");
export const rating = (sku: string): unknown =>
  at(ratings, "get", "responses", "200", ...json, sku, "value");
