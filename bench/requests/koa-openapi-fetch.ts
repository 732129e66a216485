/** What teams write today: Koa, @koa/router, and openapi-fetch as it is shipped, on the global fetch. */
import { createServer } from "node:http";
import Router from "@koa/router";
import Koa from "koa";
import createClient from "openapi-fetch";
import { candidate, serviceUrl } from "./candidate.ts";

interface Get<Parameter extends string> {
  readonly get: {
    readonly parameters: { readonly path: Readonly<Record<Parameter, string>> };
    readonly responses: {
      readonly 200: { readonly content: { readonly "application/json": object } };
    };
  };
}
const orders = createClient<{ "/orders/{orderId}": Get<"orderId"> }>({ baseUrl: serviceUrl });
const customers = createClient<{ "/customers/{id}": Get<"id"> }>({ baseUrl: serviceUrl });
const catalog = createClient<{ "/products/{sku}": Get<"sku"> }>({ baseUrl: serviceUrl });

const app = new Koa();
const router = new Router();
router.get("/web/orders/:orderId", async (ctx) => {
  const orderId = String(ctx.params.orderId);
  const [order, customer, product] = await Promise.all([
    orders.GET("/orders/{orderId}", { params: { path: { orderId } } }),
    customers.GET("/customers/{id}", { params: { path: { id: orderId } } }),
    catalog.GET("/products/{sku}", { params: { path: { sku: orderId } } }),
  ]);
  ctx.body = { order: order.data, customer: customer.data, product: product.data };
});
app.use(router.routes());
await candidate(createServer(app.callback()));
