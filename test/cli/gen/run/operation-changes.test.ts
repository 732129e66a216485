/** What a run tells of operations that came, went or were renamed, and of the composers that name them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emitOperations } from "../../../../cli/gen/emit/operations.ts";
import { operationChanges } from "../../../../cli/gen/run/operation-changes.ts";
import { operation, service } from "../emit/support.ts";
import { documentOf, type Project, project } from "./support.ts";

/** `orders` had getOrder and getInvoice. */
async function generated(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const one = project();
  for (const [path, text] of Object.entries(files)) one.write(path, text);
  await one.gen();
  return one;
}

const renamed = (from: string, to: string): string =>
  documentOf("getOrder", "getInvoice").replace(
    `"operationId": "${from}"`,
    `"operationId": "${to}"`,
  );

describe("the operations of a service", () => {
  it("are not spoken of in the first run, nor where none has changed", async () => {
    const { gen, read, write } = project();
    expect((await gen()).changes).toEqual([]);
    write("specs/orders.json", `${read("specs/orders.json")}\n`);
    expect((await gen()).changes).toEqual([]);
    expect((await gen({ force: true })).changes).toEqual([]);
  });

  it("are told when they come, go and are renamed, once", async () => {
    const { gen, write } = await generated();
    const document = renamed("getOrder", "readOrder").replaceAll("getInvoice", "listInvoices");
    write("specs/orders.json", document);
    const changes = [
      {
        service: "orders",
        added: [{ name: "listInvoices", operation: "GET /listInvoices/{id}" }],
        removed: [{ name: "getInvoice", operation: "GET /getInvoice/{id}", mentions: [] }],
        renamed: [
          { from: "getOrder", name: "readOrder", operation: "GET /getOrder/{id}", mentions: [] },
        ],
      },
    ];
    expect(await gen({ check: true })).toMatchObject({ outcome: "drift", changes });
    expect(await gen()).toMatchObject({ outcome: "ok", changes });
    expect((await gen()).changes).toEqual([]);
  });

  it("are gone with their service", async () => {
    const { gen } = await generated();
    const { changes } = await gen({ services: { orders: { document: "specs/orders.json" } } });
    expect(changes).toEqual([
      {
        service: "catalog",
        added: [],
        removed: [{ name: "getProduct", operation: "GET /getProduct/{id}", mentions: [] }],
        renamed: [],
      },
    ]);
  });

  it("are not known where another hand has written the file, or the manifest names it elsewhere", async () => {
    const { gen, read, write } = await generated();
    write("generated/orders/operations.ts", "export const operations = {};\n");
    write(
      "generated/manifest.json",
      read("generated/manifest.json").replace('"catalog"', '"../x"'),
    );
    expect((await gen()).changes).toEqual([]);
  });
});

describe("composers that name an operation", () => {
  it("are told with file and line, helpers included, where it is gone", async () => {
    const { gen, write } = await generated({
      "composers/web/page.ts":
        'import { compose } from "#gateway";\n' +
        'export const page = compose.get("/web/page", ({ services }) =>\n' +
        "  services.orders.getOrder({ path: { id: '1' } }));\n",
      "composers/web/_helper.ts":
        "export const a = (orders) => orders.getOrder();\n" +
        "export const b = (s) => s\n  .orders\n  .getOrder.result();\n" +
        "export const c = (s) => s.orders?.['getOrder']?.();\n",
      "composers/mobile/other.ts":
        'import { compose } from "#gateway";\n' +
        'export const other = compose.get("/m", ({ services }) => services.orders.getOrders());\n' +
        "const no = [reorders.getOrder, services.catalog.getOrder, orders_getOrder];\n",
    });
    write("specs/orders.json", renamed("getOrder", "readOrder"));
    const { changes } = await gen();
    expect(changes[0]?.renamed[0]?.mentions).toEqual([
      "composers/web/_helper.ts:1",
      "composers/web/_helper.ts:4",
      "composers/web/_helper.ts:5",
      "composers/web/page.ts:3",
    ]);
  });
});

describe("two texts of operations.ts", () => {
  const plans = (...operations: readonly (readonly [name: string, path: string])[]): string =>
    emitOperations(
      service({ operations: operations.map(([name, path]) => operation({ name, path })) }),
    );

  it("are compared by the names and paths of their plans, whatever these are", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 8 });
    const list = fc.uniqueArray(name, { maxLength: 6 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const texts = [before, after].map((names) =>
          plans(...names.map((one) => [one, `/${Buffer.from(one).toString("hex")}`] as const)),
        );
        const found = operationChanges("orders", texts[0] ?? "", texts[1] ?? "", () => []);
        expect(new Set(found?.removed.map((one) => one.name))).toEqual(
          new Set(before.filter((one) => !after.includes(one))),
        );
        expect(new Set(found?.added.map((one) => one.name))).toEqual(
          new Set(after.filter((one) => !before.includes(one))),
        );
      }),
    );
  });

  it("tell no new name where several operations have one method and path", () => {
    const before = plans(["listA", "/?Action=A"], ["listB", "/?Action=B"]);
    const after = plans(["showA", "/?Action=A"], ["showB", "/?Action=B"]);
    const found = operationChanges("orders", before, after, () => []);
    expect(found).toMatchObject({
      removed: [{ name: "listA" }, { name: "listB" }],
      added: [{ name: "showA" }, { name: "showB" }],
      renamed: [],
    });
  });

  it("are not taken in by what a document says in its comments", () => {
    const forged = 'const x: OperationPlan = { name: "a", method: "GET", template: "/a"';
    const text = emitOperations(
      service({ operations: [operation({ name: "b", summary: `${forged}\n${forged}` })] }),
    );
    const found = operationChanges("orders", text, "", () => []);
    expect(found?.removed.map(({ name }) => name)).toEqual(["b"]);
  });
});
