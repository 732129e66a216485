/** What the compiler infers; type-checked by `types.test.ts`. A wrong inference does not compile. */
import { type AnswerOf, type Composer, reply } from "heddle";
import { z } from "zod";
import { compose, each, type Schemas, type Services } from "./shop.ts";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Holds<Cases extends readonly true[]> = Cases;

export const orderPage = compose.get(
  "/web/orders/{orderId}",
  { deadline: "1s" },
  async ({ path, services }) => {
    const order = await services.orders.getOrder({ path: { orderId: path.orderId } });
    return {
      order,
      customer: () => services.customers.getCustomer({ path: { id: order.customerId } }),
      lines: () =>
        each(order.lines, (line) => services.catalog.getProduct({ path: { sku: line.sku } })),
      reviews: () =>
        services.reviews.listReviews(
          { query: { order: order.id } },
          { fallback: [], stale: "10m" },
        ),
      latest: () => services.reviews.listReviews(undefined, { fallback: null }),
    };
  },
);
type OrderPage = AnswerOf<typeof orderPage>;

/** Compared by identity in `types.test.ts`: the very type of the document, not a copy of it. */
export type SameOrder = [OrderPage["order"], Schemas["Order"]];
export type SameCustomer = [OrderPage["customer"], Schemas["Customer"]];
export type SameProduct = [OrderPage["lines"][number], Schemas["Product"]];

export type Pages = Holds<
  [
    Equal<keyof OrderPage, "order" | "customer" | "lines" | "reviews" | "latest">,
    Equal<OrderPage["lines"], Schemas["Product"][]>,
    // A fallback joins the type: the empty list, and null.
    Equal<OrderPage["reviews"], Schemas["Review"][] | readonly []>,
    Equal<OrderPage["latest"], Schemas["Review"][] | null>,
  ]
>;

export const context = compose.post(
  "/orders/{orderId}/lines/{line}.json",
  {
    query: z.object({ limit: z.coerce.number().default(10) }),
    header: z.object({ "if-match": z.string() }),
    body: z.object({ sku: z.string(), note: z.string().optional() }),
  },
  (given) => {
    type Given = typeof given;
    type Cases = Holds<
      [
        Equal<Given["path"]["orderId"], string>,
        Equal<keyof Given["path"], "orderId" | "line">,
        Equal<Given["query"], { limit: number }>,
        Equal<Given["header"], { "if-match": string }>,
        Equal<Given["body"], { sku: string; note?: string | undefined }>,
        Equal<Given["services"], Services>,
        Equal<Given["signal"], AbortSignal>,
        Equal<Given["request"]["id"], string>,
      ]
    >;
    return null as Cases | null as null;
  },
);

export const raw = compose.put("/orders", ({ path, query, header, body }) => {
  type Cases = Holds<
    [
      Equal<keyof typeof path, never>,
      Equal<(typeof query)["limit"], string | string[] | undefined>,
      Equal<(typeof header)["accept"], string | string[] | undefined>,
      Equal<typeof body, unknown>,
    ]
  >;
  return null as Cases | null as null;
});

export const numbered = compose.get(
  "/orders/{number}",
  { path: z.object({ number: z.coerce.number() }) },
  ({ path }) => path.number,
);

export const narrowed = compose.get("/orders/{orderId}/state", async ({ path, services }) => {
  const answer = await services.orders.getOrder.result({ path });
  if (answer.status === 200) return { state: answer.body.state };
  if (answer.status === 404) return reply({ missing: answer.body.title }, { status: 404 });
  type Rest = Holds<[Equal<(typeof answer)["body"], unknown>]>;
  return { state: null as Rest | null as null };
});

interface Tree {
  name: string;
  anything: unknown;
  children: Tree[];
}

interface LazyTree {
  name: string;
  children: () => Promise<LazyTree[]>;
}

type Sku = string & { readonly brand: "Sku" };

export const everything = compose.get("/everything", ({ services }) => ({
  sync: () => 1,
  nested: async () => ({ customer: () => services.customers.getCustomer({ path: { id: "c" } }) }),
  list: [{ part: () => "text" }],
  promised: async () => [{ part: async () => true }],
  tuple: [1, () => "two"] as const,
  either: Math.random() > 0.5 ? () => 1 : null,
  date: new Date(),
  sku: "sku" as Sku,
  tree: null as unknown as Tree,
  lazy: null as unknown as LazyTree,
  whatever: null as unknown,
  optional: {} as { part?: () => number; readonly fixed: () => string },
  indexed: {} as Record<string, () => Promise<number>>,
  void: undefined,
}));
type Everything = AnswerOf<typeof everything>;

export type SameTree = [Everything["tree"], Tree];

export type Unwrapping = Holds<
  [
    Equal<Everything["sync"], number>,
    Equal<Everything["nested"], { customer: Schemas["Customer"] }>,
    Equal<Everything["list"], { part: string }[]>,
    Equal<Everything["promised"], { part: boolean }[]>,
    Equal<Everything["tuple"], readonly [1, string]>,
    Equal<Everything["either"], number | null>,
    Equal<Everything["date"], string>,
    Equal<Everything["sku"], Sku>,
    Equal<Everything["lazy"]["children"][number]["children"][number]["name"], string>,
    Equal<Everything["whatever"], unknown>,
    Equal<Everything["optional"], { part?: number; readonly fixed: string }>,
    Equal<Everything["indexed"], Record<string, number>>,
  ]
>;

export const created = compose.post("/orders", async () =>
  reply({ id: "o1", customer: async () => ({ name: "Ada" }) }, { status: 201 }),
);
export const nothing = compose.delete("/orders/{id}", async () => undefined);

export type Answers = Holds<
  [
    Equal<AnswerOf<typeof created>, { id: string; customer: { name: string } }>,
    Equal<AnswerOf<typeof numbered>, number>,
    Equal<AnswerOf<typeof nothing>, undefined>,
    Equal<
      AnswerOf<typeof narrowed>,
      { state: "open" | "shipped" } | { missing: string } | { state: null }
    >,
  ]
>;

/** Every composer is a `Composer`, so that a list of routes can hold them all. */
export const all: readonly Composer[] = [
  orderPage,
  context,
  raw,
  numbered,
  narrowed,
  everything,
  created,
];

/** A described answer: what the function gives has to fit, parts unwrapped. */
export const described = compose.get(
  "/described/{orderId}",
  { output: z.object({ id: z.string(), customer: z.object({ name: z.string() }).nullable() }) },
  async ({ path, services }) => ({
    id: path.orderId,
    customer: () => services.customers.getCustomer({ path: { id: "c" } }, { fallback: null }),
  }),
);

/** Of what a description is not about, the answers from 300 on and those without a body, it asks nothing. */
export const describedInPart = compose.post(
  "/described/{orderId}",
  {
    output: z.object({ id: z.string(), count: z.number() }),
    body: z.object({ count: z.number() }),
  },
  async ({ path, body }) => {
    if (body.count === 0) return undefined;
    if (body.count < 0) return reply({ message: "less than nothing" }, { status: 422 });
    return reply({ id: path.orderId, count: () => body.count }, { status: 201 });
  },
);
