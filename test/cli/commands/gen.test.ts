import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { makeFolder, makeSample, writeFiles } from "../../support/project.ts";
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
    expect(first.stdout).toMatch(/generated\/: 7 files written; 1 route\n$/);
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

  it("--strict makes a warning an error", async () => {
    const cwd = makeFolder();
    const dangling = JSON.parse(SMALL);
    dangling.paths["/a"].get.responses["200"] = { $ref: "#/components/responses/None" };
    writeFiles(cwd, { "a.json": JSON.stringify(dangling) });
    const lenient = await runCli(["gen", "--document", "one=a.json"], { cwd });
    expect(lenient.code).toBe(0);
    expect(lenient.stderr).toContain("warning ref-dangling");
    expect((await runCli(["gen", "--document", "one=a.json", "--strict"], { cwd })).code).toBe(4);
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
    await running.until(/generated\/: 2 files written; 2 routes/);
    rmSync(join(cwd, "composers/web/all.ts"));
    await running.until(/generated\/: 2 files written; 1 route/);

    const config = join(cwd, "heddle.config.ts");
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace('"2s"', '"2s", expose: ["listBooks"]'),
    );
    await running.until(/; 2 routes/);
    expect((await running.stop("SIGINT")).code).toBe(130);
  });
});
