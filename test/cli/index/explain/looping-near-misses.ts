/** Composers whose loops look as if they could be better, and cannot. */
import type { FindingCase } from "./finding-case.ts";

export const LOOPING_NEAR_MISSES: readonly FindingCase[] = [
  {
    name: "pages, each asked for with the cursor of the one before",
    code: `let cursor: string | undefined;
const all = [];
do { const page = await services.orders.listOrders({ query: { limit: 50, cursor } }); all.push(...page.items); cursor = page.nextCursor ?? undefined; } while (cursor !== undefined);
return all;`,
  },
  {
    name: "a loop that ends with the first that fits",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
for (const { sku } of order.lines) { const rating = await services.reviews.getRating({ path: { sku } }); if (rating.average > 4) return rating; }
return null;`,
  },
  {
    name: "each",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return each(order.lines, ({ sku }) => services.reviews.getRating({ path: { sku } }));`,
  },
  {
    name: "a map over a list that is written out",
    code: `return Promise.all(["a", "b"].map((sku) => services.reviews.getRating({ path: { sku } })));`,
  },
  {
    name: "a map over a constant list",
    above: 'const SKUS = ["a", "b"] as const;',
    code: `return Promise.all(SKUS.map((sku) => services.reviews.getRating({ path: { sku } })));`,
  },
  {
    name: "a map over so many of a list",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return Promise.all(order.lines.slice(0, 5).map(({ sku }) => services.reviews.getRating({ path: { sku } })));`,
  },
  {
    name: "a list whose document says how many are usual",
    code: `return services.reviews.listReviews({ query: { sku: path.id } });`,
  },
  {
    name: "a loop that returns",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
while (order.status === "placed") { return services.reviews.listReviews({ query: { limit: 5 } }); }
return null;`,
  },
  {
    name: "calls that need each other, for each item",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return each(order.lines, async ({ sku }) => { const product = await services.catalog.getProduct({ path: { sku } }); const a = await services.catalog.getAvailability({ path: { sku: product.sku } }); return { product, a }; });`,
  },
  {
    name: "a call after a loop that returns",
    code: `for (const id of [path.id]) { return await services.orders.getOrder({ path: { orderId: id } }); }
return services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "a map that a pool may hold back",
    above: 'import pLimit from "p-limit";',
    code: `const limit = pLimit(4);
const order = await services.orders.getOrder({ path: { orderId: path.id } });
return Promise.all(order.lines.map(({ sku }) => limit(() => services.reviews.getRating({ path: { sku } }))));`,
  },
  {
    name: "a loop that a queue may hold back",
    above: 'import { Queue } from "queue";',
    code: `const queue = new Queue(4);
const order = await services.orders.getOrder({ path: { orderId: path.id } });
const all = [];
for (const { sku } of order.lines) all.push(queue.add(() => services.reviews.getRating({ path: { sku } })));
return Promise.all(all);`,
  },
  {
    name: "a map over a list that was asked for with a limit",
    code: `const { items } = await services.orders.listOrders({ query: { limit: 10 } });
return Promise.all(items.map(({ customerId }) => services.reviews.getRating({ path: { sku: customerId } })));`,
  },
  {
    name: "parts of items",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return order.lines.map((line) => ({ ...line, rating: () => services.reviews.getRating({ path: { sku: line.sku } }) }));`,
  },
  {
    name: "a map over calls that become one",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return Promise.all(order.lines.map(({ sku }) => services.catalog.getProduct({ path: { sku } })));`,
  },
  {
    name: "a loop that passes over what it has found",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
let best = null;
for (const { sku } of order.lines) { if (best !== null) continue; const rating = await services.reviews.getRating({ path: { sku } }); if (rating.average > 4) best = rating; }
return best;`,
  },
  {
    name: "a loop that writes",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
for (const { sku } of order.lines) await services.catalog.updateProduct({ path: { sku }, body: {} });
return null;`,
  },
  {
    name: "a loop that pauses",
    above: 'import { setTimeout as pause } from "node:timers/promises";',
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const all = [];
for (const { sku } of order.lines) { all.push(await services.reviews.getRating({ path: { sku } })); await pause(100); }
return all;`,
  },
  {
    name: "a list that is refused where it is long",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
if (order.lines.length > 20) throw new Error("too many");
return Promise.all(order.lines.map(({ sku }) => services.reviews.getRating({ path: { sku } })));`,
  },
  {
    name: "a list that the caller sends",
    code: `return Promise.all(path.id.split("+").map((sku) => services.reviews.getRating({ path: { sku } })));`,
  },
  {
    name: "pages that a generator asks for",
    above: `import type { Services } from "#gateway";
async function* pages(services: Services) {
  let cursor: string | undefined;
  do { const page = await services.orders.listOrders({ query: { limit: 50, ...(cursor && { cursor }) } }); yield page.items; cursor = page.nextCursor ?? undefined; } while (cursor !== undefined);
}`,
    code: `const all = [];
for await (const items of pages(services)) all.push(...items);
return all;`,
  },
  {
    name: "a loop in which what was asked decides what is asked",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
let cursor: string | undefined;
for (const line of order.lines) { const page = await services.orders.listOrders({ query: { limit: 5, ...(cursor && { cursor }) } }); cursor = page.nextCursor ?? undefined; if (line.quantity > 9) cursor = undefined; }
return cursor;`,
  },
];
