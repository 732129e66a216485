/** One hash of all that a drill's table follows from: the same hash, the same table. */
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import { parseManifest } from "../../gen/emit/manifest.ts";
import { hashOf } from "../../gen/run/hash.ts";
import { heddleVersion } from "../../package-info.ts";
import { DRILL_FILE } from "./drill-file.ts";

/** To be raised when the drill itself finds something else. */
const DRILL_VERSION = 1;

/**
 * Of Heddle's version, the files that the gateway is bundled from (its own document apart), the documents, the index and
 * `drill.json`. Packages are not looked at.
 * @param bundled absolute
 */
export function hashDrillInputs(root: string, out: string, bundled: readonly string[]): string {
  // The gateway shows its own document to people, and answers no route by it.
  const own = join(root, out, "openapi.json");
  const sources = bundled.filter((file) => relative(own, file) !== "");
  const files = [...sources, join(root, out, "dependencies.json"), join(root, DRILL_FILE)]
    .map((file): [string, string] => [relative(root, file).split(sep).join("/"), textOf(file)])
    .sort(([one], [other]) => byCodePoint(one, other));
  const manifest = parseManifest(textOf(join(root, out, "manifest.json")));
  const documents = Object.entries(manifest?.services ?? {})
    .map(([name, { sources }]) => [name, inOrder(sources)])
    .sort();
  const all = [DRILL_VERSION, heddleVersion(), files, documents];
  return hashOf(JSON.stringify(all)).slice(0, 16);
}

function inOrder(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).sort(([one], [other]) => byCodePoint(one, other));
}

/** Lines may end as the checkout likes; "" where there is none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  } catch {
    return "";
  }
}
