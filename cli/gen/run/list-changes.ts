/** What a run changes of the operations that were there: the generated files of before held against those of now. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../emit/by-code-point.ts";
import type { Manifest } from "../emit/manifest.ts";
import type { GenOptions } from "./gen-options.ts";
import type { ServiceResult } from "./generate-service.ts";
import {
  type MentioningFile,
  type OperationChanges,
  operationChanges,
  readMentioning,
} from "./operation-changes.ts";
import { ownedPath } from "./owned-path.ts";
import { isGenerated } from "./ownership.ts";

/** By service; a service that is configured no more has lost all of its operations. Call it before anything is written. */
export function listChanges(
  { root, composers = "composers" }: GenOptions,
  {
    folder,
    results,
    previous,
  }: {
    readonly folder: string;
    readonly results: ReadonlyMap<string, ServiceResult>;
    readonly previous: Manifest | undefined;
  },
): OperationChanges[] {
  let files: readonly MentioningFile[] | undefined;
  const readFiles = (): readonly MentioningFile[] => {
    files ??= readMentioning(root, sourcesIn(root, composers));
    return files;
  };
  const names = new Set([...results.keys(), ...Object.keys(previous?.services ?? {})]);
  return [...names].sort(byCodePoint).flatMap((name) => {
    const path = `${name}/operations.ts`;
    const absolute = ownedPath(folder, path);
    const after = results.has(name) ? results.get(name)?.files.get(path) : "";
    if (absolute === undefined || after === undefined) return [];
    const before = generatedText(absolute, path);
    if (before === undefined || before === after) return [];
    return operationChanges(name, before, after, readFiles) ?? [];
  });
}

/** What is there and was generated; nothing of anybody else. */
function generatedText(absolute: string, path: string): string | undefined {
  try {
    const text = readFileSync(absolute, "utf8");
    return isGenerated(path, text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Composers and their helpers, by code point. */
function sourcesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter((name) => /\.[cm]?tsx?$/.test(name) && !name.includes("/node_modules/"))
      .sort(byCodePoint);
  } catch {
    return [];
  }
}
