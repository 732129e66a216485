/**
 * Bundles a TypeScript file of this repository for any supported Node, and prints where to:
 * `node scripts/bundle.mjs FILE [MODULE OTHER]`. OTHER stands in for MODULE wherever that is imported.
 */
import { mkdirSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Packages stay outside; the public doors are the ones of `src/`. Resolves to the path of the bundle. */
export async function bundle(file, module, other) {
  const suffix = other === undefined ? "" : `-${basename(other, ".ts")}`;
  const out = resolve(root, ".heddle/scripts", `${basename(file, ".ts")}${suffix}.mjs`);
  mkdirSync(resolve(root, ".heddle/scripts"), { recursive: true });
  const build = await rolldown({
    input: resolve(file),
    platform: "node",
    external: (id) =>
      /^[a-z@]/i.test(id) && !/^[a-z]:[\\/]/i.test(id) && id !== "heddle" && id !== "heddle/config",
    resolve: {
      alias: {
        heddle: resolve(root, "src/index.ts"),
        "heddle/config": resolve(root, "src/config.ts"),
      },
    },
    plugins: other === undefined ? [] : [standIn(resolve(module), resolve(other))],
    logLevel: "warn",
  });
  await build.write({ file: out, format: "esm", sourcemap: true, codeSplitting: false });
  await build.close();
  return out;
}

function standIn(module, other) {
  return {
    name: "stand-in",
    resolveId(source, importer) {
      if (importer === undefined || importer === other || !source.startsWith(".")) return undefined;
      return resolve(dirname(importer), source) === module ? other : undefined;
    },
  };
}

if (import.meta.main ?? process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(await bundle(...process.argv.slice(2)));
}
