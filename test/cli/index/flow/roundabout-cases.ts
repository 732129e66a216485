/** Composers that get at their answers by ways that are easily lost. */
import type { Case } from "./cases.ts";

const ORDER = "const order = await services.orders.getOrder({ path: { orderId: path.id } });";
const ZOD = `import { z } from "zod";`;

export const ROUNDABOUT_HELPERS = `
export const wrap = <A extends unknown[], R>(fn: (...args: A) => R) => (...args: A): R => fn(...args);
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
];
