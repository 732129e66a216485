/** Progress of long work on stderr: a spinner for a person, plain lines otherwise, nothing for quick work. */
import type { Terminal } from "./terminal.ts";

/** Work that ends sooner than this is not worth a spinner. */
const QUIET_MS = 300;

/** Without a terminal, at most one line in this time, and none before. */
const PLAIN_EVERY_MS = 1_000;

export interface Progress {
  /** What is being done now. Cheap: may be called often. */
  step(text: string): void;
  /** Takes the spinner away. Call it in `finally`. */
  done(): void;
}

/** Starts to watch one piece of work. */
export function createProgress(
  terminal: Terminal,
  clock: () => number = () => performance.now(),
): Progress {
  return terminal.interactive ? createSpinner() : createPlainLines(terminal, clock);
}

function createPlainLines(terminal: Terminal, clock: () => number): Progress {
  let printed = clock();
  let last = "";
  return {
    step(text) {
      const now = clock();
      if (now - printed < PLAIN_EVERY_MS || text === last) return;
      printed = now;
      last = text;
      terminal.note(`${text} ...`);
    },
    done() {},
  };
}

function createSpinner(): Progress {
  let text = "";
  let stop: (() => void) | undefined;
  let finished = false;
  // clack's spinner reads the keyboard raw and answers Ctrl-C with exit code 0: put the signal's own code back.
  const interrupted = (code: number): void => {
    if (code === 0) process.exitCode = 130;
  };
  const timer = setTimeout(async () => {
    const { spinner } = await import("@clack/prompts");
    if (finished) return;
    const shown = spinner({ output: process.stderr, withGuide: false });
    process.on("exit", interrupted);
    shown.start(text);
    const refresh = setInterval(() => shown.message(text), 80);
    stop = () => {
      clearInterval(refresh);
      process.off("exit", interrupted);
      shown.clear();
    };
  }, QUIET_MS);
  return {
    step(next) {
      text = next;
    },
    done() {
      finished = true;
      clearTimeout(timer);
      stop?.();
    },
  };
}
