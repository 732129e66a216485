/** Durations as configuration writes them, and the numbers that the code uses. */

/** `"300ms"`, `"10s"`, `"5m"`, `"2h"`, `"1d"`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Whether a text is a {@link Duration}. */
export function isDuration(text: unknown): text is Duration {
  return typeof text === "string" && PATTERN.test(text);
}

/**
 * Milliseconds of a {@link Duration}.
 * @throws RangeError when the text is not a duration.
 */
export function parseDuration(text: Duration): number {
  const match = PATTERN.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined) {
    throw new RangeError(
      `"${text}" is not a duration: write a number and a unit, for example "300ms", "10s" or "5m"`,
    );
  }
  return Number(match[1]) * unit;
}
