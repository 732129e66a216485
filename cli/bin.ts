/** The command line behind the fast path of `bin/heddle.js`: oclif finds and runs the command, errors end here. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Errors, flush, run, settings } from "@oclif/core";
import { EXIT } from "./command-error.ts";
import { cleanUp, handleSignals } from "./interrupt.ts";
import { type KnownNames, reportError, toCommandError } from "./print/report-error.ts";
import { createTerminal } from "./print/terminal.ts";

/** Commands that come from oclif's plugins. */
const PLUGIN_COMMANDS = ["help", "autocomplete"];

/** Runs one command line and sets the process's exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const options = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const json = options.includes("--json");
  const debug = options.includes("--debug") || (process.env.DEBUG ?? "") !== "";
  // The compiled commands are what is run: oclif must not look for their sources.
  settings.enableAutoTranspile = false;
  handleSignals();
  try {
    const pjson = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    await run([...argv], { root, pjson });
    await flush();
  } catch (error) {
    if (error instanceof Errors.ExitError) {
      process.exitCode = error.oclif.exit ?? EXIT.failure;
      return;
    }
    const failure = toCommandError(error, await knownNames(argv[0]));
    process.exitCode = failure.exitCode;
    reportError(failure, { terminal: createTerminal(json), json, debug });
    // What was started before the failure must not keep the process.
    await cleanUp();
  }
}

async function knownNames(id = ""): Promise<KnownNames> {
  const { COMMANDS } = await import("./commands/index.ts");
  const command = Object.hasOwn(COMMANDS, id) ? COMMANDS[id as keyof typeof COMMANDS] : undefined;
  return {
    commands: [...Object.keys(COMMANDS), ...PLUGIN_COMMANDS],
    flags: [...Object.keys({ ...command?.baseFlags, ...command?.flags }), "json", "help"],
  };
}
