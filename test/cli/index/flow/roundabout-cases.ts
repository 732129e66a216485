/** Composers that get at their answers by ways that are easily lost. */
import type { Case } from "./cases.ts";

const ORDER = "const order = await services.orders.getOrder({ path: { orderId: path.id } });";
const PAGE = "const page = await services.orders.listOrders();";
const ZOD = `import { z } from "zod";`;

export const ROUNDABOUT_HELPERS = `
import type { Services } from "#gateway";
export const wrap = <A extends unknown[], R>(fn: (...args: A) => R) => (...args: A): R => fn(...args);
export async function all<T extends object>(promises: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const entries = await Promise.all(
    Object.entries<Promise<unknown>>(promises).map(async ([name, promise]) => [name, await promise] as const),
  );
  return Object.fromEntries(entries) as T;
}
type Line = { sku: string; quantity: number };
interface Order { id: string; status: string; note: string | null; lines: Line[] }
export class Base {
  readonly key: string;
  constructor(key: string) { this.key = key; }
  static of(order: Order) { return new Derived(order); }
  view(order: Order) { return order.status; }
}
export class Derived extends Base {
  readonly note: string | null;
  constructor(order: Order) { super(order.id); this.note = order.note; }
  override view(order: Order) { return \`\${super.view(order)} \${order.lines.length}\`; }
}
export class Money {
  readonly cents: number;
  constructor(cents: number) { this.cents = cents; }
  static zero = new Money(0);
  plus(other: Money) { return new Money(this.cents + other.cents); }
}
export class Holder { #id = ""; set order(order: Order) { this.#id = order.id; } get id() { return this.#id; } }
export class Skus {
  readonly order: Order;
  constructor(order: Order) { this.order = order; }
  *[Symbol.iterator]() { for (const line of this.order.lines) yield line.sku; }
}
export class Pages {
  readonly services: Services;
  constructor(services: Services) { this.services = services; }
  async *[Symbol.asyncIterator]() {
    const page = await this.services.orders.listOrders();
    for (const order of page.items) yield order.id;
  }
}
`;

export const ROUNDABOUT_CASES: readonly Case[] = [
  {
    name: "a list that no service has answered is mapped to calls",
    code: `const found = await Promise.all(path.id.split(",").map((sku) => services.catalog.getProduct({ path: { sku } }))); return found.map(({ name }) => name);`,
    expected: ["catalog.getProduct [loop]: /name passed"],
  },
  {
    name: "a list that no service has answered is reduced over calls",
    code: `return path.id.split(",").reduce<Promise<string[]>>(async (all, sku) => [...(await all), (await services.catalog.getProduct({ path: { sku } })).name], Promise.resolve([]));`,
    expected: ["catalog.getProduct [loop]: /name passed"],
  },
  {
    name: "all arguments of a wrapped function, each at its place",
    above: `import { wrap } from "./_roundabout.ts";`,
    code: `${ORDER} const customer = await services.customers.getCustomer({ path: { id: order.customerId } }); return wrap((one: typeof order, other: typeof customer) => ({ id: one.id, name: other.name }))(order, customer);`,
    expected: [
      "orders.getOrder: /customerId passed, /id passed",
      "customers.getCustomer: /name passed",
    ],
  },
  {
    name: "a list is spread into arguments",
    code: `const page = await services.orders.listOrders(); const second = (_one: unknown, other?: (typeof page.items)[number]) => other?.id; return second(...page.items);`,
    expected: ["orders.listOrders: /items/*/id passed"],
  },
  {
    name: "an object that holds a spread is spread again",
    code: `${ORDER} const copy = { ...order }; return { ...copy, more: 1 };`,
    expected: ["orders.getOrder: / passed"],
  },
  {
    name: "a spread of a spread, with members over both",
    code: `const rating = await services.reviews.getRating({ path: { sku: path.id } }); return { ...{ ...rating, average: 1, more: 2 }, sku: "x" };`,
    expected: ["reviews.getRating: /reviews passed"],
  },
  {
    name: "a function of a package as a callback",
    above: `${ZOD} const line = z.object({ sku: z.string() });`,
    code: `${ORDER} return order.lines.map(line.parse as (value: unknown) => unknown);`,
    expected: [
      "orders.getOrder: /lines read",
      "! orders.getOrder /lines/* goes to parse of what z.object gives, whose source is not followed",
      "! orders.getOrder /lines goes to parse of what z.object gives, whose source is not followed",
    ],
  },
  {
    name: "a function of a package behind a promise",
    above: `${ZOD} const whole = z.object({ id: z.string() });`,
    code: "return services.orders.getOrder({ path: { orderId: path.id } }).then(whole.parse);",
    expected: [
      "orders.getOrder: / read",
      "! the answer of orders.getOrder goes to parse of what z.object gives, whose source is not followed",
    ],
  },
  {
    name: "a function of a package or one of the project's own",
    above: `${ZOD} const whole = z.object({ id: z.string() });`,
    code: `${ORDER} const view: (of: typeof order) => { id: string } = path.id === "x" ? whole.parse : ({ id }) => ({ id }); return view(order);`,
    expected: [
      "orders.getOrder: / read, /id passed",
      "! the answer of orders.getOrder goes to parse of what z.object gives, whose source is not followed",
    ],
  },
  {
    name: "an answer that stands in for another is not sent",
    code: `const usual = await services.orders.getOrder({ path: { orderId: "usual" } }); const { id } = await services.orders.getOrder({ path: { orderId: path.id } }, { fallback: usual }); return id;`,
    expected: ["orders.getOrder: /id passed", "orders.getOrder: /id passed"],
  },
  {
    name: "promises of an object, each by its name",
    above: `import { all } from "./_roundabout.ts";`,
    code: `const { one, other } = await all({ one: services.orders.getOrder({ path: { orderId: path.id } }), other: services.customers.getCustomer({ path: { id: path.id } }) }); return { id: one.id, name: other.name };`,
    expected: ["orders.getOrder: /id passed", "customers.getCustomer: /name passed"],
  },
  {
    name: "a class above, by its constructor's own arguments",
    above: `import { Derived } from "./_roundabout.ts";`,
    code: `${ORDER} const { key, note } = new Derived(order); return { key, note };`,
    expected: ["orders.getOrder: /id passed, /note passed"],
  },
  {
    name: "static members, and methods of the class above",
    above: `import { Base } from "./_roundabout.ts";`,
    code: `${ORDER} return Base.of(order).view(order);`,
    expected: ["orders.getOrder: /lines read, /status read"],
  },
  {
    name: "what a setter reads",
    above: `import { Holder } from "./_roundabout.ts";`,
    code: `${ORDER} const holder = new Holder(); holder.order = order; return holder.id;`,
    expected: ["orders.getOrder: /id passed"],
  },
  {
    name: "what a setter of an object reads",
    code: `${ORDER} let id = ""; const holder = { set order(given: typeof order) { id = given.id; } }; holder.order = order; return id;`,
    expected: ["orders.getOrder: /id passed"],
  },
  {
    name: "an iterable of the project's own",
    above: `import { Skus } from "./_roundabout.ts";`,
    code: `${ORDER} return [...new Skus(order)];`,
    expected: ["orders.getOrder: /lines/*/sku passed"],
  },
  {
    name: "calls that an asynchronous iterable makes",
    above: `import { Pages } from "./_roundabout.ts";`,
    code: "const ids: string[] = []; for await (const id of new Pages(services)) ids.push(id); return ids;",
    expected: ["orders.listOrders: /items/*/id passed"],
  },
  {
    name: "an iterator that is written by hand",
    code: `${PAGE} const items: Iterable<(typeof page.items)[number]> = { [Symbol.iterator]: () => { let at = 0; return { next: () => ({ done: at >= 3, value: page.items[at++] as (typeof page.items)[number] }) }; } }; return [...items].map(({ id }) => id);`,
    expected: ["orders.listOrders: /items/*/id passed"],
  },
  {
    name: "a generator that is asked step by step",
    code: `${ORDER} function* views() { yield { id: order.id, whole: order }; } const { value, done } = views().next(); return done === true ? null : value?.id;`,
    expected: ["orders.getOrder: /id passed"],
  },
  {
    name: "what is put into an answer goes on with it, parts too",
    code: `const product: Record<string, unknown> & { sku: string } = await services.catalog.getProduct({ path: { sku: path.id } }); product.rating = () => services.reviews.getRating({ path: { sku: path.id } }); return product;`,
    expected: ["catalog.getProduct: / passed", "reviews.getRating part rating: / passed"],
  },
  {
    name: "what is assigned to an answer",
    code: "const product = await services.catalog.getProduct({ path: { sku: path.id } }); return Object.assign(product, { rating: await services.reviews.getRating({ path: { sku: path.id } }) });",
    expected: ["catalog.getProduct: / passed", "reviews.getRating: / passed"],
  },
  {
    name: "what is added to a list of an answer",
    code: `${PAGE} ${ORDER} page.items.push(order); return page.items.map(({ note }) => note);`,
    expected: ["orders.listOrders: /items/*/note passed", "orders.getOrder: /note passed"],
  },
  {
    name: "a function that is bound to its first arguments",
    code: "const load = (of: typeof services, orderId: string) => of.orders.getOrder({ path: { orderId } }); const bound = load.bind(null, services); return (await bound(path.id)).id;",
    expected: ["orders.getOrder: /id passed"],
  },
  {
    name: "a computed member of a pattern that is assigned",
    code: `${ORDER} let found: unknown; const key = "note" as const; ({ [key]: found } = order); return { found };`,
    expected: ["orders.getOrder: /note passed"],
  },
  {
    name: "the body of an error that is caught, and nothing else of it",
    above: `import { problem, UpstreamError } from "heddle";`,
    code: `try { return (await services.orders.getOrder({ path: { orderId: path.id } })).id; } catch (error) { if (!(error instanceof UpstreamError)) throw problem("internal", {}, error); return (error.body as { title: string }).title; }`,
    expected: ["orders.getOrder: ()/title passed, /id passed"],
  },
  {
    name: "the body of an error, by the promise's own methods",
    code: `const one = services.orders.getOrder({ path: { orderId: path.id } }).then(({ id }) => id).catch((error) => error.body.title as string); const [other] = await Promise.allSettled([services.customers.getCustomer({ path: { id: path.id } })]); return { one: await one, other: other.status === "rejected" ? other.reason.body.detail : null };`,
    expected: [
      "orders.getOrder: ()/title passed, /id passed",
      "customers.getCustomer: ()/detail passed",
    ],
  },
  {
    name: "objects that make others of their class, round by round",
    above: `import { Money } from "./_roundabout.ts";`,
    code: `${PAGE} return page.items.reduce((sum, { total }) => sum.plus(new Money(total.amount)), Money.zero).cents;`,
    expected: ["orders.listOrders: /items/*/total/amount read"],
  },
];
