/** Runs a TypeScript file of this repository on any supported Node: `node scripts/run.mjs FILE [ARG ...]`. */
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("usage: node scripts/run.mjs FILE [ARG ...]\n");
  process.exit(2);
}
const out = await bundle(file);
process.argv = [process.argv[0], out, ...args];
await import(pathToFileURL(out).href);
