/** Colours for people: only on a terminal, never with `NO_COLOR` (https://no-color.org). */

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Color = keyof typeof CODES;
export type Paint = (color: Color, text: string) => string;

/** Whether a stream takes colours: `NO_COLOR` wins, then `FORCE_COLOR`, then being a terminal. */
export function takesColor(
  stream: { isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (env.NO_COLOR) return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && env.TERM !== "dumb";
}

/** A painter for one stream: the identity where the stream takes no colours. */
export function createPaint(
  stream: { isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): Paint {
  if (!takesColor(stream, env)) return (_color, text) => text;
  return (color, text) => `\u001B[${CODES[color][0]}m${text}\u001B[${CODES[color][1]}m`;
}
