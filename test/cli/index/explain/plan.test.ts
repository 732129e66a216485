/** When calls begin and end by the source, with reviews that take five times as long as all others. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Explanation } from "../../../../cli/index/explain/explain-route.ts";
import { HELPERS } from "./helpers.ts";
import { explainTexts, planLines, readShop } from "./support.ts";

const ORDER = "services.orders.getOrder({ path: { orderId: path.id } })";
const REVIEWS = "services.reviews.listReviews({ query: { limit: 5 } })";
const BUYER = "services.customers.getCustomer({ path: { id: order.customerId } })";
const RATING = "services.reviews.getRating({ path: { sku } })";
const LIKE = "as { customerId: string }";

/** The customer waits for the order alone. */
const APART = [
  "0-100 orders.getOrder",
  "0-500* reviews.listReviews",
  "100-200 customers.getCustomer",
];
/** And here for the reviews as well. */
const TOGETHER = [
  "0-100 orders.getOrder",
  "0-500* reviews.listReviews",
  "500-600* customers.getCustomer",
];

const CASES: readonly (readonly [name: string, code: string, plan: readonly string[]])[] = [
  [
    "Promise.all",
    `const [order, reviews] = await Promise.all([${ORDER}, ${REVIEWS}]); return { reviews, buyer: await ${BUYER} };`,
    TOGETHER,
  ],
  [
    "Promise.all of what was begun before",
    `const begun = [${ORDER}, ${REVIEWS}] as const; const [order] = await Promise.all(begun); return ${BUYER};`,
    TOGETHER,
  ],
  [
    "a promise that is awaited later",
    `const reviews = ${REVIEWS}; const order = await ${ORDER}; const buyer = await ${BUYER}; return { buyer, reviews: await reviews };`,
    ["0-500* reviews.listReviews", "0-100 orders.getOrder", "100-200 customers.getCustomer"],
  ],
  [
    "one of two promises that a pattern takes apart",
    `const [one, two] = [${ORDER}, ${REVIEWS}]; const order = await one; const buyer = await ${BUYER}; return { buyer, two: await two };`,
    APART,
  ],
  [
    "one of two promises of an object",
    `const { one, two } = { one: ${ORDER}, two: ${REVIEWS} }; const order = await one; const buyer = await ${BUYER}; return { buyer, two: await two };`,
    APART,
  ],
  [
    "one of two promises of a list",
    `const all: Promise<unknown>[] = []; all.push(${ORDER}); all.push(${REVIEWS}); const order = (await all.shift()) ${LIKE}; return { buyer: await ${BUYER}, all: await Promise.all(all) };`,
    // Its input comes of either, for all that is known.
    TOGETHER,
  ],
  [
    "one of two promises of a Map",
    `const all = new Map<string, Promise<unknown>>(); all.set("a", ${ORDER}); all.set("b", ${REVIEWS}); const order = (await all.get("a")) ${LIKE}; return ${BUYER};`,
    // Its input comes of either, for all that is known.
    TOGETHER,
  ],
  [
    "a race",
    `const order = (await Promise.race([${ORDER}, ${REVIEWS}])) ${LIKE}; return ${BUYER};`,
    // Its input comes of either, for all that is known.
    TOGETHER,
  ],
  [
    "a loop in series",
    `const { lines } = await ${ORDER}; for (const { sku } of lines) await ${RATING}; return null;`,
    ["0-100* orders.getOrder", "100-5100* reviews.getRating series"],
  ],
  [
    "each, four at a time",
    `const { lines } = await ${ORDER}; return each(lines, ({ sku }) => ${RATING}, { concurrency: 4 });`,
    ["0-100* orders.getOrder", "100-1600* reviews.getRating each"],
  ],
  [
    "parts of items, and what comes after a part",
    `const { lines } = await ${ORDER}; return lines.map(({ sku }) => ({ rating: async () => { const { average } = await ${RATING}; return { average, more: () => services.catalog.getProduct({ path: { sku: sku + average } }) }; } }));`,
    [
      "0-100* orders.getOrder",
      "100-600* reviews.getRating each",
      "600-700* catalog.getProduct batch",
    ],
  ],
  [
    "a helper that is used before and after",
    `const order = await load(services, path.id); const reviews = await ${REVIEWS}; return { reviews, again: await load(services, order.note ?? "") };`,
    ["0-100* orders.getOrder", "100-600* reviews.listReviews"],
  ],
];

const fileOf = (index: number): string => `composers/web/plan-${index}.ts`;
const planOf = (explained: ReadonlyMap<string, Explanation>, index: number): string[] => {
  const explanation = explained.get(fileOf(index));
  return explanation === undefined ? [] : planLines(explanation);
};

let explained: ReadonlyMap<string, Explanation> = new Map();

beforeAll(async () => {
  const texts = CASES.map(([, code], index) => [
    fileOf(index),
    `import { compose, each } from "#gateway";\nimport { load } from "./_helpers.ts";\nexport const composer = compose.get("/web/cases/{id}", async ({ path, services }) => {\n${code}\n});\n`,
  ]);
  const files = { ...Object.fromEntries(texts), "composers/web/_helpers.ts": HELPERS };
  explained = await explainTexts(await readShop(), files, ["reviews=500ms"]);
}, 60_000);

describe("the plan", () => {
  it.each(CASES.map(([name, , plan], index) => ({ name, plan, index })))(
    "of $name",
    ({ plan, index }) => {
      expect(planOf(explained, index)).toEqual(plan);
    },
  );
});
