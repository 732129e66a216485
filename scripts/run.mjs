/** Runs a TypeScript file of this repository on any supported Node: `node scripts/run.mjs FILE [ARG ...]`. */
import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: node scripts/run.mjs FILE [ARG ...]\n");
  process.exit(2);
}
const root = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(root, ".heddle/scripts", `${basename(file, ".ts")}.mjs`);
mkdirSync(resolve(root, ".heddle/scripts"), { recursive: true });
const bundle = await rolldown({
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
await bundle.write({ file: out, format: "esm", sourcemap: true, codeSplitting: false });
await bundle.close();
process.argv = [process.argv[0], out, ...args];
await import(pathToFileURL(out).href);
