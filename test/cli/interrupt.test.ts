import { spawn } from "node:child_process";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ensureBuilt } from "../support/ensure-built.ts";
import { makeSample } from "../support/project.ts";
import { HEDDLE } from "../support/run-cli.ts";

beforeAll(ensureBuilt, 180_000);

/** Starts `heddle mock` as npm does: in a shell that waits for it, and passes no signal on. */
async function startInShell(env: Readonly<Record<string, string>>) {
  const { npm_lifecycle_event: _event, ...inherited } = process.env;
  const shell = spawn("sh", ["-c", `"${process.execPath}" "${HEDDLE}" mock --json; exit $?`], {
    cwd: makeSample(),
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "ignore"],
    // A group of its own, so that the test can end all of it.
    detached: true,
  });
  onTestFinished(() => {
    try {
      process.kill(-(shell.pid ?? 0), "SIGKILL");
    } catch {
      // Everything has ended.
    }
  });
  let text = "";
  const ended = new Promise<void>((resolve) => shell.stdout.once("end", resolve));
  const url = await new Promise<string>((resolve) => {
    shell.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const [, found] = /"books": "([^"]+)"/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { shell, url, ended };
}

describe.skipIf(process.platform === "win32")("a command that runs until it is stopped", () => {
  it("ends with the shell that npm runs it in", async () => {
    const { shell, url, ended } = await startInShell({ npm_lifecycle_event: "start" });
    expect((await fetch(`${url}/books`)).status).toBe(200);
    shell.kill("SIGTERM");
    // Its end of the pipe is closed only when the command itself has ended.
    await ended;
    await expect(fetch(`${url}/books`)).rejects.toThrow();
  });

  it("outlives the shell that a person has started it in", async () => {
    const { shell, url } = await startInShell({});
    const gone = new Promise((resolve) => shell.once("exit", resolve));
    shell.kill("SIGTERM");
    await gone;
    // Longer than it would take to notice.
    const slow = await fetch(`${url}/books`, { headers: { prefer: "delay=800" } });
    expect(slow.status).toBe(200);
    expect((await fetch(`${url}/books`)).status).toBe(200);
  });
});
