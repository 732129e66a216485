import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt, ROOT } from "../../support/ensure-built.ts";
import { linkPackages, makeFolder, makeSample, writeFiles } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const COMPOSER = "composers/web/book-page.ts";

function change(cwd: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(cwd, path), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(cwd, path), text.replace(from, to));
}

describe("heddle init", () => {
  it("writes a project that generates, type-checks and passes its own test", async () => {
    const cwd = makeFolder();
    const { code, stdout } = await runCli(["init", "shop"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(ROOT, "test/cli/init/output.txt"), "utf8"));
    const shop = join(cwd, "shop");
    linkPackages(shop);
    expect(await runCli(["gen"], { cwd: shop })).toMatchObject({ code: 0 });
    expect(await runCli(["check"], { cwd: shop })).toMatchObject({ code: 0, stderr: "" });
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "" };
    expect(execFileSync(process.execPath, [vitest, "run"], { cwd: shop, encoding: "utf8", env })).toContain("1 passed");
  });

  it("keeps what stands there, completes package.json, and writes over with --force", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, {
      "package.json": JSON.stringify({ name: "mine", type: "commonjs", dependencies: { heddle: "file:heddle.tgz" }, scripts: { dev: "mine" } }),
      "README.md": "mine",
    });
    const { stdout } = await runCli(["init", "--json"], { cwd });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ ok: true, dir: cwd, kept: ["README.md"], warnings: [] });
    expect(report.written).toContain("package.json");
    expect(readFileSync(join(cwd, "README.md"), "utf8")).toBe("mine");
    expect(JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"))).toMatchObject({
      name: "mine",
      type: "module",
      imports: { "#gateway": "./generated/gateway.ts" },
      dependencies: { heddle: "file:heddle.tgz" },
      scripts: { dev: "mine", build: "heddle build" },
    });
    const again = JSON.parse((await runCli(["init", "--json"], { cwd })).stdout);
    expect(again.written).toEqual([]);
    await runCli(["init", "--force"], { cwd });
    expect(readFileSync(join(cwd, "README.md"), "utf8")).toContain("# heddle-test-");
  });

  it("a manifest that is not JSON ends with 4 and nothing is written", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { "package.json": "{" });
    const { code, stdout } = await runCli(["init", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: "configuration-invalid", place: "package.json" } });
    expect(existsSync(join(cwd, "heddle.config.ts"))).toBe(false);
  });
});

describe("heddle routes", () => {
  it("lists composed and relayed routes, without writing anything", async () => {
    const cwd = makeSample();
    change(cwd, "heddle.config.ts", 'timeout: "2s"', 'expose: ["getAuthor"]');
    const { code, stdout } = await runCli(["routes"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(`METHOD  PATH                       FRONTEND  ANSWERED BY
GET     /web/books/{bookId}        web       composed (composers/web/book-page.ts)
GET     /books/authors/{authorId}  -         proxied (books.getAuthor)
`);
    expect(existsSync(join(cwd, "generated"))).toBe(false);
    const json = JSON.parse((await runCli(["routes", "--json"], { cwd })).stdout);
    expect(json).toEqual({
      ok: true,
      routes: [
        { kind: "composed", method: "GET", template: "/web/books/{bookId}", frontend: "web", file: COMPOSER, composer: "bookPage" },
        { kind: "proxied", method: "GET", template: "/books/authors/{authorId}", service: "books", operation: "getAuthor" },
      ],
    });
  });
});

describe("heddle check", () => {
  it("ends with 1 for a mistake of the types, with its place", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    change(cwd, COMPOSER, "book.authorId", "book.authorIdd");
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^composers\/web\/book-page\.ts:9:\d+ TS2551: Property 'authorIdd' does not exist/);
    const json = JSON.parse((await runCli(["check", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({ ok: false, error: { code: "types-invalid" }, generated: "current", types: [{ code: "TS2551" }] });
  });

  it("ends with 3 when generated/ is not current, and tells mistakes of the types in the same run", async () => {
    const cwd = makeSample();
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("generated/gateway.ts missing");
    expect(stderr).toContain("TS2307");
  });

  it("ends with 4 for a configuration that is invalid", async () => {
    const cwd = makeSample();
    change(cwd, "heddle.config.ts", '"2s"', '"soon"');
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain("services.books.timeout");
  });
});

describe("heddle compose", () => {
  it("writes a composer that type-checks, with the parameters that its operations need", async () => {
    const cwd = makeSample();
    const args = ["compose", "web/book-list", "--uses", "books.listBooks", "--uses", "books.getBook"];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("GET /web/book-list/{bookId} is now a route of generated/routes.ts");
    expect(readFileSync(join(cwd, "composers/web/book-list.ts"), "utf8")).toBe(`import { compose } from "#gateway";

export const bookList = compose.get("/web/book-list/{bookId}", ({ path, services }) => ({
  // A function is a part: called beside the others, and only when it is asked for.
  books: () => services.books.listBooks(),
  book: () => services.books.getBook({ path: { bookId: path.bookId } }),
}));
`);
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    const again = await runCli(args, { cwd });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("composers/web/book-list.ts stands there already");
  });

  it("an empty composer with method and path of its own type-checks too", async () => {
    const cwd = makeSample();
    const args = ["compose", "mobile/checkout", "--method", "post", "--path", "/mobile/carts/{cart}/checkout", "--json"];
    const { stdout } = await runCli(args, { cwd });
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      file: "composers/mobile/checkout.ts",
      name: "checkout",
      method: "POST",
      path: "/mobile/carts/{cart}/checkout",
      uses: [],
    });
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  });

  it.each([
    [["web/x", "--uses", "boks.getBook"], "unknown-service", 'did you mean "books"?'],
    [["web/x", "--uses", "books.getBok"], "unknown-operation", 'did you mean "getBook"?'],
    [["web/x", "--uses", "books"], "invalid-argument", "write service.operation: --uses orders.getOrder"],
    [["order-page"], "invalid-argument", "write a frontend and a name in kebab-case: heddle compose web/order-page"],
    [["web/x", "--path", "x"], "invalid-argument", "begin with a slash: --path /web/orders/{orderId}"],
  ])("heddle compose %j is wrong use", async (args, error, cure) => {
    const cwd = makeSample();
    const { code, stdout } = await runCli(["compose", ...args, "--json"], { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: error, cure } });
    expect(existsSync(join(cwd, "composers/web/x.ts"))).toBe(false);
  });
});

describe("heddle add", () => {
  const DOCUMENT = JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Orders", version: "1" },
    paths: { "/orders": { get: { operationId: "listOrders", responses: { "204": { description: "none" } } } } },
  });

  it("copies a document from outside, enters it in the configuration and generates", async () => {
    const [cwd, elsewhere] = [makeSample(), makeFolder()];
    writeFiles(elsewhere, { "openapi.json": DOCUMENT });
    const { code, stdout } = await runCli(["add", "orders", join(elsewhere, "openapi.json")], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("orders has 1 operation: services.orders in a composer");
    expect(readFileSync(join(cwd, "specs/orders.json"), "utf8")).toBe(DOCUMENT);
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toContain(
      '    orders: { document: "specs/orders.json", url: env("ORDERS_URL") },\n',
    );
    expect(existsSync(join(cwd, "generated/orders/client.d.ts"))).toBe(true);
    const again = await runCli(["add", "orders", join(elsewhere, "openapi.json"), "--json"], { cwd });
    expect(again.code).toBe(2);
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: "service-exists" } });
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
    const { stdout } = await runCli(["add", "orders", join(elsewhere, "openapi.json"), "--json"], { cwd });
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
    const missing = await runCli(["add", "orders", `http://127.0.0.1:${port}/nothing`, "--json"], { cwd });
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: "fetch-failed", message: expect.stringContaining("the answer is 404") } });
    const found = await runCli(["add", "orders", `http://127.0.0.1:${port}/openapi.json`, "--json"], { cwd });
    expect(JSON.parse(found.stdout)).toMatchObject({ ok: true, document: "specs/orders.json" });
  });

  it("names a file inside an npm package as it is", async () => {
    const cwd = makeSample();
    writeFiles(cwd, {
      "node_modules/@acme/orders-api/package.json": '{ "name": "@acme/orders-api", "version": "1.0.0" }',
      "node_modules/@acme/orders-api/openapi.json": DOCUMENT,
    });
    const { stdout } = await runCli(["add", "orderLines", "@acme/orders-api/openapi.json", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, document: "@acme/orders-api/openapi.json", copied: [] });
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
    expect(stdout).toContain('\n  orders: { document: "specs/orders.json", url: env("ORDERS_URL") },\n');
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toBe(config);
  });

  it("a document that cannot be read changes nothing and ends with 4", async () => {
    const cwd = makeSample();
    const before = readFileSync(join(cwd, "heddle.config.ts"), "utf8");
    const { code, stdout } = await runCli(["add", "orders", "specs/none.json", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "document-invalid", place: "specs/none.json:1:1" } });
    expect(readFileSync(join(cwd, "heddle.config.ts"), "utf8")).toBe(before);
  });
});

describe("heddle doctor", () => {
  it("tells one line a thing, with cures, and ends with 1 when something fails", async () => {
    const cwd = makeSample();
    const { code, stderr } = await runCli(["doctor"], { cwd, env: { PORT: "1" } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ok {4}package\.json: /m);
    expect(stderr).toMatch(/^warn {2}lockfile: there is none/m);
    expect(stderr).toMatch(/^fail {2}generated: generated\/ is not current: \d+ differences\n {6}run heddle gen$/m);
    expect(stderr).toMatch(/^warn {2}environment: services\.books\.url .*BOOKS_URL/m);
  });

  it("is content with warnings", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    const { code, stdout } = await runCli(["doctor", "--json"], { cwd, env: { BOOKS_URL: "http://books.example" } });
    expect(code).toBe(0);
    const { findings } = JSON.parse(stdout) as { findings: { about: string; status: string }[] };
    expect(findings.filter(({ status }) => status === "fail")).toEqual([]);
    expect(findings).toContainEqual(expect.objectContaining({ about: "environment", status: "ok" }));
  });
});
