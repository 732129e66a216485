/** A document that is not there is told at the key that names it, with a guess at what was meant. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../../cli/gen/diagnostics.ts";
import { runGen } from "../../../../cli/gen/run.ts";
import { project } from "./support.ts";

const CONFIG = `import { defineGateway } from "heddle/config";

export default defineGateway({
  services: {
    catalog: { document: "specs/catalog.json" },
    orders: { document: DOCUMENT },
  },
});
`;

interface Case {
  readonly document: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: boolean;
}

/** What is said of the service `orders` with this document. */
async function told({ document, files = {}, config = true }: Case): Promise<Diagnostic> {
  const { root, gen, write } = project();
  write("heddle.config.ts", CONFIG.replace("DOCUMENT", JSON.stringify(document)));
  mkdirSync(join(root, "specs/folder"));
  for (const [path, text] of Object.entries(files)) write(path, text);
  const services = { catalog: { document: "specs/catalog.json" }, orders: { document } };
  const { outcome, diagnostics } = config
    ? await gen({ services })
    : await runGen({ root, services });
  expect(outcome).toBe("invalid");
  const [diagnostic, ...others] = diagnostics;
  if (diagnostic === undefined) throw new Error("nothing was said");
  expect(others).toEqual([]);
  return diagnostic;
}

const cureOf = async (document: string, files: Case["files"] = {}): Promise<string> =>
  (await told({ document, files })).cure;

describe("a document that is not there", () => {
  it("is told at its key in the configuration, with the path that was tried", async () => {
    expect(await told({ document: "specs/order.json" })).toEqual({
      code: "document-unreadable",
      severity: "error",
      message: 'services.orders.document: cannot read "specs/order.json": there is no such file',
      cure: 'did you mean "specs/orders.json"?',
      service: "orders",
      at: { file: "heddle.config.ts", line: 6, column: 15, pointer: "/services/orders/document" },
    });
  });

  it("is told at its own path where the command line names it", async () => {
    expect(await told({ document: "specs/order.json", config: false })).toMatchObject({
      message: 'cannot read "specs/order.json": there is no such file',
      cure: 'did you mean "specs/orders.json"?',
      at: { file: "specs/order.json", line: 1, column: 1 },
    });
  });

  it.each([
    ["another ending", "specs/orders.yaml", "specs/orders.json"],
    ["another folder", "orders.json", "specs/orders.json"],
    ["a slip of the hand", "./spec/order.json", "specs/orders.json"],
    ["another case", "specs/Orders.json", "specs/orders.json"],
  ])("is guessed by %s", async (_, document, guess) => {
    expect(await cureOf(document)).toBe(`did you mean "${guess}"?`);
  });

  it("is guessed deeper in specs/, and beside the path that was named", async () => {
    const files = { "specs/billing/openapi.yaml": "", "api/payment.yml": "" };
    expect(await cureOf("specs/openapi.yaml", files)).toBe(
      'did you mean "specs/billing/openapi.yaml"?',
    );
    expect(await cureOf("api/payments.yml", files)).toBe('did you mean "api/payment.yml"?');
  });

  it("is guessed in the package that is named", async () => {
    const files = { "node_modules/@acme/api/dist/openapi.json": "{}" };
    expect(await cureOf("@acme/api/openapi.json", files)).toBe(
      'did you mean "@acme/api/dist/openapi.json"?',
    );
  });

  it("may be in a package that is not installed", async () => {
    expect(await cureOf("@acme/api/reference.json")).toBe(
      "install @acme/api, or write a path relative to the project's folder, or a URL",
    );
  });

  it("is guessed by nobody where nothing is near: what is there is listed", async () => {
    expect(await cureOf("warehouse/stock-levels.yaml")).toBe(
      "name a file that is there: specs/catalog.json, specs/orders.json",
    );
    const many = Object.fromEntries("abcdef".split("").map((name) => [`specs/${name}.json`, ""]));
    expect(await cureOf("warehouse/stock-levels.yaml", many)).toBe(
      "name a file that is there: specs/a.json, specs/b.json, specs/c.json, specs/catalog.json, specs/d.json, ...",
    );
  });
});

describe("a folder in place of a document", () => {
  it("is told with the document in it", async () => {
    expect(
      await told({ document: "specs/folder", files: { "specs/folder/api.json": "{}" } }),
    ).toMatchObject({
      message: 'services.orders.document: cannot read "specs/folder": it is not a file',
      cure: 'did you mean "specs/folder/api.json"?',
      at: { file: "heddle.config.ts", line: 6 },
    });
  });
});

describe("a document with mistakes of its own", () => {
  it("is told where they are", async () => {
    expect(
      await told({ document: "specs/bad.json", files: { "specs/bad.json": "{\n  x" } }),
    ).toMatchObject({ at: { file: "specs/bad.json", line: 2 } });
  });
});
