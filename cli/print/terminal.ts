/** Where a command's words go: results to stdout, everything else to stderr; with `--json` stdout is kept free. */
import { createPaint, type Paint } from "./color.ts";

export interface Terminal {
  readonly paint: Paint;
  /** True where a person watches: both streams are terminals and no CI. Nothing ever waits for an answer otherwise. */
  readonly interactive: boolean;
  /** A line of the result. */
  say(line: string): void;
  /** A line beside the result: warnings, diagnostics. */
  note(line: string): void;
  /** Text for a line that changes, where a person watches. */
  draw(text: string): void;
}

/** @param json the result is printed as one JSON document, so that nothing else may reach stdout. */
export function createTerminal(json: boolean): Terminal {
  const results = json ? process.stderr : process.stdout;
  return {
    paint: createPaint(results),
    interactive: isPerson(),
    say(line) {
      results.write(`${line}\n`);
    },
    note(line) {
      process.stderr.write(`${line}\n`);
    },
    draw(text) {
      process.stderr.write(text);
    },
  };
}

/** A terminal without a width is a program that plays one. */
function isPerson(): boolean {
  const { stdout, stderr, env } = process;
  return stdout.isTTY === true && stderr.isTTY === true && stderr.columns > 0 && !env.CI;
}
