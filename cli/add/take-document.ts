/** Brings a document into a project: from outside it is copied into `specs/`, from a package it is only named. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from "node:path";
import { CommandError } from "../command-error.ts";
import { readService } from "../gen/read-service.ts";
import { fetchDocument } from "./fetch-document.ts";

export interface TakeOptions {
  readonly root: string;
  readonly name: string;
  /** A path, an http(s) URL, or a file inside an npm package. */
  readonly source: string;
}

export interface TakenDocument {
  /** As it is to stand in the configuration. */
  readonly document: string;
  /** Relative to the project. */
  readonly copied: readonly string[];
}

/**
 * @throws DocumentError when it cannot be read; nothing is copied then.
 * @throws CommandError when it cannot be fetched, or a file is in the way.
 */
export async function takeDocument({ root, name, source }: TakeOptions): Promise<TakenDocument> {
  if (/^https?:\/\//i.test(source)) return await takeUrl(root, name, source);
  const file = resolve(root, source);
  const inside = relative(root, file).replaceAll("\\", "/");
  if (existsSync(file) && (inside.startsWith("../") || isAbsolute(inside)))
    return await takeFile(root, name, file);
  // Inside the project, inside a package, or nowhere: reading it tells.
  const document = existsSync(file) ? inside : source;
  await readService({ name, source: document, root });
  return { document, copied: [] };
}

async function takeUrl(root: string, name: string, url: string): Promise<TakenDocument> {
  const { text, extension } = await fetchDocument(url);
  const staging = mkdtempSync(join(tmpdir(), "heddle-add-"));
  try {
    const file = join(staging, `${name}${extension}`);
    writeFileSync(file, text);
    return await takeFile(root, name, file);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Copies a document and every file that it refers to. */
async function takeFile(root: string, name: string, file: string): Promise<TakenDocument> {
  const folder = dirname(file);
  const { sources } = await readService({ name, source: basename(file), root: folder });
  const paths = sources.map(({ path }) => path);
  const target = (path: string): string =>
    paths.length > 1 ? `specs/${name}/${path}` : `specs/${name}${extname(path) || ".yaml"}`;
  const inTheWay = paths.map(target).find((path) => existsSync(join(root, path)));
  if (inTheWay !== undefined) {
    throw new CommandError("file-exists", `${inTheWay} stands there already`, {
      cure: "remove it, or name that file as the source",
      place: inTheWay,
    });
  }
  for (const path of paths) {
    mkdirSync(dirname(join(root, target(path))), { recursive: true });
    copyFileSync(join(folder, path), join(root, target(path)));
  }
  return { document: target(basename(file)), copied: paths.map(target) };
}
