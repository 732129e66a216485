/** What in the folder is ours to write over and to remove: other people's files are neither. */
import { lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseDependencies } from "../../index/dependencies.ts";
import { isManifest } from "../emit/manifest.ts";
import { HEAD_MARK } from "../emit/printer.ts";

/** JSON has no comments: it says the same in a member. */
const DOCUMENT_MARK = HEAD_MARK.replace(/^\/\/ /, "");

/** Whether a text is the work of `heddle gen`. */
export function isGenerated(path: string, text: string): boolean {
  if (path === "dependencies.json") return parseDependencies(text) !== undefined;
  if (path === "manifest.json") return isManifest(text);
  if (path === "openapi.json")
    return text.slice(0, 200).includes(`"x-generated": "${DOCUMENT_MARK}`);
  return text.startsWith(HEAD_MARK);
}

/** Whether a file is the work of `heddle gen`, by what it begins with. One that cannot be read is not. */
export function isGeneratedFile(folder: string, path: string): boolean {
  try {
    return isGenerated(path, readFileSync(join(folder, path), "utf8"));
  } catch {
    return false;
  }
}

/**
 * What stands where an output belongs and is not ours: a file of another origin, or a file or link where the folder of a
 * service belongs. Paths relative to the folder, each once.
 * @param owned whether the manifest that was there lists a path
 */
export function filesInTheWay(
  folder: string,
  paths: Iterable<string>,
  owned: (path: string) => boolean,
): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const parent = dirname(path);
    const kind = parent === "." ? "folder" : kindOf(join(folder, parent));
    if (kind === "file") found.add(parent);
    else if (
      kind === "folder" &&
      kindOf(join(folder, path)) === "file" &&
      !owned(path) &&
      !isGeneratedFile(folder, path)
    ) {
      found.add(path);
    }
  }
  return [...found];
}

/** A link counts as a file, wherever it leads. What cannot be looked at is told by whoever writes there. */
function kindOf(path: string): "folder" | "file" | undefined {
  try {
    return lstatSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return undefined;
  }
}
