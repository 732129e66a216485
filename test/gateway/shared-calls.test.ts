/** A stampede on one page: one upstream request for all who ask at the same time, and nobody depends on who came first. */
import { expect, it, onTestFinished, vi } from "vitest";
import {
  composed,
  createCompose,
  createGateway,
  defineService,
  each,
  type Operation,
} from "../../src/index.ts";
import { jsonPlan, startRecorder } from "../upstream/support.ts";

interface Product {
  readonly sku: string;
  seen?: string;
}
interface Services {
  readonly catalog: {
    readonly getProduct: Operation<{ path: { sku: string } }, Product, never>;
  };
}

const compose = createCompose<Services>();
const page = compose.get("/web/products/{sku}/{visitor}", async ({ path, services }) => {
  const products = await each([path.sku, "b", "c"], (sku) =>
    services.catalog.getProduct({ path: { sku } }),
  );
  // What a careless composer does to what it got.
  for (const product of products) product.seen = `${product.seen ?? ""}${path.visitor}`;
  return products;
});

const getProduct = jsonPlan({
  name: "getProduct",
  path: ["/products/", { name: "sku", style: "simple", explode: false, required: true }],
});
const listProducts = jsonPlan({
  name: "listProducts",
  path: ["/products"],
  query: [{ name: "skus", style: "form", explode: false }],
});

it("a stampede on a page costs one upstream request, and every visitor gets their own answer", async () => {
  let release: () => void = () => undefined;
  const { url, requests } = await startRecorder(({ target }, response) => {
    const skus = decodeURIComponent(target).split("=")[1]?.split(",") ?? [];
    release = () =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(skus.map((sku) => ({ sku }))));
  });
  const batch = { getProduct: { with: "listProducts", ids: "query.skus", key: "sku" } };
  const gateway = createGateway(
    {
      services: { catalog: { document: "catalog.json", url, batch } },
      server: { drainDelay: "0s" },
      frontends: { web: {} },
    },
    {
      services: [defineService("catalog", { getProduct, listProducts })],
      routes: [composed("web", "composers/web/page.ts", page)],
    },
    { env: { LOG_LEVEL: "silent" } },
  );
  const { url: own } = await gateway.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => gateway.close());

  const first = new AbortController();
  const gone = fetch(`${own}/web/products/a/0`, { signal: first.signal });
  await vi.waitFor(() => expect(requests.length).toBe(1));
  const visitors = Array.from({ length: 30 }, (_, index) => String(index + 1));
  const asked = visitors.map((visitor) => fetch(`${own}/web/products/a/${visitor}`));
  const inFlight = async (): Promise<string> => {
    const text = await (await fetch(`${own}/metrics`)).text();
    return /^http_server_requests_in_flight (\d+)$/m.exec(text)?.[1] ?? "";
  };
  // Theirs, the first visitor's and that for the metrics.
  await vi.waitFor(async () => expect(await inFlight()).toBe("32"));
  first.abort();
  await expect(gone).rejects.toThrow();
  await vi.waitFor(async () => expect(await inFlight()).toBe("31"));
  release();
  const pages = await Promise.all(asked.map(async (answer) => (await answer).json()));
  expect(pages).toEqual(
    visitors.map((visitor) => ["a", "b", "c"].map((sku) => ({ sku, seen: visitor }))),
  );
  expect(requests.map(({ target }) => target)).toEqual(["/products?skus=a,b,c"]);
});
