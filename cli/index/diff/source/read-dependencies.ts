/** Reads the dependency index that gen has written, as long as it is of the composers that are there. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../../command-error.ts";
import type { ComposerSearch } from "../../../gen/composers.ts";
import { parseManifest } from "../../../gen/emit/manifest.ts";
import { hashOfFile } from "../../../gen/run/hash.ts";
import { type Dependencies, parseDependencies } from "../../dependencies.ts";

/**
 * The documents may have changed since: that is what is asked about.
 * @param generated the folder of what is generated, relative to the project
 * @throws CommandError `generated-stale` where there is none, or composers have changed since it was made
 */
export function readDependencies(
  root: string,
  generated: string,
  { routes }: ComposerSearch,
): Dependencies {
  const place = `${generated}/dependencies.json`;
  const dependencies = parseDependencies(textOf(join(root, place)));
  if (dependencies === undefined)
    throw stale(place, `${place} is not there, or is of another version`);
  const sources = parseManifest(textOf(join(root, generated, "manifest.json")))?.index?.sources;
  const known = sources ?? {};
  const changed =
    routes.map(({ file }) => file).find((file) => !Object.hasOwn(known, file)) ??
    Object.keys(known).find((file) => hashOfFile(join(root, file)) !== known[file]);
  if (changed !== undefined) throw stale(place, `${changed} has changed since ${place} was made`);
  return dependencies;
}

function stale(place: string, message: string): CommandError {
  return new CommandError("generated-stale", message, {
    cure: "run heddle gen",
    place,
  });
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
