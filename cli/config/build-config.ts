/** Bundles a configuration into one module: TypeScript taken out, files of the project taken in. */
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError } from "../command-error.ts";
import { hashOf } from "../gen/run/hash.ts";
import { type BuiltConfig, CONFIG_FOLDER, writeCache } from "./config-cache.ts";

/**
 * Bundles the configuration and keeps the result. npm packages are imported when it runs; `heddle/config` is taken in,
 * because it is the running Heddle that reads the result.
 * @throws CommandError with the place of the first fault.
 */
export async function buildConfig(root: string, file: string): Promise<BuiltConfig> {
  const { rolldown } = await import("rolldown");
  try {
    const bundle = await rolldown({
      cwd: root,
      input: join(root, file),
      platform: "node",
      logLevel: "silent",
      external: (id) => isPackage(id) && id !== "heddle/config",
      resolve: { alias: { "heddle/config": ownDoor() } },
    });
    try {
      const { output } = await bundle.generate({
        // Where it will be kept, so that the map leads from there to the sources.
        file: join(root, CONFIG_FOLDER, "config.mjs"),
        format: "esm",
        codeSplitting: false,
        sourcemap: "inline",
      });
      const [chunk] = output;
      return writeCache(root, file, chunk.code, inputsOf(root, chunk.moduleIds));
    } finally {
      await bundle.close();
    }
  } catch (error) {
    throw await invalid(error, root, file);
  }
}

/** `heddle/config` of the running package: sources or what was made of them. */
function ownDoor(): string {
  const paths = ["../../src/config.js", "../../src/config.ts"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return paths.find((path) => existsSync(path)) ?? "heddle/config";
}

function isPackage(id: string): boolean {
  return /^[a-z@]/i.test(id) && !/^[a-z]:[\\/]/i.test(id);
}

/** Files of the project; what Heddle brings along is covered by its version. */
function inputsOf(root: string, ids: readonly string[]): Record<string, string> {
  const files = ids.filter((id) => isAbsolute(id) && !id.includes("/node_modules/"));
  const named = files.map(
    (id) => [relative(root, id).split(sep).join("/"), hashOf(readFileSync(id))] as const,
  );
  return Object.fromEntries(named.filter(([path]) => !path.startsWith("../")).sort());
}

async function invalid(error: unknown, root: string, file: string): Promise<unknown> {
  if (error instanceof CommandError) return error;
  const { toBundleError } = await import("../build/bundle-error.ts");
  const { message, details } = toBundleError(error, root);
  const { place = file, lines = [] } = details;
  return new CommandError(
    "configuration-invalid",
    message,
    { cure: `correct ${file}`, place, lines },
    error,
  );
}
