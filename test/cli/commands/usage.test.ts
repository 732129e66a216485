import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "../../support/ensure-built.ts";
import { makeFolder } from "../../support/project.ts";
import { runCli } from "../../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const run = (...args: string[]) => runCli(args, { cwd: makeFolder() });

describe("help and version", () => {
  it("the fast path prints what oclif prints", async () => {
    const fast = await run("--help");
    // Two words are more than the fast path takes.
    const slow = await run("--help", "--help");
    expect(fast.stdout).toContain("COMMANDS\n  add ");
    expect(fast.stdout).toBe(slow.stdout);
    expect(fast.code).toBe(0);
  });

  it.each([[[]], [["-h"]], [["help"]]])("heddle %s is the root help", async (args) => {
    expect((await run(...args)).stdout).toBe((await run("--help")).stdout);
  });

  it("the version names program, platform and Node", async () => {
    const { stdout, code } = await run("--version");
    expect(stdout).toMatch(/^heddle\/\d+\.\d+\.\d+ \S+ node-v\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
    expect((await run("--version", "--version")).stdout).toBe(stdout);
  });

  it("help of a command shows its flags and examples", async () => {
    const { stdout, code } = await run("gen", "--help");
    expect(code).toBe(0);
    expect(stdout).toContain("$ heddle gen --check");
    expect(stdout).toContain("--document=NAME=PLACE...");
  });
});

describe("wrong use ends with 2, says what is wrong and what to do", () => {
  it.each([
    [["gne"], 'there is no command "gne"', 'did you mean "heddle gen"?'],
    [["frobnicate"], 'there is no command "frobnicate"', "heddle --help lists the commands"],
    [["help", "rutes"], 'there is no command "rutes"', 'did you mean "heddle routes"?'],
    [["gen", "--chek"], "there is no flag --chek", 'did you mean "--check"?'],
    [
      ["gen", "--frobnicate"],
      "there is no flag --frobnicate",
      "see the command's --help for its flags",
    ],
    [["gen", "now"], "unexpected argument: now", "see the command's --help for what it takes"],
    [
      ["dev", "--port", "many"],
      "--port: expected an integer but received: many",
      "see the command's --help for what it takes",
    ],
    [
      ["dev", "--mock", "--mock-only", "orders"],
      "--mock-only=orders cannot also be provided when using --mock",
      "see the command's --help for what it takes",
    ],
    [
      ["dev", "--port", "70000"],
      "--port: expected an integer less than or equal to 65535 but received: 70000",
      "see the command's --help for what it takes",
    ],
    [
      ["compose", "web/x", "--method", "got"],
      "expected --method=got to be one of: get, post, put, patch, delete, head, options, query",
      "see the command's --help for what it takes",
    ],
  ])("heddle %j", async (args, message, cure) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.toLowerCase()).toContain(`error ${message}`.toLowerCase());
    expect(stderr).toContain(`\n  ${cure}\n`);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("with --json the whole of stdout is one envelope", async () => {
    const { code, stdout, stderr } = await run("gne", "--json");
    expect(code).toBe(2);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: {
        code: "unknown-command",
        message: 'there is no command "gne"',
        cure: 'did you mean "heddle gen"?',
      },
    });
  });

  it("a missing argument is named", async () => {
    const { code, stdout } = await run("add", "orders", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { code: "missing-argument", message: expect.stringContaining("source") },
    });
  });

  it("a missing argument is told without advice on flags that nobody wrote", async () => {
    const { code, stderr } = await run("explain");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error missing 1 required arg:\nroute .*\n {2}see the command's --help/,
    );
  });
});

describe("failures", () => {
  it.each(["gen", "check", "routes", "dev", "mock", "build"])(
    "heddle %s without a configuration ends with 4",
    async (id) => {
      const { code, stdout } = await run(id, "--json");
      expect(code).toBe(4);
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        error: { code: "configuration-missing" },
      });
    },
  );

  it("--debug and DEBUG show the stack trace", async () => {
    const cwd = makeFolder();
    const plain = await runCli(["gen"], { cwd });
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    expect((await runCli(["gen", "--debug"], { cwd })).stderr).toMatch(/^\s+at /m);
    expect((await runCli(["gen"], { cwd, env: { DEBUG: "heddle" } })).stderr).toMatch(/^\s+at /m);
  });

  it("colours come only when they are forced or a terminal is there, and never with NO_COLOR", async () => {
    const cwd = makeFolder();
    const colored = await runCli(["gen"], { cwd, env: { NO_COLOR: "", FORCE_COLOR: "1" } });
    expect(colored.stderr).toContain("\u001B[31merror");
    const plain = await runCli(["gen"], { cwd, env: { NO_COLOR: "1", FORCE_COLOR: "1" } });
    expect(plain.stderr).not.toContain("\u001B[");
  });
});
