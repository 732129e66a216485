/** The files that one document consists of: each is read once, and only when something refers to it. */
import { createHash } from "node:crypto";
import { byCodePoint } from "../emit/by-code-point.ts";
import { UnreadableFile } from "./document-error.ts";
import { createSourceFile, type SourceFile } from "./source-file.ts";

/** What a file was when it was read, for incremental runs. */
export interface SourceStamp {
  /** Relative to the project, with `/`, or a URL. */
  readonly path: string;
  readonly sha256: string;
}

/** Where a `$ref` may lead outside of its file. */
export interface Shelf {
  readonly root: string;
  /** The identity of a referenced file, or why it must not be read. `path` is what stands before `#` in the `$ref`. */
  resolve(
    path: string,
    from: string,
  ): { readonly id: string } | { readonly refused: "ref-outside" | "ref-remote" };
  /** As diagnostics and stamps name the file. */
  nameOf(id: string): string;
  /** @throws UnreadableFile when there is no such file, or it is too large. */
  readBytes(id: string): Uint8Array;
}

export interface Library {
  readonly root: SourceFile;
  readonly shelf: Shelf;
  /** @throws UnreadableFile, each time again. */
  open(id: string): SourceFile;
  /** Every file that could be read so far. */
  files(): SourceFile[];
  /** What the files were that were read so far, by path. */
  stamps(): SourceStamp[];
}

/** Reads the root document. @throws UnreadableFile */
export function createLibrary(shelf: Shelf): Library {
  const files = new Map<string, SourceFile | UnreadableFile>();
  const stamps = new Map<string, SourceStamp>();

  function read(id: string): SourceFile | UnreadableFile {
    const name = shelf.nameOf(id);
    try {
      const bytes = shelf.readBytes(id);
      stamps.set(id, { path: name, sha256: createHash("sha256").update(bytes).digest("hex") });
      return createSourceFile(id, name, decode(bytes));
    } catch (error) {
      if (error instanceof UnreadableFile) return error;
      throw error;
    }
  }

  function open(id: string): SourceFile {
    let file = files.get(id);
    if (file === undefined) {
      file = read(id);
      files.set(id, file);
    }
    if (file instanceof UnreadableFile) throw file;
    return file;
  }

  return {
    root: open(shelf.root),
    shelf,
    open,
    files: () =>
      [...files.values()].filter((file): file is SourceFile => !(file instanceof UnreadableFile)),
    stamps: () => [...stamps.values()].sort((a, b) => byCodePoint(a.path, b.path)),
  };
}

/** UTF-8, or UTF-16 where the bytes begin with its mark. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
