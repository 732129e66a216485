/** Heddle as it is shipped, with its default layers and middleware; its log goes where every log goes, to stdout. */
import { createServer } from "node:http";
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  type Operation,
  type OperationPlan,
  proxied,
} from "heddle";
import { candidate, serviceUrl } from "./candidate.ts";

type Get<Parameter extends string> = Operation<{ path: Record<Parameter, string> }, object, never>;
interface Services {
  readonly orders: { readonly getOrder: Get<"orderId"> };
  readonly customers: { readonly getCustomer: Get<"id"> };
  readonly catalog: { readonly getProduct: Get<"sku"> };
}

const plan = (name: string, folder: string, parameter: string): OperationPlan => ({
  name,
  method: "GET",
  template: `/${folder}/{${parameter}}`,
  path: [`/${folder}/`, { name: parameter, style: "simple", explode: false, required: true }],
  accept: "application/json",
  answers: { "200": { "application/json": "json" } },
});
const getOrder = plan("getOrder", "orders", "orderId");

const compose = createCompose<Services>();
const orderPage = compose.get("/web/orders/{orderId}", async ({ path, services }) => ({
  order: () => services.orders.getOrder({ path: { orderId: path.orderId } }),
  customer: () => services.customers.getCustomer({ path: { id: path.orderId } }),
  product: () => services.catalog.getProduct({ path: { sku: path.orderId } }),
}));

const gateway = createGateway(
  {
    services: {
      orders: { document: "orders.json", url: serviceUrl },
      customers: { document: "customers.json", url: serviceUrl },
      catalog: { document: "catalog.json", url: serviceUrl },
    },
    frontends: { web: {} },
  },
  {
    services: [
      defineService("orders", { getOrder }),
      defineService("customers", { getCustomer: plan("getCustomer", "customers", "id") }),
      defineService("catalog", { getProduct: plan("getProduct", "products", "sku") }),
    ],
    routes: [
      composed("web", "composers/web/order-page.ts", orderPage),
      proxied("orders", getOrder, "/orders"),
    ],
  },
);
await candidate(createServer(gateway.callback()));
