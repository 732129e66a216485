import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle check", () => {
  it("ends with 1 for a mistake of the types, with its place", async () => {
    const cwd = makeSample();
    changeFile(cwd, "composers/web/book-page.ts", "book.authorId", "book.authorIdd");
    await runCli(["gen"], { cwd });
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^composers\/web\/book-page\.ts:9:\d+ TS2551: Property 'authorIdd' does not exist/,
    );
    const json = JSON.parse((await runCli(["check", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({
      ok: false,
      error: { code: "types-invalid" },
      generated: "current",
      types: [{ code: "TS2551" }],
    });
  });

  it("ends with 4 for a name in the configuration that is no operation, as the gateway would not start", async () => {
    const cwd = makeSample();
    const mistake = 'timeout: "2s", operations: { getBok: { cache: "30s" } }';
    changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', mistake);
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^heddle\.config\.ts:5:96 services\.books\.operations\.getBok is no operation of the service\n {4}did you mean "getBook"\?\n/,
    );
  });

  it("ends with 3 when generated/ is not current, and tells mistakes of the types in the same run", async () => {
    const cwd = makeSample();
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("generated/gateway.ts missing");
    expect(stderr).toContain("TS2307");
  });

  it("tells what is wrong with documents, whether the project is in order or not", async () => {
    const cwd = makeSample();
    const lost =
      "  /lost:\n    get: { responses: { 200: { $ref: '#/components/responses/None' } } }\n";
    changeFile(cwd, "specs/books.yaml", "paths:\n", `paths:\n${lost}`);
    const stale = await runCli(["check"], { cwd });
    expect(stale.code).toBe(3);
    expect(stale.stderr).toContain("warning ref-dangling (GET /lost)");
    await runCli(["gen"], { cwd });
    const fine = await runCli(["check"], { cwd });
    expect(fine.code).toBe(0);
    expect(fine.stderr).toContain("warning ref-dangling (GET /lost)");
    const json = JSON.parse((await runCli(["check", "--json"], { cwd })).stdout);
    expect(json).toMatchObject({ ok: true, diagnostics: [{ code: "ref-dangling" }] });
    changeFile(cwd, "composers/web/book-page.ts", "book.authorId", "book.authorIdd");
    await runCli(["gen"], { cwd });
    const mistaken = await runCli(["check"], { cwd });
    expect(mistaken.code).toBe(1);
    expect(mistaken.stderr).toContain("warning ref-dangling (GET /lost)");
    expect((await runCli(["check", "--strict"], { cwd })).code).toBe(4);
  });

  it("ends with 4 for a configuration that is invalid", async () => {
    const cwd = makeSample();
    changeFile(cwd, "heddle.config.ts", '"2s"', '"soon"');
    const { code, stderr } = await runCli(["check"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toContain("services.books.timeout");
  });
});
