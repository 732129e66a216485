import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { makeFolder, makeSample, writeFiles } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle add", () => {
  const DOCUMENT = JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Orders", version: "1" },
    paths: {
      "/orders": {
        get: { operationId: "listOrders", responses: { "204": { description: "none" } } },
      },
    },
  });

  it("copies a document from outside, enters it in the configuration and generates", async () => {
    const [cwd, elsewhere] = [makeSample(), makeFolder()];
    writeFiles(elsewhere, { "openapi.json": DOCUMENT });
    const { code, stdout } = await runCli(["add", "orders", join(elsewhere, "openapi.json")], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("orders has 1 operation: services.orders in a composer");
    expect(readFileSync(join(cwd, "specs/orders.json"), "utf8")).toBe(DOCUMENT);
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toContain(
      '    orders: { document: "specs/orders.json", url: env("ORDERS_URL") },\n',
    );
    expect(existsSync(join(cwd, "generated/orders/client.d.ts"))).toBe(true);
    const again = await runCli(["add", "orders", join(elsewhere, "openapi.json"), "--json"], {
      cwd,
    });
    expect(again.code).toBe(2);
    expect(JSON.parse(again.stdout)).toMatchObject({
      error: {
        code: "service-exists",
        cure: "for a newer document, copy it over specs/orders.json and run heddle gen; for another service, choose another name",
      },
    });
  });

  it.each([
    ["https://books.internal/openapi.json", "run heddle gen, which fetches it anew"],
    [
      "@acme/books-api/openapi.json",
      "update the package that has @acme/books-api/openapi.json and run heddle gen",
    ],
    ["specs/not-there.yaml", "copy it over specs/not-there.yaml and run heddle gen"],
  ])("says how a service of %s comes to a newer document", async (document, cure) => {
    const cwd = makeSample();
    const file = join(cwd, "heddle.config.ts");
    const config = readFileSync(file, "utf8");
    writeFiles(cwd, { "heddle.config.ts": config.replace("specs/books.yaml", document) });
    const { code, stdout } = await runCli(["add", "books", "../books.yaml", "--json"], { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: "service-exists",
      cure: `for a newer document, ${cure}; for another service, choose another name`,
    });
  });

  it("copies every file of a document that has several", async () => {
    const [cwd, elsewhere] = [makeSample(), makeFolder()];
    const root = JSON.parse(DOCUMENT);
    root.paths["/orders"] = { $ref: "paths/orders.json" };
    writeFiles(elsewhere, {
      "openapi.json": JSON.stringify(root),
      "paths/orders.json": JSON.stringify(JSON.parse(DOCUMENT).paths["/orders"]),
      "unrelated.json": "{}",
    });
    const { stdout } = await runCli(["add", "orders", join(elsewhere, "openapi.json"), "--json"], {
      cwd,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      document: "specs/orders/openapi.json",
      copied: ["specs/orders/openapi.json", "specs/orders/paths/orders.json"],
      gen: { services: [{ name: "books" }, { name: "orders", operations: 1 }] },
    });
  });

  it("fetches a document by its URL, and tells when it cannot", async () => {
    const server = createServer((request, response) => {
      const known = request.url === "/openapi.json";
      response.writeHead(known ? 200 : 404).end(known ? DOCUMENT : "");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const cwd = makeSample();
    const missing = await runCli(["add", "orders", `http://127.0.0.1:${port}/nothing`, "--json"], {
      cwd,
    });
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout)).toMatchObject({
      error: { code: "fetch-failed", message: expect.stringContaining("the answer is 404") },
    });
    const found = await runCli(
      ["add", "orders", `http://127.0.0.1:${port}/openapi.json`, "--json"],
      { cwd },
    );
    expect(JSON.parse(found.stdout)).toMatchObject({ ok: true, document: "specs/orders.json" });
  });

  it("names a file inside an npm package as it is", async () => {
    const cwd = makeSample();
    writeFiles(cwd, {
      "node_modules/@acme/orders-api/package.json":
        '{ "name": "@acme/orders-api", "version": "1.0.0" }',
      "node_modules/@acme/orders-api/openapi.json": DOCUMENT,
    });
    const { stdout } = await runCli(
      ["add", "orderLines", "@acme/orders-api/openapi.json", "--json"],
      { cwd },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      document: "@acme/orders-api/openapi.json",
      copied: [],
    });
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toContain('env("ORDER_LINES_URL")');
  });

  it("gives the line to add where the configuration has a shape of its own", async () => {
    const cwd = makeSample();
    const config = `import { defineGateway, env } from "heddle/config";
const services = () => ({ books: { document: "specs/books.yaml", url: env("BOOKS_URL") } });
export default defineGateway({ services: services() });
`;
    writeFiles(cwd, { "heddle.config.ts": config, "specs/orders.json": DOCUMENT });
    const { code, stdout } = await runCli(["add", "orders", "specs/orders.json"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      '\n  orders: { document: "specs/orders.json", url: env("ORDERS_URL") },\n',
    );
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toBe(config);
  });

  it("a document that cannot be read changes nothing and ends with 4", async () => {
    const cwd = makeSample();
    const before = readFileSync(join(cwd, "heddle.config.ts"), "utf8");
    const { code, stdout } = await runCli(["add", "orders", "specs/none.json", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "document-invalid", place: "specs/none.json:1:1" },
    });
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toBe(before);
  });
});
