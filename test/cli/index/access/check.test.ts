/** `heddle check` over a whole project: one answer for all callers of what knows them needs a reason, wherever it stands. */
import { beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "../../../../cli/check/check-project.ts";
import { CommandError } from "../../../../cli/command-error.ts";
import { generate } from "../../../../cli/generate.ts";
import { createTerminal } from "../../../../cli/print/terminal.ts";
import { ensureBuilt } from "../../../support/ensure-built.ts";
import { runCli } from "../../../support/run-cli.ts";
import { composerOf, makeProject } from "./project.ts";

beforeAll(ensureBuilt, 180_000);

const terminal = createTerminal(false);
const CURE =
  'say why it is the same for all of them, public: "...", or leave `public` out: each caller is then given their own';
const PAGE = "one answer of page is kept for all callers, though it depends on who calls: books";
const CALL =
  "one answer of books.getBook is kept for all callers, though its document says that they are known";
const BATCH = 'batch: { getTown: { with: "listBooks", ids: "query.ids", key: "id" } },';
const TOWN = "services.books.getTown({ path })";
const TOWNS =
  "({ a: services.books.getTown({ path }), b: services.books.getTown({ path: { id: `b` } }) })";

/** What a check says of a project of one composer; nothing where it is content. */
async function told(composer: string, books?: string): Promise<readonly string[]> {
  const root = makeProject({ page: composer }, books);
  const made = await generate({ root }, terminal);
  if (made.report.outcome !== "ok") throw new Error(JSON.stringify(made.report.diagnostics));
  try {
    await checkProject({ root }, terminal);
    return [];
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode !== 4) throw error;
    const lines = (error.details.lines ?? []).flatMap((line) => line.split("\n"));
    return lines.map((line) => line.trim());
  }
}

const cached = (isPublic: string): string => `{ cache: { ttl: "1m", public: ${isPublic} } }`;
const calling = (options: string): string =>
  composerOf("page", "{}", `services.books.getBook({ path }, ${options})`);

describe("a check of a route that keeps one answer for all", () => {
  it("refuses it on the command line, with place and cure", async () => {
    const cwd = makeProject({ page: composerOf("page", cached("true")) });
    expect((await runCli(["gen"], { cwd })).code).toBe(0);
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain(`composers/web/page.ts:3:73 error cache-public: ${PAGE}.getBook
    ${CURE}
`);
    expect(stderr).toContain("error the check has found 1 error\n");
    const json = JSON.parse((await runCli(["check", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({ ok: false, error: { code: "document-invalid" } });
  });

  it.each(['"the same for all"', "false"])("is content with %s", async (isPublic) => {
    expect(await told(composerOf("page", cached(isPublic)))).toEqual([]);
  });

  it("is content where the operation knows nobody", async () => {
    expect(await told(composerOf("page", cached("true"), TOWN))).toEqual([]);
  });

  it("counts the bulk operation that answers for calls", async () => {
    const lines = await told(composerOf("page", cached("true"), TOWNS), BATCH);
    expect(lines).toEqual([
      `composers/web/page.ts:3:73 error cache-public: ${PAGE}.listBooks`,
      CURE,
    ]);
    expect(await told(composerOf("page", cached("true"), TOWN), BATCH)).toEqual([]);
  });
});

describe("a check of a call that keeps one answer for all", () => {
  it.each([
    ["true", "{ cache: { public: true } }"],
    ["an empty reason", '{ cache: { public: " " } }'],
    [
      "true in one of two options",
      "path.id ? { cache: { public: true } } : { timeout: `1s` as const }",
    ],
  ])("refuses %s", async (_, options) => {
    const [place = "", ...rest] = await told(calling(options));
    expect(place).toMatch(/^composers\/web\/page\.ts:3:\d+ error cache-public: /);
    expect([place.slice(place.indexOf(": ") + 2), ...rest]).toEqual([CALL, CURE]);
  });

  it("is content with a reason", async () => {
    expect(await told(calling('{ cache: { public: "the same for all" } }'))).toEqual([]);
  });
});

describe("a check of an operation that the configuration keeps for all", () => {
  const rule = (isPublic: string): string =>
    `operations: { getBook: { cache: { ttl: "1m", public: ${isPublic} } } },`;
  const LINE =
    "heddle.config.ts:8:52 services.books.operations.getBook.cache.public keeps one answer for all callers, though the document says that they are known";

  it("refuses it without a reason, with its place", async () => {
    expect(await told(composerOf("page", "{}"), rule("true"))).toEqual([LINE, CURE]);
    expect(await told(composerOf("page", "{}"), rule('" "'))).toEqual([LINE, CURE]);
  });

  it("is content with a reason, and where the document knows nobody", async () => {
    expect(await told(composerOf("page", "{}"), rule('"a list of towns"'))).toEqual([]);
    const town = rule("true").replace("getBook", "getTown");
    expect(await told(composerOf("page", "{}"), town)).toEqual([]);
  });
});
