/** Folders for what a command writes, wherever somebody wants to have it. */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeFolder } from "../../cli/make-folder.ts";

function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "heddle-folder-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

it("makes a folder and those above it, and leaves those alone that are there", () => {
  const folder = join(makeRoot(), "one/two/three");
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

it("says that a file is in the way", () => {
  const root = makeRoot();
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, "file"))).toThrow(/^EEXIST/);
  expect(() => makeFolder(join(root, "file/below"))).toThrow(/^EEXIST/);
});

it.runIf(existsSync("/proc/self"))("ends where a file system takes no folders", () => {
  expect(() => makeFolder("/proc/nope/below")).toThrow(/^ENOENT/);
});
