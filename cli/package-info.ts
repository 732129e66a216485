/** Where the installed package is and which version it has. */
import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(import.meta.url);

/** The version of Heddle that runs. */
export function heddleVersion(): string {
  const { version } = require("heddle/package.json") as { version: string };
  return version;
}

/** The folder of the package that runs. */
export function heddleRoot(): string {
  return dirname(require.resolve("heddle/package.json"));
}
