/** Every command by its name: oclif is told, it need not search. */
import init from "./init.ts";

export const COMMANDS = { init };
