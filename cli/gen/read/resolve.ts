/** Follows `$ref`s (RFC 3986 §5, RFC 6901 §6): inside a file, to other files below the document's folder. */
import type { DiagnosticCode } from "../diagnostics.ts";
import { UnreadableFile } from "./document-error.ts";
import type { Library } from "./library.ts";
import { decodeFragment, formatPointer, parsePointer } from "./pointer.ts";
import { isRecord, own } from "./raw.ts";
import type { SourceFile } from "./source-file.ts";

/** A value of a document with its place. */
export interface Located {
  readonly value: unknown;
  readonly file: SourceFile;
  readonly pointer: string;
}

/** Why a `$ref` cannot be followed. */
export interface Miss {
  readonly code: Extract<
    DiagnosticCode,
    "ref-dangling" | "ref-outside" | "ref-remote" | "ref-circular"
  >;
  readonly message: string;
  readonly cure: string;
}

export interface Resolver {
  /** Where one `$ref` leads; what is there may be a `$ref` again. */
  resolve(ref: string, from: SourceFile): Located | Miss;
  /** The value itself or, where it is a `$ref`, what the chain of them ends at. */
  follow(at: Located): Located | Miss;
}

export function isMiss(result: Located | Miss): result is Miss {
  return "code" in result;
}

/** The text of a `$ref`, where the value is a reference. */
export function refOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const ref = own(value, "$ref");
  return typeof ref === "string" ? ref : undefined;
}

/** Longer chains of `$ref`s to `$ref`s than this lead back to themselves. */
const MAX_CHAIN = 64;

export function createResolver(library: Library): Resolver {
  const known = new Map<SourceFile, Map<string, Located | Miss>>();
  let depth = 0;
  const selfUri = selfOf(library.root.value);

  function resolve(ref: string, from: SourceFile): Located | Miss {
    let ofFile = known.get(from);
    if (ofFile === undefined) {
      ofFile = new Map();
      known.set(from, ofFile);
    }
    const before = ofFile.get(ref);
    if (before !== undefined) return before;
    // Whoever asks again before the answer is there goes round in a circle.
    ofFile.set(ref, circular(ref));
    depth += 1;
    const result = depth > MAX_CHAIN ? circular(ref) : lookUp(ref, from);
    depth -= 1;
    ofFile.set(ref, result);
    return result;
  }

  function lookUp(ref: string, from: SourceFile): Located | Miss {
    const hash = ref.indexOf("#");
    const path = hash < 0 ? ref : ref.slice(0, hash);
    const file = path === "" ? from : openFile(path, ref, from);
    if ("code" in file) return file;
    const segments = parsePointer(decodeFragment(hash < 0 ? "" : ref.slice(hash + 1)));
    return segments === undefined ? dangling(ref, "it names an anchor") : walk(ref, segments, file);
  }

  function openFile(path: string, ref: string, from: SourceFile): SourceFile | Miss {
    if (path === selfUri) return library.root;
    const place = library.shelf.resolve(path, from.id);
    if ("refused" in place) return place.refused === "ref-outside" ? outside(ref) : remote(ref);
    try {
      return library.open(place.id);
    } catch (error) {
      if (error instanceof UnreadableFile) return dangling(ref, error.fault.message);
      throw error;
    }
  }

  /** Steps into what the pointer names; a `$ref` on the way is followed. */
  function walk(ref: string, segments: readonly string[], start: SourceFile): Located | Miss {
    let at: Located = { value: start.value, file: start, pointer: "" };
    for (const segment of segments) {
      let next = step(at, segment);
      if (next === undefined && refOf(at.value) !== undefined) {
        const behind = follow(at);
        if (isMiss(behind)) return behind;
        next = step(behind, segment);
      }
      if (next === undefined) {
        return dangling(ref, `there is no "${segment}" below ${at.file.name}#${at.pointer}`);
      }
      at = next;
    }
    return at;
  }

  function follow(start: Located): Located | Miss {
    let at = start;
    for (let length = 0; length < MAX_CHAIN; length += 1) {
      const ref = refOf(at.value);
      if (ref === undefined) return at;
      const next = resolve(ref, at.file);
      if (isMiss(next)) return next;
      at = next;
    }
    return circular(refOf(start.value) ?? "");
  }

  return { resolve, follow };
}

function step(at: Located, segment: string): Located | undefined {
  const { value, file, pointer } = at;
  if (Array.isArray(value)) {
    if (!/^(0|[1-9]\d*)$/.test(segment) || Number(segment) >= value.length) return undefined;
    return { value: value[Number(segment)], file, pointer: pointer + formatPointer([segment]) };
  }
  if (!isRecord(value) || !Object.hasOwn(value, segment)) return undefined;
  return { value: value[segment], file, pointer: pointer + formatPointer([segment]) };
}

/** OpenAPI 3.2 `$self`: the document's own address. */
function selfOf(root: unknown): string | undefined {
  const self = isRecord(root) ? own(root, "$self") : undefined;
  return typeof self === "string" ? self : undefined;
}

function dangling(ref: string, why: string): Miss {
  return {
    code: "ref-dangling",
    message: `$ref "${ref}" leads nowhere: ${why}`,
    cure: "correct the $ref, or define what it names",
  };
}

function circular(ref: string): Miss {
  return {
    code: "ref-circular",
    message: `$ref "${ref}" leads back to itself`,
    cure: "let one of the $refs in this circle lead to a definition",
  };
}

function outside(ref: string): Miss {
  return {
    code: "ref-outside",
    message: `$ref "${ref}" leaves the folder of its document`,
    cure: "copy the file into the document's folder",
  };
}

function remote(ref: string): Miss {
  return {
    code: "ref-remote",
    message: `$ref "${ref}" is remote and is not fetched`,
    cure: "save the file beside the document and refer to it by a relative path",
  };
}
