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
