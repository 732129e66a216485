/** Evaluates a bundled configuration, and tells where it fails. */
import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
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
  let loaded: { readonly default?: unknown };
  try {
    loaded = await import(pathToFileURL(module).href);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [line = ""] = message.replaceAll(root, ".").split("\n");
    const details = { cure: `correct ${file}`, place: placeOf(error, root, module, file) };
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

/** The innermost frame in a file of the project. */
function placeOf(error: unknown, root: string, module: string, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const [, path = "", line, column] of stack.matchAll(
    /(?:file:\/\/)?(\/[^()\n]*?):(\d+):(\d+)/g,
  )) {
    if (decodeURI(path) === module)
      return sourceOf(module, Number(line), Number(column), root) ?? file;
    // Where the process maps stacks to sources itself.
    const name = relative(root, path).split(sep).join("/");
    if (!/^\.\.?\/|^\.heddle\/|(?:^|\/)node_modules\//.test(name))
      return `${name}:${line}:${column}`;
  }
  return file;
}

/** Where a place of the bundled module comes from. */
function sourceOf(module: string, line: number, column: number, root: string): string | undefined {
  const [, encoded] =
    /\/\/# sourceMappingURL=data:[^,]*;base64,([\w+/=]+)\s*$/.exec(readFileSync(module, "utf8")) ??
    [];
  if (encoded === undefined) return undefined;
  const payload = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as SourceMapPayload;
  const entry = new SourceMap(payload).findEntry(line - 1, column - 1);
  if (!("originalSource" in entry)) return undefined;
  const source = relative(root, resolve(dirname(module), entry.originalSource))
    .split(sep)
    .join("/");
  return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}
