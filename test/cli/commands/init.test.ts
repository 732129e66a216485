import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, ROOT } from "../../support/ensure-built.ts";
import { linkPackages, makeFolder, writeFiles } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

describe("heddle init", () => {
  it("says so where nothing can be written: a file is in the way", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { shop: "a file" });
    const { code, stderr } = await runCli(["init", "shop/below"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be written: E[A-Z]+/);
    expect(stderr).toContain("name a folder that you may write to");
  });

  it("writes a project that generates, type-checks and passes its own test", async () => {
    const cwd = makeFolder();
    const { code, stdout } = await runCli(["init", "shop"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(ROOT, "test/cli/init/output.txt"), "utf8"));
    const shop = join(cwd, "shop");
    linkPackages(shop);
    expect(await runCli(["gen"], { cwd: shop })).toMatchObject({ code: 0 });
    expect(await runCli(["check"], { cwd: shop })).toMatchObject({ code: 0, stderr: "" });
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "" };
    expect(
      execFileSync(process.execPath, [vitest, "run"], { cwd: shop, encoding: "utf8", env }),
    ).toContain("1 passed");
  });

  it("keeps what stands there, completes package.json, and writes over with --force", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, {
      "package.json": JSON.stringify({
        name: "mine",
        type: "commonjs",
        dependencies: { heddle: "file:heddle.tgz" },
        scripts: { dev: "mine" },
      }),
      "README.md": "mine",
    });
    const { stdout } = await runCli(["init", "--json"], { cwd });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ ok: true, dir: cwd, kept: ["README.md"], warnings: [] });
    expect(report.written).not.toContain("package.json");
    expect(report.changed).toEqual([
      { path: "package.json", keys: ["type", "scripts", "imports", "devDependencies"] },
    ]);
    expect(report.next[0]).toBe("npm install");
    expect(readFileSync(join(cwd, "README.md"), "utf8")).toBe("mine");
    expect(JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"))).toMatchObject({
      name: "mine",
      type: "module",
      imports: { "#gateway": "./generated/gateway.ts" },
      dependencies: { heddle: "file:heddle.tgz" },
      scripts: { dev: "mine", build: "heddle build" },
    });
    const again = JSON.parse((await runCli(["init", "--json"], { cwd })).stdout);
    expect(again).toMatchObject({ written: [], changed: [], next: [] });
    await runCli(["init", "--force"], { cwd });
    expect(readFileSync(join(cwd, "README.md"), "utf8")).toContain("# heddle-test-");
  });

  it("names what it changes in package.json, and says when there is nothing to do", async () => {
    const cwd = makeFolder();
    const manifest = { name: "mine", type: "commonjs", dependencies: { heddle: "0.1.0" } };
    writeFiles(cwd, { "package.json": JSON.stringify(manifest) });
    const { stdout } = await runCli(["init"], { cwd });
    expect(stdout).toContain("changed  package.json (type, imports, scripts, devDependencies)\n");
    expect(stdout).toContain("\nGo on with:\n  npm install\n  npx heddle gen\n");
    const again = await runCli(["init"], { cwd });
    expect(again.stdout).toMatch(
      /^kept {3}README\.md\n\nNothing to do: all that a gateway needs stands there\.\n$/m,
    );
    expect(again.stdout).not.toContain("npm install");
  });

  it("does not tell to install again where only a file was missing", async () => {
    const cwd = makeFolder();
    await runCli(["init"], { cwd });
    rmSync(join(cwd, "README.md"));
    const { stdout } = await runCli(["init", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      written: ["README.md"],
      next: ["npx heddle gen", "npx heddle dev --mock"],
    });
  });

  it("says how to enter a folder whose name a shell would take apart", async () => {
    const { stdout } = await runCli(["init", "My Shop"], { cwd: makeFolder() });
    expect(stdout).toContain('\n  cd "My Shop"\n');
  });

  it("a manifest that is not JSON ends with 4 and nothing is written", async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { "package.json": "{" });
    const { code, stdout } = await runCli(["init", "--json"], { cwd });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: "configuration-invalid", place: "package.json" },
    });
    expect(existsSync(join(cwd, "heddle.config.ts"))).toBe(false);
  });
});
