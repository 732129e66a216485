import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { diffGateway } from "../../../../cli/index/diff/diff-gateway.ts";
import type { Effect } from "../../../../cli/index/diff/judge/judge.ts";
import { SHOP_EDITS } from "./shop-edits.ts";
import { SHOP_OPERATION_EDITS } from "./shop-operation-edits.ts";
import { compileForReal, copyShop, kept, objectedLines } from "./workspace.ts";

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

/** A copy of the document's whole folder: `$ref`s stay inside of it. */
function besideIt(path: string): string {
  const folder = join(dirname(dirname(path)), `new-${basename(dirname(path))}`);
  cpSync(dirname(path), folder, { recursive: true });
  return join(folder, basename(path));
}

const routesOf = (effects: readonly Effect[] = []): string[] =>
  [...new Set(effects.map(({ route }) => route))].sort();
