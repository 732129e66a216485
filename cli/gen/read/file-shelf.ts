/** Documents on disk: `$ref`s stay inside the folder of the root document, symbolic links included. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { UnreadableFile } from "./document-error.ts";
import type { Shelf } from "./library.ts";

export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

/** @param path absolute; @param project the folder that names are relative to */
export function createFileShelf(path: string, project: string): Shelf {
  const home = dirname(path);
  const realHome = realFolder(home);

  function nameOf(id: string): string {
    return (relative(project, id) || id).split(sep).join("/");
  }

  return {
    root: path,
    nameOf,
    resolve(reference, from) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(reference) || reference.startsWith("//")) {
        return { refused: /^file:/i.test(reference) ? "ref-outside" : "ref-remote" };
      }
      const id = resolve(dirname(from), decodePath(reference));
      return isInside(home, realHome, id) ? { id } : { refused: "ref-outside" };
    },
    readBytes: (id) => readBytes(id, nameOf(id)),
  };
}

/** Both as written and as the links lead. A file that is not there counts as its folder. */
function isInside(home: string, realHome: string, id: string): boolean {
  if (!isBelow(home, id) && !isBelow(realHome, id)) return false;
  try {
    return isBelow(realHome, realpathSync(id));
  } catch {
    return true;
  }
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/** A `$ref` is a URI reference: `my%20file.yaml`. Queries mean nothing on disk. */
function decodePath(reference: string): string {
  const path = reference.split("?", 1)[0] ?? reference;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function readBytes(id: string, name: string): Buffer {
  let reason: string;
  try {
    const stats = statSync(id);
    if (stats.isFile() && stats.size <= MAX_DOCUMENT_BYTES) return readFileSync(id);
    reason = stats.isFile()
      ? `it has ${Math.ceil(stats.size / 1_048_576)} MB, more than ${MAX_DOCUMENT_BYTES / 1_048_576} MB`
      : "it is not a file";
  } catch (error) {
    reason = reasonOf(error);
  }
  throw new UnreadableFile({
    code: "document-unreadable",
    message: `cannot read "${name}": ${reason}`,
    cure: "check the path: it is relative to the project's folder",
    file: name,
    unopened: true,
  });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "reading it is not allowed";
  return code === "" ? "it cannot be opened" : code;
}
