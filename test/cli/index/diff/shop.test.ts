import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { diffGateway } from "../../../../cli/index/diff/diff-gateway.ts";
import type { Effect } from "../../../../cli/index/diff/judge/judge.ts";
import { SHOP_EDITS } from "./shop-edits.ts";
import { SHOP_OPERATION_EDITS } from "./shop-operation-edits.ts";
import { compileForReal, copyShop, generate, kept, objectedLines } from "./workspace.ts";

const DOCUMENTS = {
  catalog: "specs/catalog.yaml",
  customers: "specs/customers.yaml",
  orders: "specs/orders.json",
  reviews: "specs/reviews/openapi.yaml",
  shipping: "specs/shipping.yaml",
} as const;

describe("an edit of the shop's documents", () => {
  const shop = copyShop();
  const generated = copyShop();

  it.each([...SHOP_EDITS, ...SHOP_OPERATION_EDITS])("$service: $title", async (seeded) => {
    const { service, edit, kind, verdict, by, routes } = seeded;
    const old = join(shop, DOCUMENTS[service as keyof typeof DOCUMENTS]);
    const now = besideIt(old);
    const [path = "", edited = ""] = [old, now].map((file) =>
      join(dirname(file), seeded.file ?? basename(file)),
    );
    const text = readFileSync(path, "utf8");
    const document = parse(text);
    edit(document);
    writeFileSync(edited, JSON.stringify(document));
    const report = await diffGateway({ root: shop, service, document: now, kept });
    const found = report.changes.filter((change) => change.kind === kind);
    expect(found.map((change) => change.verdict)).toContain(verdict);
    const [change] = found.filter((one) => one.verdict === verdict);
    if (by !== undefined) expect(change?.effects[0]?.by).toBe(by);
    if (routes !== undefined) expect(routesOf(change?.effects)).toEqual([...routes].sort());
    expect(report.unexplained).toEqual([]);
    const real = path.replace(shop, generated);
    try {
      writeFileSync(real, JSON.stringify(document));
      expect(objectedLines(report)).toEqual(await compileForReal(generated));
    } finally {
      writeFileSync(real, text);
    }
  });

  it("goes with a mistake that names it, and not with one that names another", async () => {
    const document = JSON.parse(readFileSync(join(shop, DOCUMENTS.orders), "utf8"));
    const { Order, OrderStatus } = document.components.schemas;
    delete Order.properties.total;
    Order.required = Order.required.filter((name: string) => name !== "total");
    OrderStatus.enum.push("returned");
    const source = "specs/orders.new.json";
    writeFileSync(join(shop, source), JSON.stringify(document));
    const { changes } = await diffGateway({
      root: shop,
      service: "orders",
      document: source,
      kept,
    });
    expect(changes.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual([
      "property-removed breaks",
      "enum-widened risky",
    ]);
  });

  it("is not what the compiler objects to where no type has it, whoever else is to blame", async () => {
    const document = JSON.parse(readFileSync(join(shop, DOCUMENTS.orders), "utf8"));
    const { Order } = document.components.schemas;
    Order.properties.state = Order.properties.status;
    delete Order.properties.status;
    Order.required = Order.required.map((name: string) => (name === "status" ? "state" : name));
    Order.properties.customerId = { type: "string", nullable: true };
    Object.assign(document.paths["/orders/{orderId}"].get, {
      deprecated: true,
      "x-sunset": "2099-03-01",
    });
    const source = "specs/orders.newer.json";
    writeFileSync(join(shop, source), JSON.stringify(document));
    const { changes } = await diffGateway({
      root: shop,
      service: "orders",
      document: source,
      kept,
    });
    const told = changes.map(({ kind, name, verdict, effects }) => {
      const places = effects.flatMap(({ faults }) => faults.map(({ place }) => place));
      return [kind, name, verdict, [...new Set(places.map((place) => place.split(":")[0]))]];
    });
    const composers = {
      status: [
        "composers/mobile/home.ts",
        "composers/mobile/order.ts",
        "composers/web/order-history.ts",
      ],
      null: ["composers/web/order-page.ts"],
    };
    expect(told.filter(([, , verdict]) => verdict !== "unaffected")).toEqual([
      ["nullable-added", undefined, "breaks", composers.null],
      ["property-removed", "status", "breaks", composers.status],
      ["limit-widened", "maxLength", "risky", []],
      ["limit-widened", "pattern", "risky", []],
      ["operation-deprecated", undefined, "risky", []],
      ["sunset-sooner", undefined, "risky", []],
    ]);
  });
});

it("a mistake in a helper that calls nothing is that of the routes whose composers import it", async () => {
  const root = copyShop();
  writeFileSync(join(root, "composers/web/_sum.ts"), SUM);
  // By a detour, as helpers come.
  writeFileSync(join(root, "composers/web/_helpers.ts"), 'export { sum } from "./_sum.ts";\n');
  writeFileSync(join(root, "composers/web/bill.ts"), BILL);
  await generate(root);
  const document = JSON.parse(readFileSync(join(root, DOCUMENTS.orders), "utf8"));
  const [, line] = document.components.schemas.Line.allOf;
  line.properties.position = line.properties.number;
  delete line.properties.number;
  line.required = ["position", "unitPrice", "total"];
  writeFileSync(join(root, "specs/orders.new.json"), JSON.stringify(document));
  const report = await diffGateway({
    root,
    service: "orders",
    document: "specs/orders.new.json",
    kept,
  });
  const { effects = [] } = report.changes.find(({ verdict }) => verdict === "breaks") ?? {};
  const broken = effects.filter(({ verdict }) => verdict === "breaks");
  const bill = broken.find(({ route }) => route === "GET /web/orders/{orderId}/bill");
  expect(bill?.by).toBe("compiler");
  expect(bill?.faults.map(({ place }) => place.replace(/:\d+$/, ""))).toEqual([
    "composers/web/_sum.ts:4",
  ]);
  expect(broken.map(({ route }) => route)).not.toContain("GET /web/orders/{orderId}");
  expect(report.unexplained).toEqual([]);
});

const SUM = `import type { components } from "../../generated/orders/schema.d.ts";

export const sum = (lines: readonly components["schemas"]["Line"][]): number =>
  lines.reduce((all, { number }) => all + number, 0);
`;

const BILL = `import { compose } from "#gateway";
import { sum } from "./_helpers.ts";

export const bill = compose.get("/web/orders/{orderId}/bill", async ({ path, services }) => {
  const { lines } = await services.orders.getOrder({ path });
  return { items: sum(lines) };
});
`;

/** A copy of the document's whole folder: `$ref`s stay inside of it. */
function besideIt(path: string): string {
  const folder = join(dirname(dirname(path)), `new-${basename(dirname(path))}`);
  cpSync(dirname(path), folder, { recursive: true });
  return join(folder, basename(path));
}

const routesOf = (effects: readonly Effect[] = []): string[] =>
  [...new Set(effects.map(({ route }) => route))].sort();
