import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { changeFile, makeSample } from "../../support/project.ts";
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
    expect(stderr).toMatch(
      /^warn {2}environment: heddle\.config\.ts:5:44 services\.books\.url .*BOOKS_URL.*\n {6}set BOOKS_URL, .*heddle dev --mock$/m,
    );
  });

  it("tells every problem of the configuration with its place", async () => {
    const cwd = makeSample();
    changeFile(cwd, "heddle.config.ts", 'timeout: "2s"', "timeout: 2, timeot: 2");
    const { code, stderr } = await runCli(["doctor"], { cwd });
    expect(code).toBe(1);
    expect(
      stderr,
    ).toContain(`fail  configuration: heddle.config.ts:5:67 services.books.timeout is not a duration: 2
      write a number and a unit as a text: "300ms", "10s", "5m"
fail  configuration: heddle.config.ts:5:79 services.books.timeot is not a known key: 2
      did you mean "timeout"?
error 2 things are wrong
`);
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
