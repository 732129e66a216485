/**
 * What must not compile, and what the compiler says about it: the text after `@ts-expect-error` is the first line of
 * its message, word for word (`types.test.ts`).
 */
import { reply } from "heddle";
import { z } from "zod";
import { compose, each } from "./shop.ts";

// The template.
// @ts-expect-error Argument of type '"/orders/:id"' is not assignable to parameter of type '"write {id} instead of :id"'.
export const colon = compose.get("/orders/:id", () => 1);
// @ts-expect-error Argument of type '"orders"' is not assignable to parameter of type '"a path must begin with /"'.
export const relative = compose.get("orders", () => 1);
// @ts-expect-error Argument of type '"/{id}/lines/{id}"' is not assignable to parameter of type '"{id} occurs twice"'.
export const twice = compose.get("/{id}/lines/{id}", () => 1);
// @ts-expect-error Argument of type '"/orders/{id"' is not assignable to parameter of type '"a brace has no partner: write {name}"'.
export const unclosed = compose.get("/orders/{id", () => 1);
// @ts-expect-error Argument of type '"/orders/{}"' is not assignable to parameter of type '"a parameter has no name: write {name}"'.
export const nameless = compose.get("/orders/{}", () => 1);
// @ts-expect-error Argument of type '"/orders?limit=1"' is not assignable to parameter of type '"a path has no query: declare it in the options"'.
export const queried = compose.get("/orders?limit=1", () => 1);
// @ts-expect-error Argument of type '"/orders//lines"' is not assignable to parameter of type '"a path must not contain //"'.
export const empty = compose.get("/orders//lines", () => 1);

// The input.
// @ts-expect-error Property 'order' does not exist on type 'PathOf<"/orders/{orderId}">'. Did you mean 'orderId'?
export const parameter = compose.get("/orders/{orderId}", ({ path }) => path.order);
// @ts-expect-error 'body' is of type 'unknown'.
export const body = compose.post("/orders", ({ body }) => body.sku);
// @ts-expect-error 'body' is possibly 'undefined'.
export const bodyOfGet = compose.get("/orders", ({ body }) => body.sku);
export const field = compose.post(
  "/orders",
  { body: z.object({ sku: z.string() }) },
  // @ts-expect-error Property 'skw' does not exist on type '{ sku: string; }'.
  ({ body }) => body.skw,
);
// @ts-expect-error Property 'order' does not exist on type 'Services'. Did you mean 'orders'?
export const service = compose.get("/orders", ({ services }) => services.order);

// The options.
// @ts-expect-error Object literal may only specify known properties, but 'qery' does not exist in type 'GetOptions<PathOf<"/orders">, RawQuery, RawHeader, unknown>'. Did you mean to write 'query'?
export const option = compose.get("/orders", { qery: z.object({}) }, () => 1);
// @ts-expect-error Object literal may only specify known properties, and 'body' does not exist in type 'GetOptions<PathOf<"/orders">, RawQuery, RawHeader, unknown>'.
export const bodySchema = compose.get("/orders", { body: z.object({}) }, () => 1);
// @ts-expect-error Type '"soon"' is not assignable to type '`${number}ms` | `${number}s` | `${number}m` | `${number}h` | `${number}d`'.
export const deadline = compose.get("/orders", { deadline: "soon" }, () => 1);
// @ts-expect-error Object literal may only specify known properties, and 'limit' does not exist in type 'Schema<RawQuery>'.
export const schema = compose.get("/orders", { query: { limit: "number" } }, () => 1);

// What is kept of answers.
// @ts-expect-error Type '"soon"' is not assignable to type 'RouteCachePolicy'.
export const soon = compose.get("/orders", { cache: "soon" }, () => 1);
// @ts-expect-error Type 'true' is not assignable to type 'RouteCachePolicy'.
export const always = compose.get("/orders", { cache: true }, () => 1);
// @ts-expect-error Type '{ tags: string[]; }' is not assignable to type 'RouteCachePolicy'.
export const timeless = compose.get("/orders", { cache: { tags: ["orders"] } }, () => 1);
// @ts-expect-error Object literal may only specify known properties, but 'tag' does not exist in type 'RouteCacheOptions'. Did you mean to write 'tags'?
export const misspelt = compose.get("/orders", { cache: { ttl: "1s", tag: "orders" } }, () => 1);
// @ts-expect-error Type 'string' is not assignable to type 'readonly string[]'.
export const tag = compose.get("/orders", { cache: { ttl: "1s", tags: "orders" } }, () => 1);
// @ts-expect-error Object literal may only specify known properties, and 'cache' does not exist in type 'BodyOptions<PathOf<"/orders">, RawQuery, RawHeader, unknown, unknown>'.
export const posted = compose.post("/orders", { cache: "30s" }, () => 1);
// @ts-expect-error Object literal may only specify known properties, and 'cache' does not exist in type 'BodyOptions<PathOf<"/orders">, RawQuery, RawHeader, unknown, unknown>'.
export const queriedToo = compose.query("/orders", { cache: "30s" }, () => 1);
// @ts-expect-error Object literal may only specify known properties, and 'cache' does not exist in type 'ComposeOptions<PathOf<"/orders">, RawQuery, RawHeader, unknown>'.
export const headed = compose.head("/orders", { cache: "30s" }, () => 1);

// @ts-expect-error Type 'string' is not assignable to type 'number'.
export const budgetText = compose.get("/a", { budget: { calls: "5" } }, () => 1);
// @ts-expect-error Object literal may only specify known properties, but 'call' does not exist in type 'RouteBudget'. Did you mean to write 'calls'?
export const budgetCall = compose.get("/a", { budget: { call: 5 } }, () => 1);

// The answer.
// @ts-expect-error Argument of type '() => { total: { amount: bigint; }; }' is not assignable to parameter of type '"total.amount is a bigint: answer a string"'.
export const bigint = compose.get("/a", () => ({ total: { amount: 1n } }));
// @ts-expect-error Argument of type '() => { key: symbol; }' is not assignable to parameter of type '"key is a symbol: answer a string"'.
export const symbol = compose.get("/a", () => ({ key: Symbol("key") }));
// @ts-expect-error Argument of type '() => { lines: () => { bySku: Map<string, number>; }[]; }' is not assignable to parameter of type '"lines[].bySku is a Map or Set: answer an object or an array"'.
export const map = compose.get("/a", () => ({
  lines: () => [{ bySku: new Map<string, number>() }],
}));
// @ts-expect-error Argument of type '() => { product: (sku: string) => string; }' is not assignable to parameter of type '"product is a part that takes arguments: a part is called without"'.
export const given = compose.get("/a", () => ({ product: (sku: string) => sku }));
// @ts-expect-error Argument of type '() => { eager: Promise<number>; }' is not assignable to parameter of type '"eager is a promise: await it, or make it a part: () => ..."'.
export const promise = compose.get("/a", () => ({ eager: Promise.resolve(1) }));
// @ts-expect-error Argument of type '() => { file: Uint8Array<ArrayBuffer>; }' is not assignable to parameter of type '"file is bytes or a stream: a composer answers JSON"'.
export const bytes = compose.get("/a", () => ({ file: new Uint8Array(1) }));
// @ts-expect-error Argument of type '() => { inner: Reply<number, never>; }' is not assignable to parameter of type '"inner is a reply: only the whole answer can be one"'.
export const inner = compose.get("/a", () => ({ inner: reply(1) }));
// @ts-expect-error Argument of type '() => Reply<{ amount: bigint; }, never>' is not assignable to parameter of type '"amount is a bigint: answer a string"'.
export const replied = compose.get("/a", () => reply({ amount: 1n }));
// @ts-expect-error Argument of type '() => Promise<Set<string>>' is not assignable to parameter of type '"the answer is a Map or Set: answer an object or an array"'.
export const set = compose.get("/a", async () => new Set<string>());
// @ts-expect-error Argument of type '() => void' is not assignable to parameter of type '"the answer is nothing: return a value, or undefined"'.
export const nothing = compose.get("/a", () => {});
// @ts-expect-error Argument of type '() => { a: bigint; b: () => Promise<symbol>; }' is not assignable to parameter of type '"a is a bigint: answer a string" | "b is a symbol: answer a string"'.
export const several = compose.get("/a", () => ({ a: 1n, b: async () => Symbol("b") }));

// Calls.
export const calls = compose.get("/a/{id}", async ({ path, services }) => {
  // @ts-expect-error Property 'orderId' is missing in type '{}' but required in type '{ orderId: string; }'.
  const input = services.orders.getOrder({ path: {} });
  // @ts-expect-error Expected 1-2 arguments, but got 0.
  const none = services.orders.getOrder();
  const order = await services.orders.getOrder({ path: { orderId: path.id } });
  const reviews = await services.reviews.listReviews({}, { fallback: null });
  const answer = await services.orders.getOrder.result({ path: { orderId: path.id } });
  return {
    parts: () => [input, none].length,
    // @ts-expect-error Property 'identity' does not exist on type '{ id: string; customerId: string; state: "open" | "shipped"; placedAt: string; note?: string | null; lines: { sku: string; quantity: number; }[]; readonly total: { amount: number; currency: string; }; labels?: { ...; }; extra?: unknown; }'.
    id: order.identity,
    // @ts-expect-error 'reviews' is possibly 'null'.
    stars: reviews.length,
    // @ts-expect-error 'answer.body' is of type 'unknown'.
    state: answer.body.state,
    lines: () =>
      // @ts-expect-error Property 'skw' does not exist on type '{ sku: string; quantity: number; }'.
      each(order.lines, (line) => services.catalog.getProduct({ path: { sku: line.skw } })),
  };
});

// A described answer.
const output = z.object({ id: z.string(), count: z.number() });
// @ts-expect-error Argument of type '() => { id: string; }' is not assignable to parameter of type '"the answer is not what `output` describes"'.
export const otherwise = compose.get("/described", { output }, () => ({ id: "a" }));
// @ts-expect-error Argument of type '() => { id: string; count: () => Promise<string>; }' is not assignable to parameter of type '"the answer is not what `output` describes"'.
export const part = compose.get("/described", { output }, () => ({
  id: "a",
  count: async () => "3",
}));
// @ts-expect-error Argument of type '() => unknown' is not assignable to parameter of type '"the answer is not what `output` describes"'.
export const anything = compose.get("/described", { output }, (): unknown => ({ id: "a" }));
// @ts-expect-error Argument of type '() => Reply<{ id: string; }, 201>' is not assignable to parameter of type '"the answer is not what `output` describes"'.
export const made = compose.post("/described", { output }, () =>
  reply({ id: "a" }, { status: 201 }),
);
// @ts-expect-error Argument of type '() => Reply<{ id: string; }, number>' is not assignable to parameter of type '"the answer is not what `output` describes"'.
export const either = compose.post("/described", { output }, () =>
  reply({ id: "a" }, { status: 200 + Date.now() }),
);
