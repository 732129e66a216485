import { beforeAll, describe, expect, it } from "vitest";
import { followTexts } from "./support.ts";

const ORDER = "const order = await services.orders.getOrder({ path: { orderId: path.id } });";
const LIST = "return services.reviews.listReviews();";
const BUYER = "return services.customers.getCustomer({ path: { id } });";

/** What stands between an order and a call, and whether that call comes after the order. */
const CASES: readonly (readonly [name: string, after: boolean, code: string])[] = [
  ["a choice between two values", true, `const id = order.note === null ? "a" : "b"; ${BUYER}`],
  ["an assignment that is decided", true, `let id = "a"; if (order.note) id = "b"; ${BUYER}`],
  [
    "a member that is assigned by decision",
    true,
    `const who = { id: "a" }; if (order.note) who.id = "b"; const { id } = who; ${BUYER}`,
  ],
  [
    "an entry that is set by decision",
    true,
    `const all = new Map([["id", "a"]]); if (order.note) all.set("id", "b"); const id = all.get("id") ?? ""; ${BUYER}`,
  ],
  [
    "a count of items",
    true,
    `let n = 0; for (const line of order.lines) n++; const id = String(n); ${BUYER}`,
  ],
  ["a choice of a key", true, `const id = { a: "c-1", b: "c-2" }[key(order)]; ${BUYER}`],
  ["a helper that may throw", true, `assertOpen(order); ${LIST}`],
  ["a helper that is called to throw", true, `if (order.note === null) fail("no"); ${LIST}`],
  [
    "a callback that may throw",
    true,
    `order.lines.forEach((line) => { if (line.quantity > 9) fail("no"); }); ${LIST}`,
  ],
  ["an assertion of another package", true, `assert(order.note); ${LIST}`],
  ["an assertion of Node.js", true, `ok(order.note); ${LIST}`],
  ["a value that is parsed for what it throws", true, `JSON.parse(order.note ?? ""); ${LIST}`],
  [
    "a return before parts",
    true,
    `if (order.note === null) return null; return { list: () => services.reviews.listReviews() };`,
  ],
  [
    "a part that is chosen",
    true,
    `return { list: order.note === null ? null : () => services.reviews.listReviews() };`,
  ],
  ["a part beside it", false, "return { order, list: () => services.reviews.listReviews() };"],
  [
    "a store of another package",
    true,
    `store.set("buyer", order.lines); const id = store.get("buyer"); ${BUYER}`,
  ],
  ["a helper that decides nothing", false, `const id = "a"; key(order); ${BUYER}`],
  ["a value of its own", false, `let id = "a"; if (path.id === "b") id = "c"; ${BUYER}`],
  ["a helper that may throw for another reason", false, `if (path.id === "b") fail("no"); ${LIST}`],
  ["a log of the language", false, `console.log(order.note); ${LIST}`],
];

const ABOVE = `import { assert, store } from "somewhere";
import { ok } from "node:assert";
import type { Services } from "#gateway";
type Order = Awaited<ReturnType<Services["orders"]["getOrder"]>>;
const key = (order: Order) => (order.note === null ? "a" : "b");
function fail(text: string): never { throw new Error(text); }
function assertOpen({ status }: Order): void {
  if (status === "cancelled") throw new Error("cancelled");
}`;

const fileOf = (index: number): string => `composers/web/after-${index}.ts`;
let found: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(async () => {
  const { followed } = await followTexts(
    Object.fromEntries(
      CASES.map(([, , code], index) => [
        fileOf(index),
        `import { compose } from "#gateway";\n${ABOVE}\nexport const composer = compose.get("/web/cases/{id}", async ({ path, services }) => {\n${ORDER}\n${code}\n});\n`,
      ]),
    ),
  );
  found = new Map(
    followed.map(({ file, calls }) => [
      file,
      calls.find(({ operation }) => operation !== "getOrder")?.after ?? ["no call"],
    ]),
  );
});

describe("what a call comes after", () => {
  it.each(CASES.map(([name, after], index) => ({ name, after, index })))(
    "is told of $name: $after",
    ({ after, index }) => {
      const order = `${fileOf(index)}:12:21`;
      expect(found.get(fileOf(index))).toEqual(after ? [order] : []);
    },
  );
});
