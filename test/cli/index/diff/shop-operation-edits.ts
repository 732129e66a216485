/** Edits of what the shop's services take, and of their operations. */
import type { Document, Edit } from "./edit.ts";

/** Takes a property away, from the required ones as well. */
function drop(schema: Document, name: string): void {
  delete schema.properties[name];
  schema.required = schema.required.filter((one: string) => one !== name);
}

export const SHOP_OPERATION_EDITS: readonly Edit[] = [
  {
    title: "a parameter is new and required",
    service: "reviews",
    file: "paths/reviews.yaml",
    edit: (document) => {
      document.get.parameters.push({
        name: "locale",
        in: "query",
        required: true,
        schema: { type: "string" },
      });
    },
    kind: "parameter-added-required",
    verdict: "breaks",
    by: "compiler",
    routes: ["GET /web/orders/{orderId}", "GET /web/products/{sku}"],
  },
  {
    title: "a parameter is new",
    service: "reviews",
    file: "paths/reviews.yaml",
    edit: (document) => {
      document.get.parameters.push({
        name: "locale",
        in: "query",
        schema: { type: "string" },
      });
    },
    kind: "parameter-added",
    verdict: "unaffected",
  },
  {
    title: "a parameter that is sent is gone",
    service: "reviews",
    file: "paths/reviews.yaml",
    edit: (document) => {
      const { get } = document;
      get.parameters = get.parameters.filter(({ name }: Document) => name !== "order");
    },
    kind: "parameter-removed",
    verdict: "breaks",
    by: "compiler",
    routes: ["GET /web/orders/{orderId}"],
  },
  {
    title: "a parameter that nobody sends is gone",
    service: "orders",
    edit: (document) => {
      const { get } = document.paths["/orders"];
      get.parameters = get.parameters.filter(({ name }: Document) => name !== "placedAfter");
    },
    kind: "parameter-removed",
    verdict: "unaffected",
  },
  {
    title: "a parameter of the path is called otherwise",
    service: "customers",
    edit: (document) => {
      document.parameters.customerId.name = "customerId";
      for (const path of Object.keys(document.paths)) {
        if (!path.includes("{id}")) continue;
        document.paths[path.replace("{id}", "{customerId}")] = document.paths[path];
        delete document.paths[path];
      }
    },
    kind: "parameter-renamed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a property of the body is new and required",
    service: "orders",
    edit: (document) => {
      const { NewOrder } = document.components.schemas;
      NewOrder.properties.channel = { type: "string" };
      NewOrder.required.push("channel");
    },
    kind: "property-added-required",
    verdict: "breaks",
    by: "compiler",
    routes: ["POST /web/checkout"],
  },
  {
    title: "a property of the body is new",
    service: "orders",
    edit: (document) => {
      document.components.schemas.NewOrder.properties.channel = { type: "string" };
    },
    kind: "property-added",
    verdict: "unaffected",
  },
  {
    title: "a property of the body that is sent is gone",
    service: "shipping",
    edit: (document) => drop(document.components.schemas.Destination, "city"),
    kind: "property-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an operation that composers call is gone",
    service: "catalog",
    edit: (document) => {
      delete document.paths["/products/{sku}/availability"];
    },
    kind: "operation-removed",
    verdict: "breaks",
    by: "compiler",
    routes: ["GET /web/products/{sku}"],
  },
  {
    title: "an operation that nobody calls is gone",
    service: "orders",
    edit: (document) => {
      delete document.paths["/orders/{orderId}/cancel"];
    },
    kind: "operation-removed",
    verdict: "unaffected",
  },
  {
    title: "an operation is called otherwise",
    service: "shipping",
    edit: (document) => {
      document.paths["/shipments/{shipmentId}"].get.operationId = "readShipment";
    },
    kind: "operation-renamed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "an operation is at another address",
    service: "reviews",
    edit: (document) => {
      document.paths["/v2/ratings/{sku}"] = document.paths["/ratings/{sku}"];
      delete document.paths["/ratings/{sku}"];
    },
    kind: "operation-moved",
    verdict: "risky",
    routes: ["GET /web/products/{sku}", "GET /web/search"],
  },
  {
    title: "an operation is deprecated",
    service: "orders",
    edit: (document) => {
      document.paths["/orders"].get.deprecated = true;
    },
    kind: "operation-deprecated",
    verdict: "risky",
    routes: ["GET /mobile/home/{customerId}", "GET /web/customers/{customerId}/orders"],
  },
  {
    title: "an operation that answers in bulk is deprecated",
    service: "catalog",
    edit: (document) => {
      document.paths["/products"].get.deprecated = true;
    },
    kind: "operation-deprecated",
    verdict: "risky",
    routes: [
      "GET /mobile/home/{customerId}",
      "GET /web/customers/{customerId}/orders",
      "GET /web/orders/{orderId}",
      "GET /web/search",
    ],
  },
  {
    title: "an operation is to end",
    service: "shipping",
    edit: (document) => {
      document.paths["/shipments/{shipmentId}"].get["x-sunset"] = "2027-05-01";
    },
    kind: "sunset-sooner",
    verdict: "risky",
    routes: ["GET /mobile/orders/{orderId}", "GET /web/customers/{customerId}/orders"],
  },
  {
    title: "an operation that nobody calls is to end",
    service: "orders",
    edit: (document) => {
      document.paths["/orders/{orderId}/cancel"].post["x-sunset"] = "2027-05-01";
    },
    kind: "sunset-sooner",
    verdict: "unaffected",
  },
  {
    title: "a relayed operation is to end",
    service: "orders",
    edit: (document) => {
      document.paths["/orders/{orderId}/invoice"].get["x-ms-deprecation"] = {
        date: "2026-05-01",
        removalDate: "2027-05-01T00:00:00.000Z",
      };
    },
    kind: "sunset-sooner",
    verdict: "risky",
    routes: ["GET /orders/{orderId}/invoice"],
  },
  {
    title: "an error is new",
    service: "catalog",
    edit: (document) => {
      document.paths["/products/{sku}"].get.responses["410"] = {
        $ref: "#/components/responses/Problem",
      };
    },
    kind: "error-added",
    verdict: "risky",
  },
  {
    title: "an error that a composer looks at is described no more",
    service: "orders",
    edit: (document) => {
      delete document.paths["/orders/{orderId}"].get.responses["404"];
    },
    kind: "error-removed",
    verdict: "unaffected",
  },
  {
    title: "another success than the one that a composer looks at",
    service: "orders",
    edit: (document) => {
      const { responses } = document.paths["/orders/{orderId}"].get;
      responses["203"] = responses["200"];
      delete responses["200"];
    },
    kind: "answer-removed",
    verdict: "breaks",
    by: "compiler",
  },
  {
    title: "a scope is asked for as well",
    service: "shipping",
    edit: (document) => {
      document.security = [{ device: ["shipments:read"] }];
    },
    kind: "scope-added",
    verdict: "risky",
  },
  {
    title: "the service is at another host",
    service: "catalog",
    edit: (document) => {
      document.servers[0].url = document.servers[0].url.replace("catalog", "products");
    },
    kind: "hosts-changed",
    verdict: "unaffected",
  },
];
