/** The floor of composition: what one would write by hand on `node:http` and undici dispatch. */
import { createServer } from "node:http";
import { Pool } from "undici";
import { candidate, serviceUrl } from "./candidate.ts";
import { dispatchJson } from "./dispatch-json.ts";

const pools = Array.from(
  { length: 3 },
  () => new Pool(serviceUrl, { connections: 64, pipelining: 1 }),
);
const [orders, customers, catalog] = pools as [Pool, Pool, Pool];

async function orderPage(orderId: string): Promise<object> {
  const id = encodeURIComponent(orderId);
  const [order, customer, product] = await Promise.all([
    dispatchJson<object>(orders, `/orders/${id}`),
    dispatchJson<object>(customers, `/customers/${id}`),
    dispatchJson<object>(catalog, `/products/${id}`),
  ]);
  return { order, customer, product };
}

await candidate(
  createServer((request, response) => {
    orderPage(decodeURIComponent((request.url ?? "").slice("/web/orders/".length))).then(
      (page) => {
        const text = JSON.stringify(page);
        response.writeHead(200, {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
        });
        response.end(text);
      },
      () => response.writeHead(502).end(),
    );
  }),
);
