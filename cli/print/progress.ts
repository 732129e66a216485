/** Progress of long work on stderr: one changing line for a person; nothing for programs, and nothing for quick work. */
import type { Terminal } from "./terminal.ts";

/** Work that ends sooner than this is not worth a word to a person. */
const QUIET_MS = 300;

/** How often the line for a person changes. */
const FRAME_MS = 80;

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** To the first column, and nothing on the line (ECMA-48 CHA, EL). */
const CLEAR_LINE = "\u001B[1G\u001B[2K";

export interface Progress {
  /** What is being done now. Cheap: may be called often. */
  step(text: string): void;
  /** Takes the changing line away. Call it in `finally`. */
  done(): void;
}

/** Starts to watch one piece of work. */
export function createProgress(
  terminal: Terminal,
  clock: () => number = () => performance.now(),
): Progress {
  return terminal.interactive ? createSpinner(terminal, clock) : SILENT;
}

/** A log would keep every step. */
const SILENT: Progress = { step() {}, done() {} };

/**
 * A line of our own: clack's spinner takes the keyboard, so that Ctrl-C is no signal any more, waits for the work to
 * pause, and ends with 0.
 */
function createSpinner(terminal: Terminal, clock: () => number): Progress {
  const started = clock();
  let drawn: number | undefined;
  let text = "";
  let frame = 0;
  const draw = (): void => {
    const now = clock();
    if (text === "" || now - started < QUIET_MS || now - (drawn ?? 0) < FRAME_MS) return;
    drawn = now;
    frame = (frame + 1) % FRAMES.length;
    terminal.draw(`${CLEAR_LINE}${terminal.paint("cyan", FRAMES[frame] ?? "")} ${text}`);
  };
  const clear = (): void => {
    if (drawn !== undefined) terminal.draw(CLEAR_LINE);
  };
  const timer = setInterval(draw, FRAME_MS);
  process.once("exit", clear);
  return {
    step(next) {
      text = next.slice(0, Math.max(1, (process.stderr.columns ?? 80) - 4));
      // Work may hold the timer up: the steps themselves move the line.
      draw();
    },
    done() {
      clearInterval(timer);
      process.off("exit", clear);
      clear();
    },
  };
}
