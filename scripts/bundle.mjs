/** Bundles a TypeScript file of this repository for any supported Node: `node scripts/bundle.mjs FILE` prints where to. */
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Packages stay outside; the public doors are the ones of `src/`. Resolves to the path of the module. */
export async function bundle(file) {
  const out = resolve(root, ".heddle/scripts", `${basename(file, ".ts")}.mjs`);
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
    logLevel: "warn",
  });
  await build.write({ file: out, format: "esm", sourcemap: true, codeSplitting: false });
  await build.close();
  return out;
}

if (import.meta.main ?? process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(await bundle(process.argv[2]));
}
