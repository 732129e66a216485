/** What a run would change: every output held against the disk, byte by byte. */

import { byCodePoint } from "../emit/by-code-point.ts";
import type { Hashes, Manifest } from "../emit/manifest.ts";
import { hashOf, hashOfFile } from "./hash.ts";
import { ownedPath } from "./owned-path.ts";
import { filesInTheWay, isGeneratedFile } from "./ownership.ts";

/**
 * `missing`: it is not there. `edited`: it is not what was written. `stale`: it was made from something else.
 * `left-over`: it belongs to nothing any more.
 */
export interface GenDrift {
  /** Relative to the project. */
  readonly path: string;
  readonly reason: "missing" | "edited" | "stale" | "left-over";
}

export interface Changes {
  /** Path relative to the folder -> text, by code point. */
  readonly write: ReadonlyMap<string, string>;
  /** Relative to the folder. Owned by the manifest that was there, as it was written, and wanted no more. */
  readonly remove: readonly string[];
  /** Relative to the folder. As {@link Changes.remove}, but not what was written: somebody's work. */
  readonly keep: readonly string[];
  /** Relative to the folder. Not ours, and where something is to be written: then nothing may be. */
  readonly inTheWay: readonly string[];
  /** The same as a list of differences; paths relative to the folder. */
  readonly drift: readonly GenDrift[];
}

/** The files that a manifest owns. No other is ever removed. */
export function ownedFiles(manifest: Manifest | undefined): Hashes {
  if (manifest === undefined) return {};
  return Object.assign(
    {},
    manifest.files,
    manifest.document?.files,
    ...Object.values(manifest.services).map(({ files }) => files),
  );
}

/**
 * Compares.
 * @param outputs what there should be: path -> text
 * @param kept files that are there already and known to be right
 */
export function compareOutputs(
  folder: string,
  outputs: ReadonlyMap<string, string>,
  kept: ReadonlySet<string>,
  previous: Manifest | undefined,
): Changes {
  const owned = ownedFiles(previous);
  const write = new Map<string, string>();
  const drift: GenDrift[] = [];
  for (const [path, text] of [...outputs].sort(([a], [b]) => byCodePoint(a, b))) {
    const absolute = ownedPath(folder, path);
    const there = absolute === undefined ? undefined : hashOfFile(absolute);
    if (there === hashOf(text)) continue;
    write.set(path, text);
    const before = Object.hasOwn(owned, path) ? owned[path] : undefined;
    const reason =
      there === undefined
        ? "missing"
        : there === before || path === "manifest.json"
          ? "stale"
          : "edited";
    drift.push({ path, reason });
  }
  const remove: string[] = [];
  const keep: string[] = [];
  for (const path of Object.keys(owned).sort(byCodePoint)) {
    const absolute = ownedPath(folder, path);
    if (outputs.has(path) || kept.has(path) || absolute === undefined) continue;
    const there = hashOfFile(absolute);
    if (there === undefined) continue;
    if (there === owned[path] || isGeneratedFile(folder, path)) remove.push(path);
    else keep.push(path);
  }
  drift.push(...remove.map((path): GenDrift => ({ path, reason: "left-over" })));
  return {
    write,
    remove,
    keep,
    drift: drift.sort((a, b) => byCodePoint(a.path, b.path)),
    inTheWay: filesInTheWay(folder, write.keys(), (path) => Object.hasOwn(owned, path)),
  };
}
