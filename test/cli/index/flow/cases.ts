/** Composers, and all that is to be known of each: every call and every field, and nothing else. */

export interface Case {
  readonly name: string;
  /** The composer's function, or its body. */
  readonly code: string;
  /** Statements above the composer. */
  readonly above?: string;
  readonly expected: readonly string[];
}

const ORDER = "const order = await services.orders.getOrder({ path: { orderId: path.id } });";
const PAGE = "const page = await services.orders.listOrders();";

export const HELPERS = `
import type { Services } from "#gateway";
type Order = Awaited<ReturnType<Services["orders"]["getOrder"]>>;
export const amountOf = ({ total }: Order): number => total.amount;
export async function load(services: Services, orderId: string) {
  return services.orders.getOrder({ path: { orderId } });
}
export function pick<Item, Key extends keyof Item>(item: Item, key: Key): Item[Key] {
  return item[key];
}
export function first<Item>(items: readonly Item[]): Item | undefined {
  return items[0];
}
export const apply = <In, Out>(value: In, change: (value: In) => Out): Out => change(value);
export const curried = (services: Services) => (id: string) => services.customers.getCustomer({ path: { id } });
export class Shelf {
  readonly #services: Services;
  readonly services: Services;
  constructor(services: Services) {
    this.services = services;
    this.#services = services;
  }
  async product(sku: string) {
    const { name } = await this.services.catalog.getProduct({ path: { sku } });
    return name;
  }
}
export interface Tree { readonly name: string; readonly children: readonly Tree[] }
export function assertOpen(order: Order): void {
  if (order.status === "cancelled") throw new Error("cancelled");
}
`;

export const CASES: readonly Case[] = [
  {
    name: "the whole answer",
    code: `${ORDER} return order;`,
    expected: ["orders.getOrder: / passed"],
  },
  {
    name: "an answer that nobody looks at",
    code: `${ORDER} return { ok: true };`,
    expected: ["orders.getOrder:"],
  },
  {
    name: "single fields, at any depth",
    code: `${ORDER} return { id: order.id, amount: order.total.amount };`,
    expected: ["orders.getOrder: /id passed, /total/amount passed"],
  },
  {
    name: "a field below one that is passed is not listed again",
    code: `${ORDER} return { total: order.total, amount: order.total.amount };`,
    expected: ["orders.getOrder: /total passed"],
  },
  {
    name: "a field that is passed and read",
    code: `${ORDER} return order.note === null ? { id: order.id } : { note: order.note };`,
    expected: ["orders.getOrder: /id passed, /note passed read"],
  },
  {
    name: "aliases of services and operations",
    code: `const { orders } = services; const get = orders.getOrder; const { id } = await get({ path: { orderId: path.id } }); return { id };`,
    expected: ["orders.getOrder: /id passed"],
  },
  {
    name: "a service by a key with a literal type",
    code: `const which = "orders"; const order = await services[which]["getOrder"]({ path: { orderId: path.id } }); return order.status;`,
    expected: ["orders.getOrder: /status passed"],
  },
  {
    name: "nested patterns with defaults",
    code: `${ORDER} const { total: { amount, currency = "EUR" }, lines: [line] } = order; return { amount, currency, sku: line?.sku };`,
    expected: [
      "orders.getOrder: /lines/*/sku passed, /total/amount passed, /total/currency passed",
    ],
  },
  {
    name: "what a rest pattern leaves",
    code: `const { price, stock, image, ...rest } = await services.catalog.getProduct({ path: { sku: path.id } }); return { rest, amount: price.amount };`,
    expected: [
      "catalog.getProduct: /addedAt passed, /categories passed, /description passed, /name passed, /price/amount passed, /sku passed",
    ],
  },
  {
    name: "a spread whose members are put over",
    code: `const rating = await services.reviews.getRating({ path: { sku: path.id } }); return { ...rating, average: 3 };`,
    expected: ["reviews.getRating: /reviews passed, /sku passed"],
  },
  {
    name: "a spread beside members of its own",
    code: `const rating = await services.reviews.getRating({ path: { sku: path.id } }); return { ...rating, more: 3 };`,
    expected: ["reviews.getRating: / passed"],
  },
  {
    name: "a spread that comes last",
    code: `const rating = await services.reviews.getRating({ path: { sku: path.id } }); return { average: 3, ...rating }.average;`,
    expected: ["reviews.getRating: /average passed"],
  },
  {
    name: "helpers of another file",
    above: `import { amountOf, load } from "./_helpers.ts";`,
    code: "const order = await load(services, path.id); return { amount: amountOf(order), id: order.id };",
    expected: ["orders.getOrder: /id passed, /total/amount passed"],
  },
  {
    name: "a whole module of helpers",
    above: `import * as helpers from "./_helpers.ts";`,
    code: "return helpers.amountOf(await helpers.load(services, path.id));",
    expected: ["orders.getOrder: /total/amount passed"],
  },
  {
    name: "generic helpers, each call on its own",
    above: `import { first, pick } from "./_helpers.ts";`,
    code: `const page = await services.catalog.listProducts(); const product = first(page.items); if (product === undefined) return null; return { name: pick(product, "name"), total: pick(page, "total") };`,
    expected: ["catalog.listProducts: /items/* read, /items/*/name passed, /total passed"],
  },
  {
    name: "functions that are handed on",
    above: `import { apply } from "./_helpers.ts";`,
    code: `${ORDER} return apply(order, ({ status }) => status);`,
    expected: ["orders.getOrder: /status passed"],
  },
  {
    name: "functions that make functions",
    above: `import { curried } from "./_helpers.ts";`,
    code: "const customer = curried(services); const { email } = await customer(path.id); return email;",
    expected: ["customers.getCustomer: /email passed"],
  },
  {
    name: "methods of classes",
    above: `import { Shelf } from "./_helpers.ts";`,
    code: "const shelf = new Shelf(services); return { name: await shelf.product(path.id) };",
    expected: ["catalog.getProduct: /name passed"],
  },
  {
    name: "closures over what was answered",
    code: `${ORDER} const isOpen = () => order.status === "placed"; return { open: isOpen() };`,
    expected: ["orders.getOrder: /status read"],
  },
  {
    name: "either of two, by what is true",
    code: `${ORDER} const customer = order.customerId === "c-1" ? null : await services.customers.getCustomer({ path: { id: order.customerId } }); return customer?.name ?? order.id;`,
    expected: [
      "orders.getOrder: /customerId passed read, /id passed",
      "customers.getCustomer [branch]: /name passed",
    ],
  },
  {
    name: "the longest of a chain alone",
    code: "const product = await services.catalog.getProduct({ path: { sku: path.id } }); return product?.image?.url;",
    expected: ["catalog.getProduct: /image/url passed"],
  },
  {
    name: "whether something is there",
    code: "const product = await services.catalog.getProduct({ path: { sku: path.id } }); return product.image !== null;",
    expected: ["catalog.getProduct: /image read"],
  },
  {
    name: "calls in parallel, by position",
    code: `const [order, { name }] = await Promise.all([services.orders.getOrder({ path: { orderId: path.id } }), services.customers.getCustomer({ path: { id: path.id } })]); return { name, id: order.id };`,
    expected: ["orders.getOrder: /id passed", "customers.getCustomer: /name passed"],
  },
  {
    name: "calls in parallel, whatever becomes of them",
    code: `const [one, two] = await Promise.allSettled([services.orders.getOrder({ path: { orderId: path.id } }), services.customers.getCustomer({ path: { id: path.id } })]); return { id: one.status === "fulfilled" ? one.value.id : null, name: two.status === "fulfilled" ? two.value.name : null };`,
    expected: ["orders.getOrder: /id passed", "customers.getCustomer: /name passed"],
  },
  {
    name: "the first of several",
    code: `const one = await Promise.race([services.reviews.getRating({ path: { sku: "a" } }), services.reviews.getRating({ path: { sku: "b" } })]); return one.average;`,
    expected: ["reviews.getRating: /average passed", "reviews.getRating: /average passed"],
  },
  {
    name: "then and catch",
    code: `return services.orders.getOrder({ path: { orderId: path.id } }).then((order) => order.status).catch(() => "unknown");`,
    expected: ["orders.getOrder: /status passed"],
  },
  {
    name: "each, with calls for its items",
    code: `${ORDER} return each(order.lines, async ({ sku, quantity }) => ({ quantity, product: await services.catalog.getProduct({ path: { sku } }) }));`,
    expected: [
      "orders.getOrder: /lines/*/quantity passed, /lines/*/sku passed",
      "catalog.getProduct [loop]: / passed",
    ],
  },
  {
    name: "map, filter, sort and slice",
    code: `const { items } = await services.catalog.listProducts(); return items.filter((item) => item.stock > 0).sort((a, b) => a.price.amount - b.price.amount).slice(0, 3).map(({ name }) => name);`,
    expected: [
      "catalog.listProducts: /items/*/name passed, /items/*/price/amount read, /items/*/stock read",
    ],
  },
  {
    name: "find, some, every, includes",
    code: `const list = await services.customers.listAddresses({ path: { id: path.id } }); const home = list.find((one) => one.street === "x"); return { city: home?.city, any: list.some((one) => one.country === "NL"), all: list.every(({ postalCode }) => postalCode !== ""), has: list.map(({ id }) => id).includes(path.id) };`,
    expected: [
      "customers.listAddresses: /*/city passed, /*/country read, /*/id read, /*/postalCode read, /*/street read",
    ],
  },
  {
    name: "flatMap, concat, at, join",
    code: `${PAGE} const lines = page.items.flatMap((order) => order.lines); return { skus: lines.concat([]).map(({ sku }) => sku).join(), last: page.items.at(-1)?.id };`,
    expected: ["orders.listOrders: /items/*/id passed, /items/*/lines/*/sku read"],
  },
  {
    name: "flatMap over what is mapped inside",
    code: `${PAGE} return page.items.flatMap(({ lines }) => lines.map(({ quantity }) => quantity));`,
    expected: ["orders.listOrders: /items/*/lines/*/quantity passed"],
  },
  {
    name: "a sum by reduce",
    code: `${ORDER} return { pieces: order.lines.reduce((sum, { quantity }) => sum + quantity, 0) };`,
    expected: ["orders.getOrder: /lines/*/quantity read"],
  },
  {
    name: "a record by reduce",
    code: `${ORDER} return order.lines.reduce<Record<string, number>>((all, line) => ({ ...all, [line.sku]: line.quantity }), {});`,
    expected: ["orders.getOrder: /lines/*/quantity passed, /lines/*/sku read"],
  },
  {
    name: "how many there are",
    code: `${ORDER} return { lines: order.lines.length };`,
    expected: ["orders.getOrder: /lines read"],
  },
  {
    name: "loops over items, with what they gather",
    code: `${PAGE} const ids: string[] = []; for (const order of page.items) { if (order.status === "placed") ids.push(order.id); } return ids;`,
    expected: ["orders.listOrders: /items/*/id passed, /items/*/status read"],
  },
  {
    name: "pages until there is none",
    code: `const all = []; let cursor: string | undefined; do { const page = await services.orders.listOrders({ query: { cursor } }); for (const { id } of page.items) all.push(id); cursor = page.nextCursor ?? undefined; } while (cursor !== undefined); return all;`,
    expected: ["orders.listOrders [loop]: /items/*/id passed, /nextCursor passed read"],
  },
  {
    name: "entries and values of an object",
    code: `${ORDER} return Object.entries({ a: order.id, b: order.total.amount }).map(([name, value]) => ({ name, value })).concat(Object.values({ c: order.note }).map((value) => ({ name: "c", value: value ?? "" })));`,
    expected: ["orders.getOrder: /id passed, /note passed, /total/amount passed"],
  },
  {
    name: "entries of what was answered",
    code: `${ORDER} return Object.fromEntries(Object.entries(order.total).map(([name, value]) => [name, value]));`,
    expected: ["orders.getOrder: /total read, /total/* passed"],
  },
  {
    name: "assign",
    code: `${ORDER} const rating = await services.reviews.getRating({ path: { sku: "a" } }); const made = Object.assign({}, { id: order.id }, rating); return made;`,
    expected: ["orders.getOrder: /id passed", "reviews.getRating: / passed"],
  },
  {
    name: "a table by id",
    code: `const { items } = await services.catalog.listProducts(); const bySku = new Map(items.map((item) => [item.sku, item])); ${ORDER} return order.lines.map(({ sku }) => bySku.get(sku)?.name);`,
    expected: [
      "catalog.listProducts: /items/*/name passed, /items/*/sku read",
      "orders.getOrder: /lines/*/sku read",
    ],
  },
  {
    name: "a set of ids, sent in one call",
    code: `${ORDER} const skus = [...new Set(order.lines.map(({ sku }) => sku))]; const { items } = await services.catalog.listProducts({ query: { skus } }); return items.map(({ name }) => name);`,
    expected: [
      "orders.getOrder: /lines/*/sku passed read",
      "catalog.listProducts: /items/*/name passed",
    ],
  },
  {
    name: "text made of everything",
    code: `${ORDER} const text = JSON.stringify(order.lines); return { text };`,
    expected: ["orders.getOrder: /lines read"],
  },
  {
    name: "texts made of fields",
    code: `${ORDER} return { title: \`Order \${order.id}\`, upper: order.status.toUpperCase(), double: order.total.amount * 2 };`,
    expected: ["orders.getOrder: /id read, /status read, /total/amount read"],
  },
  {
    name: "reply, with header fields",
    above: `import { reply } from "heddle";`,
    code: `${ORDER} return reply({ id: order.id }, { headers: { "x-status": order.status } });`,
    expected: ["orders.getOrder: /id passed, /status passed"],
  },
  {
    name: "problem",
    above: `import { problem } from "heddle";`,
    code: `${ORDER} if (order.cancelledAt !== null) throw problem("gone", { detail: order.id }); return order.status;`,
    expected: ["orders.getOrder: /cancelledAt read, /id read, /status passed"],
  },
  {
    name: "answers by status",
    code: `const found = await services.orders.getOrder.result({ path: { orderId: path.id } }); if (found.status === 404) return { title: found.body.title }; if (found.status !== 200) return null; const { id } = found.body; return { id };`,
    expected: ["orders.getOrder result: (200)/id passed, (404)/title passed"],
  },
  {
    name: "answers by status, in a switch",
    code: `const found = await services.orders.getOrder.result({ path: { orderId: path.id } }); switch (found.status) { case 200: return found.body.status; case 404: return found.body.detail; default: return null; }`,
    expected: ["orders.getOrder result: (200)/status passed, (404)/detail passed"],
  },
  {
    name: "a stream of events",
    code: `const places: string[] = []; for await (const event of await services.shipping.listTrackingEvents.stream({ path: { shipmentId: path.id } })) places.push(event.place); return places;`,
    expected: ["shipping.listTrackingEvents stream: /*/place passed"],
  },
  {
    name: "the path client",
    code: `const { data, error } = await services.orders.client.GET("/orders/{orderId}", { params: { path: { orderId: path.id } } }); return data === undefined ? { title: error.title } : { id: data.id };`,
    expected: ["orders.GET /orders/{orderId} client: ()/title passed, /id passed"],
  },
  {
    name: "a key whose type names it",
    code: `${ORDER} const key: "id" | "status" = path.id === "x" ? "id" : "status"; return order[key];`,
    expected: ["orders.getOrder: /id passed, /status passed"],
  },
  {
    name: "a key that may be any",
    code: `${ORDER} return order[path.id as keyof typeof order];`,
    expected: [
      "orders.getOrder: /cancelledAt passed, /customerId passed, /id passed, /ledgerEntry passed, /lines passed, /note passed, /placedAt passed, /shipmentId passed, /status passed, /total passed",
    ],
  },
  {
    name: "a key that no type knows",
    code: `${ORDER} return (order as unknown as Record<string, unknown> & { id: string })[path.id];`,
    expected: [
      "orders.getOrder: / read",
      "! which member of orders.getOrder / is meant is computed: all of it is taken to be read",
    ],
  },
  {
    name: "cases of a switch",
    code: `${ORDER} switch (order.status) { case "shipped": return services.shipping.getShipment({ path: { shipmentId: order.shipmentId ?? "" } }); default: return null; }`,
    expected: [
      "orders.getOrder: /shipmentId passed, /status read",
      "shipping.getShipment [branch]: / passed",
    ],
  },
  {
    name: "another call when one fails",
    code: `try { return await services.orders.getOrder({ path: { orderId: path.id } }); } catch { return (await services.orders.listOrders()).items; }`,
    expected: ["orders.getOrder: / passed", "orders.listOrders [branch]: /items passed"],
  },
  {
    name: "what follows an early return",
    code: `${ORDER} if (order.shipmentId === null) return null; return services.shipping.getShipment({ path: { shipmentId: order.shipmentId } });`,
    expected: [
      "orders.getOrder: /shipmentId passed read",
      "shipping.getShipment [branch]: / passed",
    ],
  },
  {
    name: "parts, in parts, in lists",
    code: `${ORDER} return { id: order.id, customer: () => services.customers.getCustomer({ path: { id: order.customerId } }), lines: () => order.lines.map((line) => ({ sku: line.sku, product: async () => (await services.catalog.getProduct({ path: { sku: line.sku } })).name })) };`,
    expected: [
      "orders.getOrder: /customerId passed, /id passed, /lines/*/sku passed",
      "customers.getCustomer part customer: / passed",
      "catalog.getProduct [loop] part lines.*.product: /name passed",
    ],
  },
  {
    name: "a variable that is given several values",
    code: `${ORDER} let sku: string | null = null; if (order.status === "placed") sku = order.lines[0]?.sku ?? null; else sku = order.id; return { sku };`,
    expected: ["orders.getOrder: /id passed, /lines/*/sku passed, /status read"],
  },
  {
    name: "a function that calls itself",
    above: `import type { Tree } from "./_helpers.ts"; const names = (tree: Tree): string[] => [tree.name, ...tree.children.flatMap(names)];`,
    code: `${ORDER} return names(order as unknown as Tree);`,
    expected: [
      "orders.getOrder: /children/*/children/*/name passed, /children/*/name passed, /name passed",
    ],
  },
  {
    name: "a function of a package",
    above: `import { z } from "zod";`,
    code: `${ORDER} const lines = z.array(z.object({ sku: z.string() })).parse(order.lines); return lines;`,
    expected: [
      "orders.getOrder: /lines read",
      "! orders.getOrder /lines goes to z.array(z.object({ sku: z.string() })).parse of zod, whose source is not followed",
    ],
  },
  {
    name: "a function of no known type",
    above: "declare const shake: any;",
    code: `${ORDER} return shake(order.lines);`,
    expected: [
      "orders.getOrder: /lines read",
      "! orders.getOrder /lines goes to shake, whose source is not followed",
    ],
  },
  {
    name: "the services handed to nobody knows whom",
    above: "declare const shake: (services: unknown) => Promise<{ id: string }>;",
    code: "return (await shake(services)).id;",
    expected: ["! the services goes to shake, whose source is not followed"],
  },
  {
    name: "a text that goes to a package leaves nothing open",
    above: `import { z } from "zod";`,
    code: `${ORDER} return { id: z.string().parse(order.id) };`,
    expected: ["orders.getOrder: /id read"],
  },
  {
    name: "names that look like services and are none",
    code: `const services2 = { orders: { getOrder: async (given: { id: string }) => ({ ...given, status: "x" }) } }; const order = await services2.orders.getOrder({ id: path.id }); return order.status;`,
    expected: [],
  },
  {
    name: "fields that are called like methods of lists",
    code: `const review = await services.reviews.getReview({ path: { id: path.id } }); const made = { map: review.title, filter: review.text }; return { title: made.map };`,
    expected: ["reviews.getReview: /title passed"],
  },
  {
    name: "a call that is made by ways no value shows",
    above: `declare function inject(): import("#gateway").Services;`,
    code: "const { id } = await inject().orders.getOrder({ path: { orderId: path.id } }); return id;",
    expected: ["orders.getOrder: /id passed"],
  },
  {
    name: "optional calls",
    code: `const ask = path.id === "x" ? undefined : services.reviews.getRating; const rating = await ask?.({ path: { sku: path.id } }); return rating?.average;`,
    expected: ["reviews.getRating [branch]: /average passed"],
  },
  {
    name: "a method that nobody knows",
    code: `${ORDER} return (order.lines as any).shuffled((line: { sku: string }) => line.sku);`,
    expected: [
      "orders.getOrder: /lines read",
      "! orders.getOrder /lines goes to (order.lines as any).shuffled, of which nothing is known",
    ],
  },
  {
    name: "a composer with a mistake in its types",
    code: `${ORDER} const count: string = order.lines.length; const wrong: number = order.id; return { count, wrong, none: order.nothing };`,
    expected: ["orders.getOrder: /id passed, /lines read, /nothing passed"],
  },
  {
    name: "keys of what was answered",
    code: `${ORDER} return Object.keys(order.total);`,
    expected: ["orders.getOrder: /total read"],
  },
  {
    name: "entries of which only the values count",
    code: `${ORDER} return Object.entries(order.total).map(([, value]) => value);`,
    expected: ["orders.getOrder: /total/* passed"],
  },
  {
    name: "an operation that came by ways no value shows",
    code: `const [get] = Object.values({ get: services.orders }).flatMap(({ getOrder }) => [getOrder]); const all = Object.values(services.reviews); const order = await get?.({ path: { orderId: path.id } }); const first = all.find((one) => "result" in one); return { id: order?.id, other: first };`,
    expected: ["orders.getOrder [branch]: /id passed"],
  },
  {
    name: "an operation that nobody can name",
    above: `declare const operations: readonly import("#gateway").Services["reviews"]["getRating"][];`,
    code: `const [get] = operations; return (await get?.({ path: { sku: path.id } }))?.average;`,
    expected: ["! which operation get is cannot be told"],
  },
  {
    name: "a helper that its own callback calls again",
    above: `const over = async <In, Out>(items: readonly In[], work: (item: In) => Promise<Out>) => { const out: Out[] = []; for (const item of items) out.push(await work(item)); return out; };`,
    code: `${PAGE} return over(page.items, async ({ id, lines }) => ({ id, skus: await over(lines, async ({ sku }) => sku) }));`,
    expected: ["orders.listOrders: /items/*/id passed, /items/*/lines/*/sku passed"],
  },
  {
    name: "generators",
    code: `${PAGE} function* ids() { for (const { id } of page.items) yield id; } return [...ids()];`,
    expected: ["orders.listOrders: /items/*/id passed"],
  },
  {
    name: "assignments to members and patterns",
    code: `${ORDER} const made: { id?: string; amount?: number } = {}; made.id = order.id; ({ amount: made.amount } = order.total); return made;`,
    expected: ["orders.getOrder: /id passed, /total/amount passed"],
  },
];
