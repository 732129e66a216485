/** The log of a process that ends in the middle of its work says why: no line is lost, torn or out of order. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LineBuffer } from "../../src/observe/line-buffer.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-log-"));
  file = join(folder, "crash.mjs");
  const bundle = await rolldown({
    logLevel: "silent",
    input: "test/observe/fixtures/crash.ts",
    platform: "node",
    tsconfig: "tsconfig.json",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the process has written, when it is over. */
async function written(count: number, how: string): Promise<string> {
  const child = spawn(process.execPath, [file, String(count), how], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  await new Promise((resolve) => child.on("close", resolve));
  return text;
}

describe("every line is written, in order", () => {
  it.each([
    [10, "exit"],
    [10, "crash"],
    [1_500, "exit"],
    [1_500, "crash"],
  ])("%i of them before an %s", async (count, how) => {
    const lines = (await written(count, how)).trimEnd().split("\n");
    const ids = lines.map((line) => Number((JSON.parse(line) as { id: string }).id));
    expect(ids).toEqual(Array.from({ length: count }, (_, number) => number));
  });
});

describe("lines that wait", () => {
  it("are handed over whole and in order, however long they are", () => {
    const chunks: string[] = [];
    const buffer = new LineBuffer((bytes) => void chunks.push(Buffer.from(bytes).toString("utf8")));
    const lines = [1, 21_000, 2, 30_000, 65_536, 3, 100_000, 4].map(
      (length, index) => `${index}:${(index % 2 === 0 ? "a" : "\u20ac").repeat(length)}\n`,
    );
    for (const line of lines) buffer.add(line);
    buffer.flush();
    buffer.flush();
    expect(chunks.join("")).toBe(lines.join(""));
  });
});
