/** Composers that look as if they could be better, and cannot. */
import type { FindingCase } from "./finding-case.ts";

export const NEAR_MISSES: readonly FindingCase[] = [
  {
    name: "Promise.all",
    code: `const [order, reviews] = await Promise.all([services.orders.getOrder({ path: { orderId: path.id } }), services.reviews.listReviews({ query: { limit: 5 } })]);
return { order, reviews };`,
  },
  {
    name: "a wait that costs nothing, as another is as long",
    code: `const [order, reviews] = await Promise.all([services.orders.getOrder({ path: { orderId: path.id } }), services.reviews.listReviews({ query: { limit: 5 } })]);
return { order, reviews, customer: () => services.customers.getCustomer({ path: { id: order.customerId } }) };`,
  },
  {
    name: "a call that is begun, and awaited later",
    code: `const started = services.orders.getOrder({ path: { orderId: path.id } });
const reviews = await services.reviews.listReviews({ query: { limit: 5 } });
return { order: await started, reviews };`,
  },
  {
    name: "an input that a helper computes from the answer",
    above: 'import { buyerOf } from "./_helpers.ts";',
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const id = buyerOf(order);
return services.customers.getCustomer({ path: { id } });`,
  },
  {
    name: "a helper that throws by the answer",
    above: 'import { assertOpen } from "./_helpers.ts";',
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
assertOpen(order);
return services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "a throw that the answer decides",
    above: 'import { problem } from "heddle";',
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
if (order.status === "cancelled") throw problem("not-found");
return services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "a return that the answer decides",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
if (order.status === "cancelled") return null;
return services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "two branches of which only one is taken",
    code: `if (path.id === "x") { await services.orders.getOrder({ path: { orderId: path.id } }); }
else { await services.reviews.listReviews({ query: { limit: 5 } }); }
return {};`,
  },
  {
    name: "two values of which only one is taken",
    code: `return path.id === "x" ? await services.orders.getOrder({ path: { orderId: path.id } }) : await services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "an input that is chosen by the answer",
    code: `let id = "c-1";
const order = await services.orders.getOrder({ path: { orderId: path.id } });
if (order.status === "placed") id = "c-2";
return services.customers.getCustomer({ path: { id } });`,
  },
  {
    name: "a call that stands in for another that failed, by a catch block",
    code: `try { return await services.orders.getOrder({ path: { orderId: path.id } }); }
catch { return await services.reviews.listReviews({ query: { limit: 5 } }); }`,
  },
  {
    name: "a call that stands in for another that failed, by a callback",
    code: `return services.orders.getOrder({ path: { orderId: path.id } }).catch(() => services.reviews.listReviews({ query: { limit: 5 } }));`,
  },
  {
    name: "a call that is left out where another failed",
    code: `try { await services.orders.getOrder({ path: { orderId: path.id } }); }
catch { return null; }
return await services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "a call that stands in for nothing",
    code: `return (await services.orders.getOrder({ path: { orderId: path.id } }, { fallback: null })) ?? (await services.reviews.listReviews({ query: { limit: 5 } }));`,
  },
  {
    name: "a callback of a promise that uses the answer",
    code: `return services.orders.getOrder({ path: { orderId: path.id } }).then(({ customerId }) => services.customers.getCustomer({ path: { id: customerId } }));`,
  },
  {
    name: "a read after a write",
    code: `await services.orders.cancelOrder({ path: { orderId: path.id }, body: { reason: "x" } });
return services.orders.getOrder({ path: { orderId: path.id } });`,
  },
  {
    name: "an answer that an object keeps",
    above: 'import { Desk } from "./_helpers.ts";',
    code: `const desk = new Desk(services);
await desk.open(path.id);
return desk.buyer();`,
  },
  {
    name: "an assertion of Node.js",
    above: 'import assert from "node:assert";',
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
assert(order.status === "placed");
return services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "an answer that a store of another package keeps",
    above: 'import { LRUCache } from "lru";',
    code: `const cache = new LRUCache();
const order = await services.orders.getOrder({ path: { orderId: path.id } });
cache.set("order", order);
return services.customers.getCustomer({ path: { id: cache.get("order").customerId } });`,
    expected: ["! the answer of orders.getOrder goes to cache.set, of which nothing is known"],
  },
  {
    name: "an answer that a variable keeps",
    code: `const seen: { id?: string } = {};
const order = await services.orders.getOrder({ path: { orderId: path.id } });
seen.id = order.customerId;
return services.customers.getCustomer({ path: { id: seen.id } });`,
  },
  {
    name: "the ways of a switch",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
switch (order.status) { case "placed": return services.reviews.listReviews({ query: { limit: 5 } }); default: return services.catalog.getProduct({ path: { sku: "x" } }); }`,
  },
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
    name: "the same operation with other input",
    code: `const [one, two] = await Promise.all([services.orders.getOrder({ path: { orderId: path.id } }), services.orders.getOrder({ path: { orderId: "x" } })]);
return { one, two };`,
  },
  {
    name: "a list whose document says how many are usual",
    code: `return services.reviews.listReviews({ query: { sku: path.id } });`,
  },
  {
    name: "the same call in branches of which only one is taken",
    code: `if (path.id === "x") return { order: await services.orders.getOrder({ path: { orderId: path.id } }) };
else return { data: await services.orders.getOrder({ path: { orderId: path.id } }) };`,
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
    name: "a call after a way of a switch that has returned",
    code: `switch (path.id) { case "a": return await services.orders.getOrder({ path: { orderId: path.id } }); default: break; }
return await services.reviews.listReviews({ query: { limit: 5 } });`,
  },
  {
    name: "a part that is there by the answer",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
if (order.note === null) return null;
return { reviews: () => services.reviews.listReviews({ query: { limit: 5 } }) };`,
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
    name: "the same call with a variable that has changed",
    code: `let id = "a";
const one = await services.orders.getOrder({ path: { orderId: id } });
id = one.customerId;
const two = await services.orders.getOrder({ path: { orderId: id } });
return { one, two };`,
  },
  {
    name: "the same call after a write",
    code: `const one = await services.orders.getOrder({ path: { orderId: path.id } });
await services.orders.cancelOrder({ path: { orderId: path.id } });
const two = await services.orders.getOrder({ path: { orderId: path.id } });
return { one, two };`,
  },
  {
    name: "the same call once more where it failed",
    code: `try { return await services.orders.getOrder({ path: { orderId: path.id } }); } catch { return await services.orders.getOrder({ path: { orderId: path.id } }); }`,
  },
  {
    name: "the same call in parts of which only one is there",
    code: `return path.id === "x" ? { a: () => services.orders.getOrder({ path: { orderId: path.id } }) } : { b: () => services.orders.getOrder({ path: { orderId: path.id } }) };`,
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
];
