import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeFolder, makeSample, writeFiles } from "../../support/project.ts";
import { runCli, startCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const SMALL = JSON.stringify({
  openapi: "3.0.3",
  info: { title: "Small", version: "1" },
  paths: { "/a": { get: { operationId: "getA", responses: { "204": { description: "done" } } } } },
});

describe("heddle gen", () => {
  it("writes what the configuration names, then finds nothing to do", async () => {
    const cwd = makeSample();
    const first = await runCli(["gen"], { cwd });
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("books    specs/books.yaml  4                     generated");
    expect(first.stdout).toMatch(/generated\/: 11 files written; 1 route\n$/);
    const second = await runCli(["gen"], { cwd });
    expect(second.stdout).toMatch(/generated\/: nothing to do; 1 route\n$/);
  });

  it("--json prints the report alone", async () => {
    const cwd = makeSample();
    const { code, stdout } = await runCli(["gen", "--json"], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      outcome: "ok",
      services: [
        {
          name: "books",
          document: "specs/books.yaml",
          status: "generated",
          operations: 4,
          warnings: 0,
        },
      ],
      routes: [
        { kind: "composed", method: "GET", template: "/web/books/{bookId}", frontend: "web" },
      ],
      diagnostics: [],
    });
  });

  it("--check ends with 3 and names what differs; nothing is written", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    expect(await runCli(["gen", "--check"], { cwd })).toMatchObject({
      code: 0,
      stdout: "generated/ is current: 1 service, 1 route\n",
    });
    const routes = join(cwd, "generated/routes.ts");
    appendFileSync(routes, "// mine\n");
    const edited = readFileSync(routes, "utf8");
    const { code, stderr } = await runCli(["gen", "--check"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("generated/routes.ts edited");
    expect(stderr).toContain("run heddle gen and commit what it changes");
    expect(readFileSync(routes, "utf8")).toBe(edited);
    const json = await runCli(["gen", "--check", "--json"], { cwd });
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      error: { code: "generated-stale" },
      drift: [{ path: "generated/routes.ts", reason: "edited" }],
    });
  });

  it("works without a configuration", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { "a.json": SMALL, "b.json": SMALL });
    const { code, stdout } = await runCli(
      ["gen", "--document", "one=a.json", "--document", "two=b.json", "--out", "clients", "--json"],
      { cwd },
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.services.map(({ name }: { name: string }) => name)).toEqual(["one", "two"]);
    expect(report.written).toContain("clients/two/operations.ts");
  });

  it("a document that cannot be read ends with 4, with place and cure and without a stack trace", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { "broken.json": '{\n  "openapi": "3.0.3",,\n}' });
    const { code, stdout, stderr } = await runCli(["gen", "--document", "one=broken.json"], {
      cwd,
    });
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/^broken\.json:2:\d+ error document-unreadable/);
    expect(stderr).not.toMatch(/^\s+at /m);
    const json = await runCli(["gen", "--document", "one=broken.json", "--json"], { cwd });
    expect(json.code).toBe(4);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      error: { code: "document-invalid", place: expect.stringMatching(/^broken\.json:2:/) },
      diagnostics: [{ code: "document-unreadable" }],
    });
  });

  it("tells warnings every time, and --strict makes errors of them", async () => {
    const cwd = makeFolder();
    const dangling = JSON.parse(SMALL);
    dangling.paths["/a"].get.responses["200"] = { $ref: "#/components/responses/None" };
    writeFiles(cwd, { "a.json": JSON.stringify(dangling) });
    const gen = ["gen", "--document", "one=a.json"];
    const first = await runCli(gen, { cwd });
    expect(first.code).toBe(0);
    expect(first.stderr).toContain("warning ref-dangling");
    const again = await runCli(gen, { cwd });
    expect(again.stdout).toContain("unchanged");
    expect(again.stderr).toContain("warning ref-dangling");
    const json = await runCli([...gen, "--json"], { cwd });
    expect(JSON.parse(json.stdout).diagnostics).toMatchObject([{ code: "ref-dangling" }]);
    const strict = await runCli([...gen, "--strict"], { cwd });
    expect(strict.code).toBe(4);
    expect(strict.stderr).toContain("nothing was generated: 1 warning, and --strict allows none");
  });

  it("leaves files of another origin alone, and ends with 4", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { "a.json": SMALL, "src/gateway.ts": "mine", "src/one/client.d.ts": "mine" });
    const gen = ["gen", "--document", "one=a.json", "--out", "src"];
    const { code, stderr } = await runCli(gen, { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain("src/gateway.ts was not written by heddle gen\n");
    expect(stderr).toContain("src/one/client.d.ts was not written by heddle gen\n");
    expect(stderr).toContain("move them elsewhere, or choose another folder with --out");
    expect(readFileSync(join(cwd, "src/gateway.ts"), "utf8")).toBe("mine");
    const json = await runCli([...gen, "--json"], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      error: { code: "file-exists" },
      inTheWay: ["src/gateway.ts", "src/one/client.d.ts"],
    });
  });

  it("names a document that is not there where it is named, with a guess", async () => {
    const cwd = makeSample();
    changeFile(cwd, "heddle.config.ts", "specs/books.yaml", "specs/book.yaml");
    const { code, stderr } = await runCli(["gen"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain(
      'heddle.config.ts:5:14 error document-unreadable: services.books.document: cannot read "specs/book.yaml"',
    );
    expect(stderr).toContain('did you mean "specs/books.yaml"?');
  });

  it("tells which operations are gone, and which composers name them", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    changeFile(cwd, "specs/books.yaml", "operationId: getAuthor", "operationId: readAuthor");
    const told =
      "books: renamed getAuthor to readAuthor (GET /authors/{authorId}), mentioned in composers/web/book-page.ts:9\n";
    expect((await runCli(["gen", "--check"], { cwd })).stderr).toContain(told);
    expect((await runCli(["gen"], { cwd })).stdout).toContain(told);
    expect((await runCli(["gen"], { cwd })).stdout).not.toContain("renamed");
  });

  it("every problem of a configuration is told at once, and ends with 4", async () => {
    const cwd = makeSample();
    writeFileSync(
      join(cwd, "heddle.config.ts"),
      'export default { services: { books: { document: "specs/books.yaml", url: 7, timout: "1s" } }, server: { port: "x" } };\n',
    );
    const { code, stderr } = await runCli(["gen"], { cwd });
    expect(code).toBe(4);
    for (const path of ["services.books.url", "services.books.timout", "server.port"])
      expect(stderr).toContain(path);
    expect(stderr).toContain('did you mean "timeout"?');
  });

  it("--watch generates again when a document, a composer or the configuration changes, and outlives mistakes", async () => {
    const cwd = makeSample();
    const running = startCli(["gen", "--watch"], { cwd });
    await running.until(/watching \d+ files and folders/);
    const document = join(cwd, "specs/books.yaml");
    const text = readFileSync(document, "utf8");

    writeFileSync(document, text.replace("operationId: getAuthor", "operationId: readAuthor"));
    await running.until(/generated\/: \d files? written/);
    expect(readFileSync(join(cwd, "generated/books/client.d.ts"), "utf8")).toContain("readAuthor");

    writeFileSync(document, "openapi: [");
    await running.until(/nothing was generated: 1 error/);
    writeFileSync(document, text);
    await running.until(/generated\/: \d files? written/);

    writeFiles(cwd, {
      "composers/web/all.ts":
        'import { compose } from "#gateway";\nexport const all = compose.get("/web/all", () => ({}));\n',
    });
    await running.until(/generated\/: 5 files written; 2 routes/);
    rmSync(join(cwd, "composers/web/all.ts"));
    await running.until(/generated\/: 5 files written; 1 route/);

    const config = join(cwd, "heddle.config.ts");
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace('"2s"', '"2s", expose: ["listBooks"]'),
    );
    await running.until(/; 2 routes/);
    expect((await running.stop("SIGINT")).code).toBe(130);
  });
});
