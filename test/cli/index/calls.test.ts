import { describe, expect, it } from "vitest";
import type { UsedCall } from "../../../cli/index/flow/call-facts.ts";
import { followTexts } from "./support.ts";

/** The calls of one composer, whose function has this body. */
async function callsOf(code: string, above = ""): Promise<readonly UsedCall[]> {
  const text = `import { compose, each } from "#gateway";\n${above}\nexport const composer = compose.get("/web/cases/{id}", async ({ path, services }) => {\n${code}\n});\n`;
  const { followed } = await followTexts({ "composers/web/call.ts": text });
  return followed[0]?.calls ?? [];
}

const lineOf = (at: string): string => at.replace(/^composers\/web\/call\.ts:(\d+):\d+$/, "$1");

describe("a call in the index", () => {
  it("stands where it is written, in a helper's file too", async () => {
    const helper = `import type { Services } from "#gateway";\nexport const ask = (services: Services) =>\n  services.catalog.listCategories();\n`;
    const text = `import { compose } from "#gateway";\nimport { ask } from "./_ask.ts";\nexport const composer = compose.get("/web/x", ({ services }) => ask(services));\n`;
    const { followed } = await followTexts({
      "composers/web/x.ts": text,
      "composers/web/_ask.ts": helper,
    });
    expect(followed[0]?.calls.map(({ at }) => at)).toEqual(["composers/web/_ask.ts:3:3"]);
  });

  it("comes after those whose answers it is made with, or that decide whether it is made", async () => {
    const calls = await callsOf(`
      const order = await services.orders.getOrder({ path: { orderId: path.id } });
      const customer = await services.customers.getCustomer({ path: { id: order.customerId } });
      if (customer.loyaltyPoints > 3) return services.catalog.listCategories();
      return services.reviews.listReviews();`);
    expect(
      calls.map(({ operation, at, after, when }) => [
        operation,
        lineOf(at),
        after.map(lineOf).sort(),
        when,
      ]),
    ).toEqual([
      ["getOrder", "5", [], []],
      ["getCustomer", "6", ["5"], []],
      ["listCategories", "7", ["6"], ["branch"]],
      ["listReviews", "8", ["6"], ["branch"]],
    ]);
  });

  it("does not come after one that it only waits for", async () => {
    const calls = await callsOf(`
      const one = await services.catalog.listCategories();
      const two = await services.reviews.listReviews();
      return { one, two };`);
    expect(calls.flatMap(({ after }) => after)).toEqual([]);
  });

  it("is always made where one of the ways to it always is", async () => {
    const calls = await callsOf(`
      const ask = () => services.catalog.listCategories();
      if (path.id === "a") await ask();
      return ask();`);
    expect(calls.map(({ when }) => when)).toEqual([[]]);
  });

  it("may be left out after a return, but not after a throw, which ends the request", async () => {
    const body = (exit: string): string => `
      if (path.id === "a") ${exit};
      return services.catalog.listCategories();`;
    expect((await callsOf(body("return null")))[0]?.when).toEqual(["branch"]);
    expect((await callsOf(body('throw new Error("a")')))[0]?.when).toEqual([]);
  });

  it("is made in loops of every kind", async () => {
    const calls = await callsOf(`
      for (const id of [path.id]) await services.orders.getOrder({ path: { orderId: id } });
      while (path.id !== "a") await services.orders.listOrders();
      await Promise.all([1, 2].map(() => services.catalog.listCategories()));
      return each([1], () => services.reviews.listReviews());`);
    expect(calls.map(({ when }) => when)).toEqual([["loop"], ["loop"], ["loop"], ["loop"]]);
  });

  it("tells what may stand in for it", async () => {
    const calls = await callsOf(`
      const a = await services.reviews.getRating({ path: { sku: "a" } }, { fallback: null });
      const b = await services.reviews.listReviews({}, { stale: "1m", fallback: [] });
      return { a, b, c: await services.catalog.listCategories() };`);
    expect(calls.map(({ fallback }) => [...fallback].sort())).toEqual([
      ["default"],
      ["default", "stale"],
      [],
    ]);
  });

  it("tells what it sends: what the composer makes in detail, the rest by its type", async () => {
    const [call] = await callsOf(`
      const header = { "Idempotency-Key": path.id };
      return services.orders.createOrder({ header, body: { customerId: "c-1", lines: [path.id].map((sku) => ({ sku, quantity: 1 })) } });`);
    expect([...(call?.sent ?? [])].sort()).toEqual([
      "body/customerId",
      "body/lines/*/quantity",
      "body/lines/*/sku",
      "header.Idempotency-Key",
    ]);
    const [relayed] = await callsOf(
      "return services.orders.getOrder({ path: { orderId: path.id } });",
    );
    expect(relayed?.sent).toEqual(["path.orderId"]);
  });

  it("of a helper that is used twice is told once, with what is used of both", async () => {
    const calls = await callsOf(
      `return { a: (await rate(services, "a")).average, b: (await rate(services, "b")).reviews };`,
      `import type { Services } from "#gateway";\nconst rate = (services: Services, sku: string) => services.reviews.getRating({ path: { sku } });`,
    );
    expect(calls.map(({ fields }) => fields.map(({ path }) => path.join("/")).sort())).toEqual([
      ["average", "reviews"],
    ]);
  });
});
