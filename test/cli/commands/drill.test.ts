import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const PAGE = "composers/web/book-page.ts";
const FALLBACK = "{ path: { bookId: book.id } }, { fallback: [] }";

/** A project whose drill is recorded. */
async function makeDrilled(): Promise<string> {
  const cwd = makeSample();
  await runCli(["drill"], { cwd });
  return cwd;
}

const read = (cwd: string, name: string): string =>
  readFileSync(join(cwd, "generated", name), "utf8");

describe("heddle drill", () => {
  it("generates, drills every route and records what it found for people and programs", async () => {
    const cwd = makeSample();
    const { code, stdout } = await runCli(["drill"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^GET \/web\/books\/\{bookId\} +fails without books$/m);
    expect(stdout).toContain("written generated/resilience.json, generated/resilience.md");
    expect(read(cwd, "resilience.md")).toContain("| timeout | 504 deadline-exceeded after 2 s |");
    expect(JSON.parse(read(cwd, "resilience.json"))).toMatchObject({
      version: 1,
      routes: [
        { route: "GET /web/books/{bookId}", services: [{ service: "books", need: "hard" }] },
      ],
    });
    const again = await runCli(["drill"], { cwd });
    expect(again.stdout).toContain("ok generated/resilience.md is as it was");
  });

  it("shows one route, or one service, and writes nothing", async () => {
    const cwd = makeSample();
    const one = await runCli(["drill", "--route", "/web/books/{bookId}"], { cwd });
    expect(one.stdout).toMatch(/^books refused +502 service-unreachable$/m);
    const other = await runCli(["drill", "--service", "books", "--json"], { cwd });
    expect(JSON.parse(other.stdout)).toMatchObject({ ok: true, written: [] });
    expect(existsSync(join(cwd, "generated/resilience.json"))).toBe(false);
  });

  it("ends with 2 for a route or a service that there is not, and says which was meant", async () => {
    const cwd = makeSample();
    const route = await runCli(["drill", "--route", "GET /web/book/{bookId}"], { cwd });
    expect(route.code).toBe(2);
    expect(route.stderr).toContain('did you mean "GET /web/books/{bookId}"?');
    const service = await runCli(["drill", "--service", "bokks"], { cwd });
    expect(service.code).toBe(2);
    expect(service.stderr).toContain('did you mean "books"?');
  });

  it("names a route that takes no request that could be made up, and takes one from drill.json", async () => {
    const cwd = makeSample();
    changeFile(
      cwd,
      PAGE,
      "const book =",
      'if (path.bookId !== "moby") throw problem("not-found");\n  const book =',
    );
    changeFile(
      cwd,
      PAGE,
      "import { compose }",
      'import { problem } from "heddle";\nimport { compose }',
    );
    const { code, stdout } = await runCli(["drill"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/not drilled: needs an example: .* answered with 404/);
    const input = { path: { bookId: "moby" } };
    writeFileSync(join(cwd, "drill.json"), JSON.stringify({ "GET /web/books/{bookId}": input }));
    const drilled = await runCli(["drill"], { cwd });
    expect(drilled.stdout).toContain("changed GET /web/books/{bookId}: can be drilled now");
    writeFileSync(join(cwd, "drill.json"), JSON.stringify({ "GET /web/boks/{bookId}": input }));
    const wrong = await runCli(["drill"], { cwd });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('did you mean "GET /web/books/{bookId}"?');
  });
});

describe("heddle check of a recorded drill", () => {
  it("fails with 3 and names the cells when an optional dependency has become a hard one", async () => {
    const cwd = makeSample();
    // A service of its own for the reviews, so that the route can do without it.
    changeFile(
      cwd,
      "heddle.config.ts",
      "books: {",
      'reviews: { document: "specs/books.yaml", url: "http://127.0.0.1:9", timeout: "300ms" },\n    books: {',
    );
    changeFile(cwd, PAGE, "services.books.listReviews", "services.reviews.listReviews");
    const drilled = await runCli(["drill"], { cwd });
    expect(drilled.stdout).toContain("answers without reviews; fails without books");
    changeFile(cwd, PAGE, FALLBACK, "{ path: { bookId: book.id } }");
    await runCli(["gen"], { cwd });
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain(
      "GET /web/books/{bookId}: reviews timeout was 200 degraded: reviews (default) after 300 ms, is 504 service-timeout after 300 ms",
    );
    expect(stderr).toContain("GET /web/books/{bookId}: reviews was optional, is hard now");
    expect(stderr).toContain("generated/resilience.json is true no more: 6 differences\n");
    expect(stderr).toContain("run heddle drill and commit generated/resilience.*");
    const json = JSON.parse((await runCli(["check", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({ ok: false, drill: { state: "stale" }, generated: "current" });
    await runCli(["drill"], { cwd });
    expect((await runCli(["check"], { cwd })).code).toBe(0);
  });

  it("does not drill where nothing has changed, and drills again, and holds, where what changed makes no difference", async () => {
    const cwd = await makeDrilled();
    const current = await runCli(["check"], { cwd });
    expect(current.code).toBe(0);
    expect(current.stdout).toContain("; the drill is current");
    changeFile(cwd, PAGE, "/** Everything", "/** All");
    await runCli(["gen"], { cwd });
    const { code, stdout } = await runCli(["check"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "; drilled again, as its inputs have changed, and the routes fail as recorded",
    );
  });

  it("believes no table that somebody has written in, in either file", async () => {
    const cwd = await makeDrilled();
    changeFile(cwd, "generated/resilience.json", '"status": 504', '"status": 200');
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("books timeout was 200 deadline-exceeded after 2 s, is 504");
    await runCli(["drill"], { cwd });
    changeFile(cwd, "generated/resilience.md", "504", "200");
    expect((await runCli(["check"], { cwd })).code).toBe(3);
  });

  it("says nothing of a drill that was never recorded", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    const { code, stdout } = await runCli(["check"], { cwd });
    expect(code).toBe(0);
    expect(stdout).not.toContain("drill");
  });
});
