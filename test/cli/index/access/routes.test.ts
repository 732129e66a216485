/** The access of routes from document to `generated/routes.ts`, however their calls are written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generate } from "../../../../cli/generate.ts";
import { formatRoutes } from "../../../../cli/print/format-routes.ts";
import { createTerminal } from "../../../../cli/print/terminal.ts";
import { composerOf, makeProject } from "./project.ts";

const terminal = createTerminal(false);
const BOOK = "books person(books:read) | deprecated from 2026-05-01, ends 2099-08-28";
const CLIENT =
  'services.books.client.GET("/books/{id}", { params: { path } }).then(({ data }) => data)';
const BRANCH = "path.id ? services.books.listBooks() : services.books.getTown({ path })";
const PARTS = "({ town: services.books.getTown({ path }), book: () => bookOf(services, path.id) })";
const LOOP =
  "Promise.all([1].map(() => services.books.getBook.result({ path }).then(({ status }) => status)))";

it("reaches the generated routes and what is told of them", async () => {
  const composers = {
    branch: composerOf("branch", "{}", BRANCH),
    client: composerOf("client", "{}", CLIENT),
    loop: composerOf("loop", "{}", LOOP),
    open: composerOf("open", "{}", "services.books.getTown({ path })"),
    parts: composerOf("parts", "{}", PARTS),
  };
  const root = makeProject(composers, 'expose: ["listBooks"],');
  const { report } = await generate({ root }, terminal);
  expect(report.outcome).toBe("ok");
  const text = readFileSync(join(root, "generated/routes.ts"), "utf8");
  const facts = `{
    access: [
      { service: "books", operations: ["getBook"], anyOf: [{ person: ["books:read"] }] },
    ],
    ending: { deprecated: "2026-05-01", sunset: "2099-08-28" },
  }`;
  const staff = `{
    access: [
      { service: "books", operations: ["listBooks"], anyOf: [{ staff: [] }] },
    ],
  }`;
  expect(text.slice(text.indexOf("export const"))).toBe(`export const routes = [
  composed("web", "composers/web/branch.ts", webPage, ${staff}), // GET /web/branch/{id}
  composed("web", "composers/web/client.ts", webPage2, ${facts}), // GET /web/client/{id}
  composed("web", "composers/web/loop.ts", webPage3, ${facts}), // GET /web/loop/{id}
  composed("web", "composers/web/open.ts", webPage4), // GET /web/open/{id}
  composed("web", "composers/web/parts.ts", webPage5, ${facts}), // GET /web/parts/{id}
  proxied("books", booksOperations.listBooks, "/books", ${staff}), // GET /books/books
];
`);
  const table = formatRoutes(report.routes, terminal).trimEnd();
  expect(table.split("\n").map((line) => line.trimEnd().replace(/ {2,}/g, " | "))).toEqual([
    "METHOD | PATH | FRONTEND | ANSWERED BY | ACCESS | RETIREMENT",
    "GET | /web/branch/{id} | web | composed (composers/web/branch.ts) | books staff",
    `GET | /web/client/{id} | web | composed (composers/web/client.ts) | ${BOOK}`,
    `GET | /web/loop/{id} | web | composed (composers/web/loop.ts) | ${BOOK}`,
    "GET | /web/open/{id} | web | composed (composers/web/open.ts)",
    `GET | /web/parts/{id} | web | composed (composers/web/parts.ts) | ${BOOK}`,
    "GET | /books/books | - | proxied (books.listBooks) | books staff",
  ]);
  expect(
    report.routes.map(({ template, deprecated, sunset, access = [] }) => {
      return [template, deprecated, sunset, access.map(({ operations }) => operations.join())];
    }),
  ).toEqual([
    ["/web/branch/{id}", undefined, undefined, ["listBooks"]],
    ["/web/client/{id}", "2026-05-01", "2099-08-28", ["getBook"]],
    ["/web/loop/{id}", "2026-05-01", "2099-08-28", ["getBook"]],
    ["/web/open/{id}", undefined, undefined, []],
    ["/web/parts/{id}", "2026-05-01", "2099-08-28", ["getBook"]],
    ["/books/books", undefined, undefined, ["listBooks"]],
  ]);
});
