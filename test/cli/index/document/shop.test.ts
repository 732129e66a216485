/** The whole output for the shop: what is committed is what is made. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseDependencies } from "../../../../cli/index/dependencies.ts";
import { formatDocument } from "../../../../cli/index/document/document-text.ts";
import { frontendTypes } from "../../../../cli/index/document/frontend-types.ts";
import { documentOf } from "./support.ts";

const read = (file: string): string => readFileSync(`generated/${file}`, "utf8");

describe("the shop's document", () => {
  it("is the one that is committed, and so are the types of its frontends", async () => {
    const proxied = [
      {
        ...{ service: "catalog", operation: "listCategories", method: "GET" },
        ...{ prefix: "/catalog", template: "/catalog/categories" },
      },
      {
        ...{ service: "orders", operation: "getInvoice", method: "GET" },
        ...{ prefix: "", template: "/orders/{orderId}/invoice" },
      },
    ];
    const dependencies = parseDependencies(read("dependencies.json"));
    const forward = { orders: ["authorization"] };
    const more = { title: "heddle", proxied, dependencies, forward };
    const { document, diagnostics } = await documentOf("composers", more);
    expect(formatDocument(document)).toBe(read("openapi.json"));
    for (const frontend of ["web", "mobile"]) {
      const types = await frontendTypes(document, frontend, "heddle.config.ts");
      expect(types).toBe(read(`frontends/${frontend}.d.ts`));
    }
    expect(diagnostics).toEqual([]);
  }, 30_000);
});
