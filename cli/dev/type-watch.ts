/** Type mistakes beside `heddle dev`: looked for after every change in a process of their own, told when they come and go. */
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatTypeFault, type TypeFault } from "../check/check-types.ts";
import { countOf } from "../print/format-gen.ts";
import type { Terminal } from "../print/terminal.ts";

/** A project half-way through a change may have hundreds of mistakes: the first ones tell what is the matter. */
const SHOWN_FAULTS = 20;

/** One check under way. */
export interface TypeCheck {
  /** The mistakes; undefined: it could not be done. */
  readonly faults: Promise<readonly TypeFault[] | undefined>;
  /** Ends it, whatever it is doing. */
  stop(): void;
}

export interface TypeWatch {
  /** Begins to check the project as it stands. A check that is under way is given up: its answer would be old. */
  check(): void;
  close(): void;
}

/** @param start begins one check */
export function createTypeWatch(
  root: string,
  terminal: Terminal,
  start: (root: string) => TypeCheck = startProcess,
): TypeWatch {
  const { paint } = terminal;
  let running: TypeCheck | undefined;
  let known = "";

  function tell(faults: readonly TypeFault[]): void {
    const lines = faults.map(formatTypeFault);
    const now = lines.join("\n");
    const isSame = now === known;
    known = now;
    if (faults.length === 0) {
      if (!isSame) terminal.say(paint("green", "types are right again"));
      return;
    }
    const count = paint("yellow", countOf(faults.length, "type mistake"));
    if (isSame) {
      terminal.note(`${count}, the same as before`);
      return;
    }
    for (const line of lines.slice(0, SHOWN_FAULTS)) terminal.note(line);
    const rest = lines.length - SHOWN_FAULTS;
    const others = rest > 0 ? `; heddle check shows the other ${rest}` : "";
    terminal.note(`${count}: the gateway runs all the same${others}`);
  }

  return {
    check() {
      running?.stop();
      // Without one, nobody has asked for types.
      if (!existsSync(join(root, "tsconfig.json"))) return;
      const current = start(root);
      running = current;
      void current.faults.then((faults) => {
        if (running !== current) return;
        running = undefined;
        if (faults === undefined) terminal.note("the types could not be checked: run heddle check");
        else tell(faults);
      });
    },
    close() {
      const last = running;
      running = undefined;
      last?.stop();
    },
  };
}

/** A process of its own: the compiler holds a thread up for seconds, and only a process can be stopped meanwhile. */
function startProcess(root: string): TypeCheck {
  const script = fileURLToPath(new URL("./type-process.js", import.meta.url));
  const child = fork(script, [root], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  return {
    faults: new Promise((resolve) => {
      child.once("message", (faults) => resolve(faults as readonly TypeFault[]));
      child.once("error", () => resolve(undefined));
      child.once("exit", () => resolve(undefined));
    }),
    stop() {
      child.kill("SIGKILL");
    },
  };
}
