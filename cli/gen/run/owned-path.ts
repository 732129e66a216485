/** Which paths of a manifest are believed: a file that somebody edited must not lead out of the folder. */
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** A name, or a folder and a name: nothing else is ever generated. */
const OWNED = /^(?:[A-Za-z][A-Za-z0-9]*\/)?[A-Za-z][A-Za-z0-9.-]*$/;

/**
 * The absolute path of a generated file; nothing where the manifest names what no run can have written: another kind of
 * path, or one below a symbolic link.
 */
export function ownedPath(folder: string, path: string): string | undefined {
  if (!OWNED.test(path) || path.includes("..")) return undefined;
  const absolute = join(folder, path);
  const parent = dirname(absolute);
  return parent !== folder && isLink(parent) ? undefined : absolute;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    // Nothing is there, or nothing that can be looked at: whoever reads or writes it will tell.
    return false;
  }
}
