/** Edits of what the shop's services answer, and of values and limits. */
import type { Document, Edit } from "./edit.ts";

const order = (document: Document): Document => document.components.schemas.Order;
const product = (document: Document): Document => document.components.schemas.Product;

/** Takes a property away, from the required ones as well. */
function drop(schema: Document, name: string): void {
  delete schema.properties[name];
  schema.required = schema.required.filter((one: string) => one !== name);
}

const optional = (schema: Document, name: string): void => {
  schema.required = schema.required.filter((one: string) => one !== name);
};

export const SHOP_EDITS: readonly Edit[] = [
  {
    title: "a field that composers name is gone",
    service: "orders",
    edit: (document) => drop(order(document), "total"),
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
    routes: [
      "GET /mobile/orders/{orderId}",
      "GET /web/customers/{customerId}/orders",
      "POST /web/checkout",
      "GET /web/orders/{orderId}",
      "GET /web/parcels",
    ],
  },
  {
    title: "a field that is only passed with the whole is gone",
    service: "orders",
    edit: (document) => drop(order(document), "ledgerEntry"),
    kind: "property-removed",
    verdict: "risky",
    routes: ["POST /web/checkout", "GET /web/orders/{orderId}", "GET /web/parcels"],
  },
  {
    title: "a field is new",
    service: "orders",
    edit: (document) => {
      order(document).properties.gift = { type: "boolean" };
    },
    kind: "property-added",
    verdict: "unaffected",
    routes: [],
  },
  {
    title: "a field that is looked into may be null",
    service: "catalog",
    edit: (document) => {
      product(document).properties.price = {
        anyOf: [{ $ref: "#/components/schemas/Money" }, { type: "null" }],
      };
    },
    kind: "nullable-added",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field that is only passed may be null",
    service: "catalog",
    edit: (document) => {
      product(document).properties.addedAt.type = ["string", "null"];
    },
    kind: "nullable-added",
    verdict: "risky",
  },
  {
    title: "a field that goes into another call may be null",
    service: "orders",
    edit: (document) => {
      order(document).properties.customerId = {
        anyOf: [{ $ref: "#/components/schemas/CustomerId" }, { type: "null" }],
      };
    },
    kind: "nullable-added",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field that is iterated over may be missing",
    service: "orders",
    edit: (document) => optional(order(document), "lines"),
    kind: "property-optional",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a field that is only passed may be missing",
    service: "orders",
    edit: (document) => optional(order(document), "note"),
    kind: "property-optional",
    verdict: "risky",
  },
  {
    title: "a field is never null any more",
    service: "orders",
    edit: (document) => {
      delete order(document).properties.note.nullable;
    },
    kind: "nullable-removed",
    verdict: "unaffected",
  },
  {
    title: "a type that is computed with is another",
    service: "orders",
    edit: (document) => {
      document.components.schemas.NewLine.properties.quantity.type = "string";
    },
    kind: "type-changed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a type that is only passed is another",
    service: "catalog",
    edit: (document) => {
      document.components.schemas.Availability.properties.shipsWithinDays = { type: "string" };
    },
    kind: "type-changed",
    verdict: "risky",
    routes: ["GET /web/products/{sku}"],
  },
  {
    title: "a value is new in an answer",
    service: "shipping",
    edit: (document) => {
      document.components.schemas.ShipmentState.enum.push("lost");
    },
    kind: "enum-widened",
    verdict: "risky",
  },
  {
    title: "a value that a composer sends is gone",
    service: "shipping",
    edit: (document) => {
      const { ShipmentState } = document.components.schemas;
      ShipmentState.enum = ShipmentState.enum.filter((state: string) => state !== "underway");
    },
    kind: "enum-narrowed",
    verdict: "breaks",
    by: "compiler",
    routes: ["GET /web/parcels"],
  },
  {
    title: "a value that no composer sends is gone",
    service: "catalog",
    edit: (document) => {
      document.paths["/products"].get.parameters.find(
        ({ name }: Document) => name === "sort",
      ).schema.enum = ["name", "newest"];
    },
    kind: "enum-narrowed",
    verdict: "risky",
    routes: ["GET /mobile/home/{customerId}"],
  },
  {
    title: "a default is another, and a composer leaves it to the service",
    service: "catalog",
    edit: (document) => {
      document.paths["/products"].get.parameters.find(
        ({ name }: Document) => name === "sort",
      ).schema.default = "price";
    },
    kind: "default-changed",
    verdict: "risky",
    // Those of products one by one are made in bulk.
    routes: [
      "GET /web/customers/{customerId}/orders",
      "GET /web/orders/{orderId}",
      "GET /web/search",
    ],
  },
  {
    title: "a limit of what is sent is narrower",
    service: "catalog",
    edit: (document) => {
      document.components.parameters.Limit.schema.maximum = 10;
    },
    kind: "limit-narrowed",
    verdict: "risky",
    routes: ["GET /mobile/home/{customerId}", "GET /web/search"],
  },
  {
    title: "a limit of what is sent is wider",
    service: "catalog",
    edit: (document) => {
      document.components.parameters.Limit.schema.maximum = 500;
    },
    kind: "limit-widened",
    verdict: "unaffected",
  },
  {
    title: "the format of an answer is another",
    service: "shipping",
    edit: (document) => {
      document.components.schemas.Shipment.properties.expectedOn.format = "date-time";
    },
    kind: "limit-changed",
    verdict: "risky",
  },
];
