/** Durations as configuration writes them, and the numbers that the code uses. */

/**
 * A number and a unit, with or without a blank between them: `"300ms"`, `"10s"`, `"5m"`, `"2h"`, `"1.5 d"`.
 *
 * The type lets pass what is a number to TypeScript, so also `"-5m"`: the compiler cannot tell, {@link parseDuration}
 * does. A stricter template would refuse `` `${seconds}s` `` for a `number`, too.
 */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const PATTERN = /^(\d+(?:\.\d+)?) *(ms|s|m|h|d)$/;
const NEGATIVE = /^-\d/;

/** Whether a text is a {@link Duration}. */
export function isDuration(text: unknown): text is Duration {
  return typeof text === "string" && PATTERN.test(text);
}

/**
 * Milliseconds of a {@link Duration}.
 * @throws RangeError when the text is not a duration, or a negative one.
 */
export function parseDuration(text: Duration): number {
  const match = PATTERN.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined) {
    const fault = NEGATIVE.test(text) ? "is negative" : "is not a duration";
    throw new RangeError(
      `"${text}" ${fault}: write a number and a unit, for example "300ms", "10s" or "5m"`,
    );
  }
  return Number(match[1]) * unit;
}
