import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const PAGE = "composers/web/book-page.ts";
const AUTHOR = "author: () => services.books.getAuthor({ path: { authorId: book.authorId } }),";

/** The sample, with its reviews awaited before anything else. */
function makeSlow(): string {
  const cwd = makeSample();
  changeFile(
    cwd,
    PAGE,
    "const book =",
    "const reviews = await services.books.listReviews({ path: { bookId: path.bookId } });\n  const book =",
  );
  changeFile(
    cwd,
    PAGE,
    "reviews: () => services.books.listReviews({ path: { bookId: book.id } }, { fallback: [] }),",
    "reviews,",
  );
  return cwd;
}

describe("heddle explain", () => {
  it("tells in which order a route makes its calls, and runs nothing", async () => {
    const { code, stdout } = await runCli(["explain", "bookPage"], { cwd: makeSample() });
    expect(code).toBe(0);
    expect(stdout).toBe(`GET /web/books/{bookId}  composers/web/book-page.ts:4

by its source: 3 calls in 2 stages, 200 ms
books.getBook                          0-100 ms ████████████████████████
books.getAuthor   author             100-200 ms                         ████████████████████████
books.listReviews reviews or default 100-200 ms                         ████████████████████████
  taken for granted: each call 100 ms

█ decides when the answer is there, ░ has time to spare

nothing to mend
`);
  });

  it("names what waits for nothing, runs the route once, and says that both agree", async () => {
    const { code, stdout } = await runCli(
      ["explain", "/web/books/{bookId}", "--run", "--latency", "books.getBook=40ms"],
      { cwd: makeSlow() },
    );
    expect(code).toBe(0);
    expect(stdout).toBe(`GET /web/books/{bookId}  composers/web/book-page.ts:4

by its source: 3 calls in 3 stages, 240 ms
books.listReviews          0-100 ms ████████████████████
books.getBook            100-140 ms                     ████████
books.getAuthor   author 140-240 ms                             ████████████████████
  taken for granted: books.getBook 40 ms, any other 100 ms

measured on mocks: 3 requests, 240 ms, answered with 200
books.listReviews          0-100 ms ████████████████████
books.getBook            100-140 ms                     ████████
books.getAuthor          140-240 ms                             ████████████████████
  as the source says

█ decides when the answer is there, ░ has time to spare

1 finding; all mended: 200 ms instead of 240 ms

series composers/web/book-page.ts:6:22, saves 40 ms
  books.getBook waits for books.listReviews, whose answer it does not use
  -> start them together: const [one, other] = await Promise.all([...]), or make each a part of the
     answer
`);
  });

  it("says where a run was otherwise: a list of another length, a call that was left out", async () => {
    const cwd = makeSample();
    changeFile(
      cwd,
      PAGE,
      AUTHOR,
      `authors: async () => {
      const found = [];
      for (const authorId of [book.authorId, "jane"]) {
        if (authorId === "nobody") await services.books.listReviews({ path: { bookId: authorId } });
        found.push(await services.books.getAuthor({ path: { authorId } }));
      }
      return found;
    },`,
    );
    changeFile(
      cwd,
      PAGE,
      "reviews: () => services.books.listReviews({ path: { bookId: book.id } }, { fallback: [] }),",
      "",
    );
    const { stdout } = await runCli(["explain", "bookPage", "--run", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      assumed: { items: 10, latencyMs: 100, told: {} },
      measured: {
        status: 200,
        totalMs: 300,
        requests: 3,
        differences: [
          "books.listReviews was not called: it may be left out",
          "books.getAuthor took from 100 to 300 ms, by the source from 1100 to 2100 ms",
        ],
      },
    });
  });

  it("prints nothing but its own, whatever composers print", async () => {
    const cwd = makeSample();
    changeFile(
      cwd,
      PAGE,
      "return {",
      'console.log("from a composer");\n    process.stdout.write("from a composer\\n");\n    return {',
    );
    const { code, stdout } = await runCli(["explain", "bookPage", "--run", "--json"], { cwd });
    expect([code, stdout[0]]).toEqual([0, "{"]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, measured: { status: 200 } });
  });

  it("shows what the gateway waits for no longer, and fails where nothing answers in time", async () => {
    const cwd = makeSample();
    const slow = ["--run", "--latency", "books.listReviews=3s"];
    changeFile(cwd, PAGE, '{ deadline: "2s" }', '{ deadline: "4s" }');
    const { stdout } = await runCli(["explain", "bookPage", ...slow], { cwd });
    expect(stdout).toMatch(/^books\.listReviews given up +100-2100 ms/m);
    expect(stdout).toContain(
      "books.listReviews took from 100 to 2100 ms, by the source from 100 to 3100 ms: it was given up",
    );
    const late = ["--run", "--latency", "3s"];
    const { code, stderr } = await runCli(["explain", "bookPage", ...late], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("let services answer within their timeouts: --latency 10ms");
  });

  it("writes a picture, for programs tells the same as for people", async () => {
    const cwd = makeSlow();
    const { stdout } = await runCli(["explain", PAGE, "--svg", "page.svg", "--json"], { cwd });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      ok: true,
      route: "GET /web/books/{bookId}",
      kind: "composed",
      plan: { totalMs: 300, stages: 3 },
      findings: [{ kind: "series", at: `${PAGE}:6:22`, call: "books.getBook", savesMs: 100 }],
      mendedMs: 200,
      unfollowed: [],
      svg: "page.svg",
    });
    expect(readFileSync(join(cwd, "page.svg"), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it("ends with 2 for what there is not, and says what was meant", async () => {
    const cwd = makeSample();
    const fails = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await runCli(["explain", ...args], { cwd });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await fails("GET /web/book/{bookId}")).toContain(
      'did you mean "GET /web/books/{bookId}"?',
    );
    expect(await fails("bookPage", "--latency", "bokks=1s")).toContain('did you mean "books"?');
    expect(await fails("bookPage", "--latency", "books.getBok=1s")).toContain(
      'did you mean "getBook"?',
    );
    expect(await fails("bookPage", "--latency", "fast")).toContain('"fast" is not a duration');
  });

  it("fails with a cure where the picture cannot be written, and where no request can be made up", async () => {
    const cwd = makeSample();
    const picture = await runCli(["explain", "bookPage", "--svg", "none/page.svg"], { cwd });
    expect(picture.code).toBe(1);
    expect(picture.stderr).toContain("name a file in a folder that exists");
    changeFile(
      cwd,
      PAGE,
      "const book =",
      'if (path.bookId !== "moby") throw new Error("no");\n  const book =',
    );
    const run = await runCli(["explain", "bookPage", "--run"], { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('say in drill.json what to send to "GET /web/books/{bookId}"');
    expect(existsSync(join(cwd, "drill.json"))).toBe(false);
  });
});

describe("heddle check of budgets", () => {
  const setBudget = (cwd: string, budget: string): void =>
    changeFile(cwd, PAGE, '{ deadline: "2s" }', `{ deadline: "2s", budget: ${budget} }`);

  it("holds what a route may cost, and names the number that is exceeded", async () => {
    const cwd = makeSlow();
    setBudget(cwd, "{ calls: 3, stages: 2 }");
    await runCli(["gen"], { cwd });
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "GET /web/books/{bookId} has a budget of 2 stages, and needs 3, the last for books.getAuthor",
    );
    expect(stderr).toContain("composers/web/book-page.ts:4:106");
    expect(stderr).toContain('heddle explain "GET /web/books/{bookId}" shows what could be saved');
    const json = JSON.parse((await runCli(["check", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({
      ok: false,
      error: { code: "budget-exceeded" },
      budgets: [{ route: "GET /web/books/{bookId}", place: `${PAGE}:4:106` }],
    });
    changeFile(cwd, PAGE, "stages: 2", "stages: 3");
    await runCli(["gen"], { cwd });
    expect((await runCli(["check"], { cwd })).code).toBe(0);
  });

  it("reads constants, wherever they stand, and names what is computed", async () => {
    const cwd = makeSample();
    setBudget(cwd, "budget");
    changeFile(
      cwd,
      PAGE,
      "/** Everything",
      "const calls = 2;\nconst budget = { calls, stages: Number(2) };\n/** Everything",
    );
    await runCli(["gen"], { cwd });
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("2 budgets of routes are not kept");
    expect(stderr).toContain("has a budget of 2 calls, and needs 3");
    expect(stderr).toContain("budget.stages of GET /web/books/{bookId} is computed");
  });
});
