/** Composers that look as if calls could be earlier or fewer, and cannot. */
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
    name: "the same operation with other input",
    code: `const [one, two] = await Promise.all([services.orders.getOrder({ path: { orderId: path.id } }), services.orders.getOrder({ path: { orderId: "x" } })]);
return { one, two };`,
  },
  {
    name: "the same call in branches of which only one is taken",
    code: `if (path.id === "x") return { order: await services.orders.getOrder({ path: { orderId: path.id } }) };
else return { data: await services.orders.getOrder({ path: { orderId: path.id } }) };`,
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
    name: "a call with a client by path after one by name that decides about it",
    code: `const order = await services.orders.getOrder.result({ path: { orderId: path.id } });
if (order.status !== 200) return null;
const { data } = await services.reviews.client.GET("/reviews", { params: { query: { limit: 5 } } });
return { order: order.body, data };`,
  },
  {
    name: "a promise that is handed on before it is awaited",
    code: `const load = (wait: Promise<unknown>) => services.reviews.listReviews({ query: { limit: 5 } }).then(async (reviews) => ({ reviews, order: await wait }));
return load(services.orders.getOrder({ path: { orderId: path.id } }));`,
  },
  {
    name: "a recursion",
    above: `import type { Services } from "#gateway";
async function trail(services: Services, orderId: string): Promise<unknown> {
  const order = await services.orders.getOrder({ path: { orderId } });
  return order.note === null ? order : trail(services, order.note);
}`,
    code: `return trail(services, path.id);`,
  },
];
