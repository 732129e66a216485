/** The service behind `bench/batch.ts`: products of 1 KB, one at a time and several at once; counts what it is asked. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../support/child.ts";

const description = "A folding table loom of beech, with one heddle and two shuttles. ".repeat(13);
const product = (sku: string): string =>
  JSON.stringify({
    sku,
    name: `The ${sku}`,
    description,
    price: { amount: 18_900, currency: "EUR" },
  });

let requests = 0;
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  requests += 1;
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const text =
    path === "/products"
      ? `{"items":[${query.slice("skus=".length).split(",").map(product).join()}]}`
      : product(path.slice("/products/".length));
  const length = Buffer.byteLength(text);
  response.writeHead(200, { "content-type": "application/json", "content-length": length });
  response.end(text);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  serveParent({ url: `http://127.0.0.1:${port}` }, () => ({ requests }));
});
