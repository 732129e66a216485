/** Evaluates a bundled configuration, and tells where it fails. */
import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { pathToFileURL } from "node:url";
import { CommandError } from "../command-error.ts";
import type { BuiltConfig } from "./config-cache.ts";

/**
 * The module's default export.
 * @throws CommandError when it throws, imports what is not there, or exports nothing.
 */
export async function runConfig(
  root: string,
  file: string,
  { module }: BuiltConfig,
): Promise<unknown> {
  const url = pathToFileURL(module).href;
  let loaded: { readonly default?: unknown };
  try {
    loaded = await import(url);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [line = ""] = message.replaceAll(root, ".").split("\n");
    const details = { cure: `correct ${file}`, place: placeOf(error, url, module, file) };
    throw new CommandError(
      "configuration-invalid",
      `the configuration fails: ${line}`,
      details,
      error,
    );
  }
  if (loaded.default !== undefined) return loaded.default;
  throw new CommandError("configuration-invalid", "the configuration has no default export", {
    cure: "write export default defineGateway({ ... })",
    place: file,
  });
}

/** The innermost frame in the module, as a line of the source. */
function placeOf(error: unknown, url: string, module: string, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(url);
  const [, line, column] = /^:(\d+):(\d+)/.exec(at < 0 ? "" : stack.slice(at + url.length)) ?? [];
  if (line === undefined || column === undefined) return file;
  const encoded =
    /\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/.exec(
      readFileSync(module, "utf8"),
    )?.[1];
  if (encoded === undefined) return file;
  const payload = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as SourceMapPayload;
  const entry = new SourceMap(payload).findEntry(Number(line) - 1, Number(column) - 1);
  if (!("originalSource" in entry)) return file;
  const [name = file] = entry.originalSource.split("/").slice(-1);
  return `${file.endsWith(name) ? file : name}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
