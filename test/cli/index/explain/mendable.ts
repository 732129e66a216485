/** Composers that could be better. */
import type { FindingCase } from "./finding-case.ts";

export const MENDABLE: readonly FindingCase[] = [
  {
    name: "two awaits of which neither needs the other",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const reviews = await services.reviews.listReviews({ query: { limit: 5 } });
return { order, reviews };`,
    expected: [
      "series 5:23 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
    ],
  },
  {
    name: "three awaits, the last of which needs the first",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const reviews = await services.reviews.listReviews({ query: { limit: 5 } });
const c = await services.customers.getCustomer({ path: { id: order.customerId } });
return { order, reviews, c };`,
    expected: [
      "series 5:23 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
      "series 6:17 -100 customers.getCustomer waits for reviews.listReviews, whose answer it does not use",
    ],
  },
  {
    name: "a call after another that may fail",
    code: `let order = null;
try { order = await services.orders.getOrder({ path: { orderId: path.id } }); }
catch { order = null; }
const reviews = await services.reviews.listReviews({ query: { limit: 5 } });
return { order, reviews };`,
    expected: [
      "series 7:23 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
    ],
  },
  {
    name: "a callback of a promise that does not use the answer",
    code: `return services.orders.getOrder({ path: { orderId: path.id } }).then(() => services.reviews.listReviews({ query: { limit: 5 } }));`,
    expected: [
      "series 4:76 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
    ],
  },
  {
    name: "awaits in a helper",
    above: 'import { loadBoth } from "./_helpers.ts";',
    code: `return loadBoth(services, path.id);`,
    expected: [
      "series _helpers.ts:13:25 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
    ],
  },
  {
    name: "a part that needs nothing of what is awaited before",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return { order, reviews: () => services.reviews.listReviews({ query: { limit: 5 } }) };`,
    expected: [
      "series 5:32 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
    ],
  },
  {
    name: "a loop that awaits each item",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const products = [];
for (const { sku } of order.lines) products.push(await services.reviews.getRating({ path: { sku } }));
return products;`,
    expected: [
      "loop 6:1 -900 the loop awaits reviews.getRating for one item before it begins with the next",
    ],
  },
  {
    name: "a map over a list without a bound",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return Promise.all(order.lines.map(({ sku }) => services.reviews.getRating({ path: { sku } })));`,
    expected: [
      "fan-out 5:20 reviews.getRating is called for all items at once, however many there are",
    ],
  },
  {
    name: "the same call twice",
    code: `const one = await services.orders.getOrder({ path: { orderId: path.id } });
const two = await services.orders.getOrder({ path: { orderId: path.id } });
return { one, two };`,
    expected: [
      "repeat 5:19 orders.getOrder is called with the same input as at 4:19; the gateway makes the call once",
    ],
  },
  {
    name: "a call after Promise.allSettled",
    code: `await Promise.allSettled([services.orders.getOrder({ path: { orderId: path.id } })]);
return services.reviews.listReviews({ query: { limit: 5 } });`,
    expected: [
      "series 5:8 -100 reviews.listReviews waits for orders.getOrder, whose answer it does not use",
    ],
  },
  {
    name: "calls that do not need each other, for each item",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return each(order.lines, async ({ sku }) => { const product = await services.catalog.getProduct({ path: { sku } }); const a = await services.catalog.getAvailability({ path: { sku } }); return { product, a }; });`,
    expected: [
      "series 5:133 -100 catalog.getAvailability waits for catalog.getProduct, whose answer it does not use",
    ],
  },
  {
    name: "promises that a loop gathers",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const all: unknown[] = [];
for (const { sku } of order.lines) all.push(services.reviews.getRating({ path: { sku } }));
return Promise.all(all);`,
    expected: [
      "fan-out 6:1 reviews.getRating is called for all items at once, however many there are",
    ],
  },
  {
    name: "a map over a copy of a list",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
return Promise.all([...order.lines].map(({ sku }) => services.reviews.getRating({ path: { sku } })));`,
    expected: [
      "fan-out 5:20 reviews.getRating is called for all items at once, however many there are",
    ],
  },
  {
    name: "the same call in two parts",
    code: `return { a: () => services.orders.getOrder({ path: { orderId: path.id } }), b: async () => (await services.orders.getOrder({ path: { orderId: path.id } })).lines };`,
    expected: [
      "repeat 4:99 orders.getOrder is called with the same input as at 4:19; the gateway makes the call once",
    ],
  },
  {
    name: "a loop over an operation that another may answer in bulk",
    code: `const page = await services.reviews.listReviews({ query: { limit: 5 } });
const all = [];
for (const { author } of page) all.push(await services.customers.getCustomer({ path: { id: author } }));
return all;`,
    expected: [
      "loop 6:1 -900 the loop awaits customers.getCustomer for one item before it begins with the next",
      "bulk 6:47 -900 customers.getCustomer is called once an item; candidate for a bulk operation, by its shape: listCustomers (query.ids)",
    ],
  },
  {
    name: "a loop that keeps calls from their bulk operation",
    code: `const order = await services.orders.getOrder({ path: { orderId: path.id } });
const all = [];
for (const { sku } of order.lines) all.push(await services.catalog.getProduct({ path: { sku } }));
return all;`,
    expected: [
      "loop 6:1 -900 the loop awaits catalog.getProduct for one item before it begins with the next, so that catalog.listProducts never answers several at once",
    ],
  },
  {
    name: "a loop in a loop",
    code: `const page = await services.orders.listOrders({ query: { limit: 5 } });
const all = [];
for (const { lines } of page.items) for (const { sku } of lines) all.push(await services.reviews.getRating({ path: { sku } }));
return all;`,
    expected: [
      "loop 6:1 -9000 the loop awaits reviews.getRating for one item before it begins with the next",
      "loop 6:37 -9000 the loop awaits reviews.getRating for one item before it begins with the next",
    ],
  },
];
