/** Writes a run's outputs: each whole or not at all, the manifest last. */
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../../command-error.ts";
import { makeFolder } from "../../make-folder.ts";
import type { Changes } from "./compare.ts";
import { ownedPath } from "./owned-path.ts";

/** Files are written here first, and moved: a reader never sees half of one. */
const STAGING = ".heddle-";

/**
 * Applies changes to a folder. What stops in between leaves every file whole, and the next run does the rest: the
 * manifest that is then there still owns what was to be removed.
 * @param shown the folder as people name it
 * @throws CommandError when the folder cannot be written.
 */
export function writeChanges(
  folder: string,
  { write, remove }: Pick<Changes, "write" | "remove">,
  shown: string,
): void {
  if (write.size === 0 && remove.length === 0) return;
  const staging = join(folder, `${STAGING}${process.pid}`);
  try {
    makeFolder(folder);
    removeAbandoned(folder);
    mkdirSync(staging);
    const last = write.get("manifest.json");
    for (const [path, text] of write)
      if (path !== "manifest.json") place(folder, staging, path, text);
    for (const path of remove) removeOwned(folder, path);
    if (last !== undefined) place(folder, staging, "manifest.json", last);
  } catch (error) {
    throw notWritable(error, shown);
  } finally {
    if (isFolder(staging)) rmSync(staging, { recursive: true, force: true });
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function place(folder: string, staging: string, path: string, text: string): void {
  const target = join(folder, path);
  const parent = dirname(target);
  if (parent !== folder) {
    // A file, or a link that would lead the output elsewhere, is in the way: EEXIST.
    if (!isFolder(parent)) mkdirSync(parent);
  }
  const temporary = join(staging, path.replaceAll("/", "."));
  writeFileSync(temporary, text);
  renameSync(temporary, target);
}

function removeOwned(folder: string, path: string): void {
  const absolute = ownedPath(folder, path);
  if (absolute === undefined) return;
  rmSync(absolute, { force: true });
  const parent = dirname(absolute);
  if (parent !== folder && readdirSync(parent).length === 0) rmdirSync(parent);
}

/** Staging folders of runs that were killed. Those of a run that is still alive are its own. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = new RegExp(`^\\${STAGING}(\\d+)$`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOENT: "no folder can be made there",
  ENOTDIR: "a file stands where a folder is needed",
  EISDIR: "a folder stands where a file is needed",
  EEXIST: "a file stands where a folder is needed",
};

function notWritable(error: unknown, shown: string): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ""];
  if (reason === undefined) return error;
  const cure = `make ${shown} a folder that can be written, and run it again`;
  return new CommandError("not-writable", `${shown} cannot be written: ${reason}`, { cure }, error);
}
