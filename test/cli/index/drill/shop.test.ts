/** The shop's own table: made again here, in another folder, it is the one that is committed. */
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { ensureBuilt, ROOT } from "../../../support/ensure-built.ts";
import { makeSample } from "../../../support/project.ts";
import { runCli } from "../../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

it("the drill of the shop comes out as it is committed, byte by byte", async () => {
  const cwd = makeSample();
  for (const name of ["composers", "specs", "generated"]) {
    rmSync(join(cwd, name), { recursive: true, force: true });
    mkdirSync(join(cwd, name));
  }
  for (const name of ["composers", "specs", "generated", "heddle.config.ts"])
    cpSync(join(ROOT, name), join(cwd, name), { recursive: true });
  for (const name of ["resilience.md", "resilience.json"]) rmSync(join(cwd, "generated", name));

  const { code, stdout, stderr } = await runCli(["drill", "--json"], { cwd });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(JSON.parse(stdout).written).toEqual([
    "generated/resilience.json",
    "generated/resilience.md",
  ]);
  for (const name of ["resilience.md", "resilience.json"]) {
    const committed = readFileSync(join(ROOT, "generated", name), "utf8");
    expect(readFileSync(join(cwd, "generated", name), "utf8")).toBe(committed);
  }
});
