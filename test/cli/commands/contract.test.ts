/** `heddle contract`, from a project as a user has it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

it("heddle contract writes what is used of a service, and lists what is not", async () => {
  const cwd = makeSample();
  const early = await runCli(["contract", "books"], { cwd });
  expect(early.code).toBe(3);
  expect((await runCli(["gen"], { cwd })).code).toBe(0);

  const printed = await runCli(["contract", "books"], { cwd });
  expect(printed.code).toBe(0);
  const document = JSON.parse(printed.stdout);
  expect(Object.keys(document.paths)).toMatchInlineSnapshot(`
    [
      "/authors/{authorId}",
      "/books/{bookId}",
      "/books/{bookId}/reviews",
    ]
  `);
  const written = await runCli(["contract", "books", "--out", "used/books.json"], { cwd });
  expect(written.stdout).toMatchInlineSnapshot(`
    "ok used/books.json holds what is used of books (3 operations)
    "
  `);
  expect(readFileSync(join(cwd, "used/books.json"), "utf8")).toBe(printed.stdout);

  const unused = await runCli(["contract", "books", "--unused"], { cwd });
  expect(unused.stdout).toMatchInlineSnapshot(`
    "listBooks  not called
    "
  `);

  changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', 'expose: ["getAuthor"]');
  const stale = await runCli(["contract", "books"], { cwd });
  expect({ code: stale.code, stdout: stale.stdout }).toEqual({ code: 3, stdout: "" });
});

it("heddle contract tells of a service that is not there", async () => {
  const cwd = makeSample();
  expect((await runCli(["gen"], { cwd })).code).toBe(0);
  const { code, stderr } = await runCli(["contract", "boks"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('there is no service "boks"');
  expect(stderr).toContain('did you mean "books"');
});
