/** Writes a new project: a small gateway that works at once. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CommandError } from "../command-error.ts";
import { makeFolder } from "../make-folder.ts";
import { heddleVersion } from "../package-info.ts";
import { mergePackageJson } from "./merge-package-json.ts";
import { booksDocument } from "./templates/books-document.ts";
import {
  dockerfile,
  dockerignore,
  gitattributes,
  gitignore,
  readme,
  tsconfig,
} from "./templates/project-files.ts";
import { bookPageSource, bookPageTestSource, configSource } from "./templates/sources.ts";

export interface InitOptions {
  readonly cwd: string;
  /** Relative to `cwd`. */
  readonly dir: string;
  /** Writes over files that stand there. */
  readonly force: boolean;
}

export interface InitReport {
  /** Absolute. */
  readonly dir: string;
  /** Relative to `dir`, with `/`. */
  readonly written: readonly string[];
  /** Files that stood there and were completed, with the keys that are new or other now. */
  readonly changed: readonly ChangedFile[];
  /** Files that stood there and were left alone. */
  readonly kept: readonly string[];
  readonly warnings: readonly string[];
  /** Commands to go on with. None where there was nothing to do. */
  readonly next: readonly string[];
}

export interface ChangedFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** Of the outermost object. */
  readonly keys: readonly string[];
}

/** Writes what a project needs; a file that stands there is kept unless `force` is set. */
export function initProject({ cwd, dir, force }: InitOptions): InitReport {
  const root = resolve(cwd, dir);
  const name = packageName(basename(root));
  const written: string[] = [];
  const kept: string[] = [];
  const configured = existsSync(join(root, "heddle.config.ts")) && !force;
  const { text, warnings, keys } = completeManifest(root, name);
  const changed = keys !== undefined && keys.length > 0 ? [{ path: "package.json", keys }] : [];
  if (keys === undefined) written.push("package.json");
  else if (changed.length === 0) kept.push("package.json");
  const manifestDiffers = !kept.includes("package.json");
  if (manifestDiffers) writeText(root, "package.json", text);
  for (const [path, content] of Object.entries(filesOf(name, configured))) {
    if (existsSync(join(root, path)) && !force) {
      kept.push(path);
    } else {
      writeText(root, path, content);
      written.push(path);
    }
  }
  const enter = relative(cwd, root);
  return {
    dir: root,
    written,
    changed,
    kept,
    warnings,
    next:
      written.length + changed.length === 0
        ? []
        : [
            ...(enter === "" ? [] : [`cd ${quote(enter)}`]),
            ...(manifestDiffers ? ["npm install"] : []),
            "npx heddle gen",
            "npx heddle dev --mock",
          ],
  };
}

/** The sample belongs to the sample's configuration: it is left out where the user has one. */
function filesOf(name: string, configured: boolean): Readonly<Record<string, string>> {
  const sample = {
    "heddle.config.ts": configSource,
    "specs/books.yaml": booksDocument,
    "composers/web/book-page.ts": bookPageSource,
    "test/web/book-page.test.ts": bookPageTestSource,
  };
  return {
    ...(configured ? { "heddle.config.ts": configSource } : sample),
    "tsconfig.json": tsconfig,
    ".gitignore": gitignore,
    ".gitattributes": gitattributes,
    ".dockerignore": dockerignore,
    Dockerfile: dockerfile,
    "README.md": readme(name),
  };
}

/** `keys`: those that differ from what stood there; undefined where nothing did. */
function completeManifest(
  root: string,
  name: string,
): { text: string; warnings: readonly string[]; keys: readonly string[] | undefined } {
  const path = join(root, "package.json");
  const existing = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  try {
    const { text, warnings, changes } = mergePackageJson({
      ...(existing === undefined ? {} : { existing }),
      name,
      version: heddleVersion(),
      hasSources: existing !== undefined && hasSources(root),
    });
    return { text, warnings, keys: existing === undefined ? undefined : changes };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandError("configuration-invalid", `package.json is not JSON: ${error.message}`, {
      cure: "mend package.json, or begin in an empty folder",
      place: "package.json",
    });
  }
}

function hasSources(root: string): boolean {
  return existsSync(join(root, "src")) || readdirSync(root).some((file) => /\.[jt]sx?$/.test(file));
}

function writeText(root: string, path: string, text: string): void {
  const file = join(root, path);
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text);
  } catch (error) {
    const { message } = error as Error;
    throw new CommandError("not-writable", `${path} cannot be written: ${message}`, {
      cure: "name a folder that you may write to",
    });
  }
}

/** Quoted for a shell where that is needed. */
function quote(path: string): string {
  return /^[\w./~@%+-]+$/.test(path) ? path : JSON.stringify(path);
}

/** A name that npm takes: what stands in `name` of package.json. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "");
  return name === "" ? "gateway" : name;
}
