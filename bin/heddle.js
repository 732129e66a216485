#!/usr/bin/env node
// The door of the command line. Help and version are printed from a file made by the build: oclif takes longer to
// load than Node takes to start.
import { readFileSync } from "node:fs";

const argv = process.argv.slice(2);
const [word = "--help"] = argv;

if (argv.length < 2 && ["--help", "-h", "help", "--version", "-v"].includes(word)) {
  printFast(word);
} else {
  const { default: nodeModule } = await import("node:module");
  nodeModule.enableCompileCache?.();
  const { main } = await import("../dist/cli/bin.js").catch(notBuilt);
  await main(argv);
}

function printFast(word) {
  let root;
  try {
    root = JSON.parse(readFileSync(new URL("../dist/cli/root-help.json", import.meta.url), "utf8"));
  } catch (error) {
    return notBuilt(error);
  }
  const version = `${root.version} ${process.platform}-${process.arch} node-${process.version}`;
  const isVersion = word === "--version" || word === "-v";
  process.stdout.write(isVersion ? `${version}\n` : root.help.replace("{version}", version));
}

function notBuilt(error) {
  const missing =
    ["ERR_MODULE_NOT_FOUND", "ENOENT"].includes(error.code) && /dist.cli/.test(error.message);
  if (!missing) throw error;
  process.stderr.write("error heddle is not built\n  run: npm run build\n");
  process.exit(1);
}
