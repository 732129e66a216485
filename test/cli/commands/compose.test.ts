import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle compose", () => {
  it("writes a composer that type-checks, with the parameters that its operations need", async () => {
    const cwd = makeSample();
    const args = [
      "compose",
      "web/book-list",
      "--uses",
      "books.listBooks",
      "--uses",
      "books.getBook",
    ];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("GET /web/book-list/{bookId} is now a route of generated/routes.ts");
    expect(
      readFileSync(join(cwd, "composers/web/book-list.ts"), "utf8"),
    ).toBe(`import { compose } from "#gateway";

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

  it("takes a parameter from the route's path where its schema is a component, too", async () => {
    const cwd = makeSample();
    const components = `  schemas:
    BookId: { $ref: "#/components/schemas/Id" }
    Id: { type: string, pattern: "^[a-z]+$" }
`;
    changeFile(cwd, "specs/books.yaml", "  schemas:\n", components);
    changeFile(
      cwd,
      "specs/books.yaml",
      "example: dune\n      schema: { type: string }",
      'example: dune\n      schema: { $ref: "#/components/schemas/BookId" }',
    );
    const args = ["compose", "web/one-book", "--uses", "books.getBook"];
    expect(await runCli(args, { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "composers/web/one-book.ts"), "utf8")).toContain(
      "services.books.getBook({ path: { bookId: path.bookId } })",
    );
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  });

  it("an empty composer with method and path of its own type-checks too", async () => {
    const cwd = makeSample();
    const args = [
      "compose",
      "web/checkout",
      "--method",
      "post",
      "--path",
      "/web/carts/{cart}/checkout",
      "--json",
    ];
    const { stdout } = await runCli(args, { cwd });
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      file: "composers/web/checkout.ts",
      name: "checkout",
      method: "POST",
      path: "/web/carts/{cart}/checkout",
      uses: [],
    });
    expect(await runCli(["check"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  });

  it("takes no frontend that is not configured, and says how to configure one", async () => {
    const cwd = makeSample();
    const { code, stdout } = await runCli(["compose", "partner/x", "--json"], { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: {
        code: "unknown-frontend",
        message: 'there is no frontend "partner"',
        cure: "add it to heddle.config.ts: frontends: { web: ..., partner: {} }",
        place: "heddle.config.ts:7:3",
      },
    });
    expect(existsSync(join(cwd, "composers/partner"))).toBe(false);
    expect((await runCli(["compose", "wbe/x"], { cwd })).stderr).toBe(
      `error heddle.config.ts:7:3: there is no frontend "wbe"
  did you mean "web"? If not, add it to heddle.config.ts: frontends: { web: ..., wbe: {} }
`,
    );
    changeFile(cwd, "heddle.config.ts", "web: {}", "web: {}, partner: {}");
    expect(await runCli(["compose", "partner/x"], { cwd })).toMatchObject({ code: 0 });
  });

  it("leaves nothing behind when the route is another's", async () => {
    const cwd = makeSample();
    changeFile(cwd, "heddle.config.ts", "web: {}", "web: {}, mobile: {}");
    const args = ["compose", "mobile/other", "--path", "/web/books/{id}", "--json"];
    const { code, stdout } = await runCli(args, { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "composer-invalid" },
      diagnostics: [{ code: "route-conflict" }],
    });
    expect(existsSync(join(cwd, "composers/mobile"))).toBe(false);
  });

  it.each([
    [["web/x", "--uses", "boks.getBook"], "unknown-service", 'did you mean "books"?'],
    [["web/x", "--uses", "books.getBok"], "unknown-operation", 'did you mean "getBook"?'],
    [
      ["web/x", "--uses", "books"],
      "invalid-argument",
      "write service.operation: --uses orders.getOrder",
    ],
    [
      ["order-page"],
      "invalid-argument",
      "write a frontend and a name in kebab-case: heddle compose web/order-page",
    ],
    [
      ["web/x", "--path", "x"],
      "invalid-argument",
      "begin with a slash: --path /web/orders/{orderId}",
    ],
  ])("heddle compose %j is wrong use", async (args, error, cure) => {
    const cwd = makeSample();
    const { code, stdout } = await runCli(["compose", ...args, "--json"], { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: error, cure } });
    expect(existsSync(join(cwd, "composers/web/x.ts"))).toBe(false);
  });
});
