import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { makeSample } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle doctor", () => {
  it("tells one line a thing, with cures, and ends with 1 when something fails", async () => {
    const cwd = makeSample();
    const { code, stderr } = await runCli(["doctor"], { cwd, env: { PORT: "1" } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ok {4}package\.json: /m);
    expect(stderr).toMatch(/^warn {2}lockfile: there is none/m);
    expect(stderr).toMatch(
      /^fail {2}generated: generated\/ is not current: \d+ differences\n {6}run heddle gen$/m,
    );
    expect(stderr).toMatch(/^warn {2}environment: services\.books\.url .*BOOKS_URL/m);
  });

  it("is content with warnings", async () => {
    const cwd = makeSample();
    await runCli(["gen"], { cwd });
    const { code, stdout } = await runCli(["doctor", "--json"], {
      cwd,
      env: { BOOKS_URL: "http://books.example" },
    });
    expect(code).toBe(0);
    const { findings } = JSON.parse(stdout) as { findings: { about: string; status: string }[] };
    expect(findings.filter(({ status }) => status === "fail")).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ about: "environment", status: "ok" }),
    );
  });
});
