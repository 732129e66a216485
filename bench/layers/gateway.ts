/** The gateway that is measured: one composed route, three calls. `node FILE SERVICE_URL default|off`. */
import { createServer } from "node:http";
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  type Operation,
  type OperationPlan,
} from "heddle";
import type { ServiceConfig } from "../../src/config/gateway-config.ts";
import { candidate, serviceUrl } from "../requests/candidate.ts";

type Get = Operation<{ path: { id: string } }, object, never>;
interface Services {
  readonly orders: { readonly getOrder: Get };
  readonly customers: { readonly getCustomer: Get };
  readonly catalog: { readonly getProduct: Get };
}

const plan = (name: string, folder: string): OperationPlan => ({
  name,
  method: "GET",
  template: `/${folder}/{id}`,
  path: [`/${folder}/`, { name: "id", style: "simple", explode: false, required: true }],
  accept: "application/json",
  answers: { "200": { "application/json": "json" } },
});

// Every call has a target of its own, or else calls of several requests would be made once, and save more than layers cost.
const orderPage = createCompose<Services>().get("/web/orders/{id}", ({ path, services }) => ({
  order: () => services.orders.getOrder({ path }),
  customer: () => services.customers.getCustomer({ path }),
  product: () => services.catalog.getProduct({ path }),
}));

/** Everything that configuration can switch off. */
const OFF = {
  retry: false,
  breaker: false,
  coalesce: false,
  cache: false,
  validate: "off",
  deadlineHeader: false,
} satisfies Partial<ServiceConfig>;

const rules: Partial<ServiceConfig> = process.argv[3] === "off" ? OFF : {};
const gateway = createGateway(
  {
    services: {
      orders: { document: "orders.json", url: serviceUrl, ...rules },
      customers: { document: "customers.json", url: serviceUrl, ...rules },
      catalog: { document: "catalog.json", url: serviceUrl, ...rules },
    },
    frontends: { web: {} },
  },
  {
    services: [
      defineService("orders", { getOrder: plan("getOrder", "orders") }),
      defineService("customers", { getCustomer: plan("getCustomer", "customers") }),
      defineService("catalog", { getProduct: plan("getProduct", "products") }),
    ],
    routes: [composed("web", "composers/web/order-page.ts", orderPage)],
  },
);
await candidate(createServer(gateway.callback()));
