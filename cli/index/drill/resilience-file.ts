/** `generated/resilience.json` and `.md`: their text, and whether they still say what they were made to say. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../../gen/run/hash.ts";
import { makeFolder } from "../../make-folder.ts";
import { compactJson } from "./compact-json.ts";
import { formatResilience } from "./format-resilience.ts";
import type { Resilience, RouteResilience } from "./resilience.ts";

const JSON_FILE = "resilience.json";
const MARKDOWN_FILE = "resilience.md";

/** The two files by name. */
export function resilienceTexts(
  inputs: string,
  routes: readonly RouteResilience[],
): Readonly<Record<string, string>> {
  const seal = sealOf(inputs, routes);
  const resilience: Resilience = { version: 1, inputs, seal, routes };
  return { [JSON_FILE]: compactJson(resilience), [MARKDOWN_FILE]: formatResilience(routes) };
}

/** @returns the names of the files that have changed. */
export function writeResilience(folder: string, texts: Readonly<Record<string, string>>): string[] {
  const changed = Object.entries(texts).filter(([name, text]) => read(folder, name) !== text);
  makeFolder(folder);
  for (const [name, text] of changed) writeFileSync(join(folder, name), text);
  return changed.map(([name]) => name);
}

export interface Recorded {
  readonly inputs: string;
  readonly routes: readonly RouteResilience[];
  /** Nobody has written in the files since they were made. */
  readonly isUntouched: boolean;
}

/** Half of a merge, perhaps. */
const BROKEN: Recorded = { inputs: "", routes: [], isUntouched: false };

/** What is recorded. Undefined: nothing is, and nobody has asked for it. */
export function readResilience(folder: string): Recorded | undefined {
  const text = read(folder, JSON_FILE);
  const page = read(folder, MARKDOWN_FILE);
  if (text === undefined) return undefined;
  try {
    const { inputs, seal, routes, version } = JSON.parse(text) as Resilience;
    if (!Array.isArray(routes)) return BROKEN;
    const isUntouched =
      version === 1 && seal === sealOf(inputs, routes) && page === formatResilience(routes);
    return { inputs, routes, isUntouched };
  } catch {
    return BROKEN;
  }
}

function sealOf(inputs: string, routes: readonly RouteResilience[]): string {
  return hashOf(JSON.stringify([inputs, routes])).slice(0, 16);
}

/** Lines may end as the checkout likes. */
function read(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}
