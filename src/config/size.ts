/** Sizes as configuration writes them, and the bytes that the code uses. */

/** `"512b"`, `"64kb"`, `"10mb"`, `"1gb"`. A kilobyte has 1,024 bytes. */
export type Size = `${number}${"b" | "kb" | "mb" | "gb"}`;

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1_024,
  mb: 1_048_576,
  gb: 1_073_741_824,
};

/** What a {@link Size} looks like. */
export const SIZE_PATTERN: RegExp = /^(\d+(?:\.\d+)?)(b|kb|mb|gb)$/;

/**
 * Whole bytes of a {@link Size}.
 * @throws RangeError when the text is not a size.
 */
export function parseSize(text: Size): number {
  const match = SIZE_PATTERN.exec(text);
  const unit = UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined) {
    throw new RangeError(
      `"${text}" is not a size: write a number and a unit, for example "64kb" or "10mb"`,
    );
  }
  return Math.floor(Number(match[1]) * unit);
}
