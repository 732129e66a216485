/** Tells of a document that is not there where it is named: in the configuration, with a guess at what was meant. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { placeProblems } from "../../config/place-problems.ts";
import { suggest } from "../../print/suggest.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { byCodePoint } from "../emit/by-code-point.ts";
import type { SourcePosition } from "../model.ts";

export interface NamedDocument {
  /** The service's name. */
  readonly name: string;
  /** As it is named. */
  readonly document: string;
  readonly root: string;
  /** The configuration's file, relative to the project; absent: it was named on the command line. */
  readonly config: string | undefined;
}

/** Where projects keep their documents. */
const SPECS = "specs";
const DOCUMENT = /\.(?:json|ya?ml)$/i;
const NO_DOCUMENT = /^(?:package|package-lock|tsconfig[^/]*|biome)\.json$/;
/** A folder may be anything: nobody means a file that lies deeper or among more. */
const MAX_DEPTH = 3;
const MAX_FILES = 500;
/** As many are listed where none is near. */
const SHOWN = 5;

/** The diagnostic of a document that cannot be opened, at the key that names it. */
export function placeMissing(diagnostic: Diagnostic, named: NamedDocument): Diagnostic {
  const { name, config, root } = named;
  const cure = cureOf(named);
  if (config === undefined) return { ...diagnostic, cure };
  const key = `services.${name}.document`;
  const message = `${key}: ${diagnostic.message}`;
  return { ...diagnostic, message, cure, at: positionOf(key, root, config) };
}

/** Where a key of the configuration is written: `services.orders.document`. */
export function positionOf(key: string, root: string, config: string): SourcePosition {
  const [placed] = placeProblems([{ path: key, message: "", cure: "" }], root, config);
  const [, line = "1", column = "1"] = /:(\d+):(\d+)$/.exec(placed?.place ?? "") ?? [];
  const pointer = `/${key.replaceAll(".", "/")}`;
  return { file: config, line: Number(line), column: Number(column), pointer };
}

function cureOf({ document, root }: NamedDocument): string {
  const near = documentsNear(document, root);
  const guess = guessOf(document, near);
  if (guess !== undefined) return `did you mean "${guess}"?`;
  const [scoped] = /^@[^/]+\/[^/]+/.exec(document) ?? [];
  if (scoped !== undefined && packageFolder(scoped, root) === undefined)
    return `install ${scoped}, or write a path relative to the project's folder, or a URL`;
  const some = near.slice(0, SHOWN).join(", ");
  const more = near.length > SHOWN ? ", ..." : "";
  return near.length > 0
    ? `name a file that is there: ${some}${more}`
    : "write a path relative to the project's folder, a URL, or a file inside an installed package";
}

/** The same name elsewhere, what lies in a folder of this name, or else the nearest path or name. */
function guessOf(document: string, near: readonly string[]): string | undefined {
  const name = basename(document);
  const same = near.filter((path) => basename(path) === name);
  const inside = near.filter((path) => path.startsWith(`${document.replace(/\/+$/, "")}/`));
  for (const found of [same, inside]) if (found.length === 1) return found[0];
  const path = suggest(document, same.length > 1 ? same : near);
  if (path !== undefined) return path;
  const nearName = suggest(
    name,
    near.map((other) => basename(other)),
  );
  return near.find((other) => basename(other) === nearName);
}

/**
 * Documents in the folder that is named, in one of the name itself, in the package that is named, and below `specs/`; by
 * path, as a configuration would name them.
 */
function documentsNear(document: string, root: string): string[] {
  const path = resolve(root, document);
  const name = /^(?:@[^/]+\/)?[^/@.][^/]*(?=\/)/.exec(document)?.[0];
  const installed = name === undefined ? undefined : packageFolder(name, root);
  const found = [
    ...namesIn(dirname(path), 1, root),
    ...namesIn(path, MAX_DEPTH, root),
    ...namesIn(join(root, SPECS), MAX_DEPTH, root),
    ...(installed === undefined
      ? []
      : namesIn(installed, MAX_DEPTH, installed).map((file) => `${name}/${file}`)),
  ];
  return [...new Set(found)]
    .filter((file) => DOCUMENT.test(file) && !NO_DOCUMENT.test(file))
    .sort(byCodePoint);
}

/** Where Node finds a package. */
function packageFolder(name: string, root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
}

function namesIn(folder: string, depth: number, base: string): string[] {
  return filesIn(folder, depth).map((path) => relative(base, path).split(sep).join("/"));
}

function filesIn(folder: string, depth: number): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).slice(0, MAX_FILES);
    return entries.flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
        return depth > 1 ? filesIn(path, depth - 1) : [];
      return entry.isDirectory() ? [] : [path];
    });
  } catch {
    return [];
  }
}
