import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle routes", () => {
  it("lists composed and relayed routes, without writing anything", async () => {
    const cwd = makeSample();
    changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', 'expose: ["getAuthor"]');
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
        {
          kind: "composed",
          method: "GET",
          template: "/web/books/{bookId}",
          frontend: "web",
          file: "composers/web/book-page.ts",
          composer: "bookPage",
        },
        {
          kind: "proxied",
          method: "GET",
          template: "/books/authors/{authorId}",
          service: "books",
          operation: "getAuthor",
        },
      ],
    });
  });
});

it("heddle routes shows what is on its way out, by composer, configuration and document", async () => {
  const cwd = makeSample();
  changeFile(
    cwd,
    "heddle.config.ts",
    'timeout: "2s"',
    'expose: ["getAuthor"], operations: { getAuthor: { deprecated: "2026-11-01", sunset: "2099-05-01", successor: "/v2" } }',
  );
  const { stdout } = await runCli(["routes", "--json"], { cwd });
  expect(JSON.parse(stdout).routes[1]).toMatchObject({
    deprecated: "2026-11-01",
    sunset: "2099-05-01",
    successor: "/v2",
  });
  const { stdout: text } = await runCli(["routes"], { cwd });
  expect(text.split("\n")[2]).toMatch(
    / proxied \(books\.getAuthor\) +deprecated from 2026-11-01, ends 2099-05-01, use \/v2$/,
  );
});

it("heddle routes, check and mock take services without documents and routes of the configuration", async () => {
  const cwd = makeSample();
  changeFile(
    cwd,
    "heddle.config.ts",
    "services: {",
    'services: {\n    legacy: { url: "http://127.0.0.1:1" },',
  );
  changeFile(
    cwd,
    "heddle.config.ts",
    "services: {",
    `routes: [
    { path: "/**", to: "legacy" },
    { path: "/web/books/{id}", method: "GET", header: { "x-old": true }, to: "legacy" },
    { path: "/old/{id}", host: "a.test", redirect: { to: "/web/books/{id}" } },
  ],
  services: {`,
  );
  expect((await runCli(["gen"], { cwd })).code).toBe(0);
  const { stdout } = await runCli(["routes"], { cwd });
  expect(stdout.split("\n").map((line) => line.replace(/ +/g, " ").trim())).toEqual([
    "METHOD PATH FRONTEND ANSWERED BY",
    "GET /web/books/{bookId} web composed (composers/web/book-page.ts)",
    "any /** - proxied (legacy)",
    "GET /web/books/{id} x-old - proxied (legacy)",
    "any /old/{id} host=a.test - redirect (308 /web/books/{id})",
    "",
  ]);
  const checked = await runCli(["check"], { cwd });
  expect(checked.code).toBe(0);
  expect(checked.stdout).toContain("(2 services, 4 routes)");
  changeFile(cwd, "heddle.config.ts", 'header: { "x-old": true }, ', "");
  const refused = await runCli(["check"], { cwd });
  expect(refused.code).toBe(4);
  expect(refused.stderr).toMatch(
    /heddle\.config\.ts:\d+:\d+ routes\[1\] GET \/web\/books\/\{id\} has the same method and path as GET \/web\/books\/\{bookId\}/,
  );
  const mock = await runCli(["mock", "legacy"], { cwd });
  expect(mock.code).not.toBe(0);
  expect(mock.stderr).toContain("legacy has no document to make a mock of");
});
