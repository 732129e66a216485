/** What is kept of a configuration between runs, in `.heddle/`: the bundled module, and whether it was found valid. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashOf, hashOfFile } from "../gen/run/hash.ts";
import { heddleVersion } from "../package-info.ts";

export interface BuiltConfig {
  /** The bundled module, absolute. Another text is another file: a module is evaluated once a process. */
  readonly module: string;
  /** Files of the project that went in: path relative to the project -> SHA-256. */
  readonly inputs: Readonly<Record<string, string>>;
}

interface CacheFile {
  readonly heddle: string;
  readonly file: string;
  readonly module: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Relative to the project. */
export const CONFIG_FOLDER = ".heddle/config";

/** Where things are kept. One project may have several configurations. */
function keep(root: string, file: string, ending: string): string {
  return join(root, CONFIG_FOLDER, `${hashOf(file).slice(0, 8)}${ending}`);
}

/** The module of the last run, when none of its files has changed. */
export function readCache(root: string, file: string): BuiltConfig | undefined {
  const cache = readJson(keep(root, file, ".json")) as CacheFile | undefined;
  if (cache === undefined || cache.heddle !== heddleVersion() || cache.file !== file)
    return undefined;
  const inputs = Object.entries(cache.inputs ?? {});
  const isSame =
    inputs.length > 0 && inputs.every(([path, sha256]) => hashOfFile(join(root, path)) === sha256);
  const module = join(root, CONFIG_FOLDER, cache.module);
  return isSame && hashOfFile(module)?.startsWith(moduleHash(cache.module))
    ? { module, inputs: cache.inputs }
    : undefined;
}

/** Keeps a bundled module; where the project cannot be written, in a folder of its own, for this run alone. */
export function writeCache(
  root: string,
  file: string,
  code: string,
  inputs: Readonly<Record<string, string>>,
): BuiltConfig {
  const name = `${hashOf(code).slice(0, 16)}.mjs`;
  const cache: CacheFile = { heddle: heddleVersion(), file, module: name, inputs };
  try {
    mkdirSync(join(root, CONFIG_FOLDER), { recursive: true });
    writeFileSync(join(root, CONFIG_FOLDER, name), code);
    writeFileSync(keep(root, file, ".json"), `${JSON.stringify(cache, undefined, 2)}\n`);
    return { module: join(root, CONFIG_FOLDER, name), inputs };
  } catch {
    const module = join(mkdtempSync(join(tmpdir(), "heddle-config-")), name);
    writeFileSync(module, code);
    return { module, inputs };
  }
}

function moduleHash(name: string): string {
  return name.replace(/\.mjs$/, "") || "-";
}

/** Whether this very value was found valid before, by this version. */
export function validated(root: string, file: string, value: unknown): boolean {
  return readText(keep(root, file, ".valid")) === fingerprint(value);
}

/** Remembers that a value is valid. What cannot be kept is checked again. */
export function rememberValid(root: string, file: string, value: unknown): void {
  try {
    writeFileSync(keep(root, file, ".valid"), fingerprint(value));
  } catch {
    // Read-only: the next run validates again.
  }
}

/** Functions and other values that JSON leaves out are not allowed in a configuration, so they must show. */
function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, (_, member: unknown) => {
    return typeof member === "function" || typeof member === "symbol" || member === undefined
      ? `<${typeof member}>`
      : member;
  });
  return hashOf(`${heddleVersion()}\n${text}`);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
