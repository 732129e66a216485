/** Routes that are relayed have no composer: what breaks them, a mock of the new document says. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { readService } from "../../../../cli/gen/read-service.ts";
import { diffGateway } from "../../../../cli/index/diff/diff-gateway.ts";
import { startMocks } from "../../../../cli/mock/start-mocks.ts";
import type { Document } from "./edit.ts";
import { copyShop, kept } from "./workspace.ts";

const ROUTE = "GET /catalog/categories";

const categories = (document: Document): Document => document.paths["/categories"];
const query = (required: boolean): object => ({
  name: "locale",
  in: "query",
  required,
  schema: { type: "string" },
});

describe("a route that is relayed", () => {
  const shop = copyShop();

  it.each([
    [
      "breaks by a parameter that is new and required",
      (document: Document) => {
        categories(document).get.parameters = [query(true)];
      },
      "breaks",
      422,
    ],
    [
      "breaks when its operation is gone",
      (document: Document) => {
        delete document.paths["/categories"];
      },
      "breaks",
      404,
    ],
    [
      "breaks when its operation is at another address",
      (document: Document) => {
        document.paths["/v2/categories"] = categories(document);
        delete document.paths["/categories"];
      },
      "breaks",
      404,
    ],
    [
      "does not feel a parameter that may be left out",
      (document: Document) => {
        categories(document).get.parameters = [query(false)];
      },
      "unaffected",
      200,
    ],
    [
      "is at risk when frontends may miss a field",
      (document: Document) => {
        const { CategoryEntry } = document.components.schemas;
        delete CategoryEntry.properties.title;
        CategoryEntry.required = ["category", "products"];
      },
      "risky",
      200,
    ],
    [
      "is at risk when frontends may meet a new value",
      (document: Document) => {
        document.components.schemas.Category.enum.push("books");
      },
      "risky",
      200,
    ],
  ] as const)("%s", async (_title, edit, verdict, status) => {
    const document = parse(readFileSync(join(shop, "specs/catalog.yaml"), "utf8"));
    edit(document);
    writeFileSync(join(shop, "specs/catalog.new.json"), JSON.stringify(document));
    const source = "specs/catalog.new.json";
    const report = await diffGateway({ root: shop, service: "catalog", document: source, kept });
    const effects = report.changes.flatMap((change) => change.effects);
    const verdicts = effects.filter(({ route }) => route === ROUTE).map((one) => one.verdict);
    expect([...verdicts, "unaffected"][0]).toBe(verdict);

    const { model } = await readService({ name: "catalog", source, root: shop });
    const mocks = await startMocks(model === undefined ? [] : [model]);
    onTestFinished(() => mocks.close());
    expect((await fetch(`${mocks.urls.catalog}/categories`)).status).toBe(status);
  });

  it("tells what the configuration says of operations that are gone", async () => {
    const document = parse(readFileSync(join(shop, "specs/catalog.yaml"), "utf8"));
    delete document.paths["/products"];
    const source = "specs/catalog.new.json";
    writeFileSync(join(shop, source), JSON.stringify(document));
    const report = await diffGateway({ root: shop, service: "catalog", document: source, kept });
    expect(report.problems).toMatchObject([
      {
        path: "services.catalog.batch.getProduct.with",
        place: expect.stringMatching(/^heddle\.config\.ts:\d+:\d+$/),
      },
    ]);
    expect(report.verdict).toBe("breaks");
  });
});
