/** Finds the document that a configuration names: a path, a URL, or a file inside an npm package. */
import { statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { createFileShelf } from "./file-shelf.ts";
import type { Shelf } from "./library.ts";
import { createUrlShelf } from "./url-shelf.ts";

/** @param project absolute; paths are relative to it */
export async function openShelf(source: string, project: string): Promise<Shelf> {
  if (/^https?:\/\//i.test(source)) return createUrlShelf(source);
  const path = resolve(project, source);
  if (isFile(path) || isAbsolute(source) || /^\.\.?[\\/]/.test(source))
    return createFileShelf(path, project);
  return createFileShelf(findInPackage(source, project) ?? path, project);
}

/**
 * `@acme/api/openapi.json`: the package's folder, as Node finds it, and the file in it. Not through `exports`, which
 * say what may be imported, not what may be read.
 */
function findInPackage(source: string, project: string): string | undefined {
  const match = /^((?:@[^/]+\/)?[^/@.][^/]*)\/(.+)$/.exec(source);
  const [, name, file] = match ?? [];
  if (name === undefined || file === undefined || file.split("/").includes("..")) return undefined;
  for (let folder = project; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name, file);
    if (isFile(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
