/** One range of bytes out of an answer that is kept whole (RFC 9110 §14). */

export interface ByteRange {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

const RANGE = /^bytes=[\t ]*(?:(\d+)-(\d*)|-(\d+))[\t ]*$/i;

/**
 * The range that a `Range` field asks for; `"unsatisfiable"`: it lies outside (RFC 9110 §15.5.17); undefined: to be
 * answered whole, which a server always may (RFC 9110 §14.2): another unit, several ranges, or what is no range.
 */
export function parseByteRange(
  value: string,
  length: number,
): ByteRange | "unsatisfiable" | undefined {
  const match = RANGE.exec(value);
  if (match === null) return undefined;
  const [, from, to = "", suffix] = match;
  if (suffix !== undefined) {
    const count = Number(suffix);
    if (count === 0 || length === 0) return "unsatisfiable";
    return { first: Math.max(0, length - count), last: length - 1 };
  }
  const first = Number(from);
  const last = to === "" ? length - 1 : Math.min(Number(to), length - 1);
  // RFC 9110 §14.1.1: an invalid range is as none.
  if (to !== "" && Number(to) < first) return undefined;
  return first >= length ? "unsatisfiable" : { first, last };
}
