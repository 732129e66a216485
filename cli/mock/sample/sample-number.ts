/** Sampled numbers: within the bounds, on the grid of `multipleOf`, small and readable where nothing is said. */
import { createRandom } from "../random.ts";
import type { FlatSchema } from "./flat-schema.ts";

const INTEGER_FORMATS = new Set(["int32", "int64", "uint32", "uint64", "integer"]);

interface Range {
  readonly least: number;
  readonly most: number;
}

/** Candidates, the most plausible first; the caller takes the first that conforms. */
export function* numberCandidates(
  flat: FlatSchema,
  name: string,
  whole: boolean,
  seed: number,
): Iterable<number> {
  const random = createRandom(seed);
  const integer = whole || flat.formats.some((format) => INTEGER_FORMATS.has(format));
  const { least, most } = rangeOf(flat, name, integer);
  for (const grid of gridsOf(flat, integer)) {
    const first = Math.ceil(least / grid);
    const last = Math.max(first, Math.floor(most / grid));
    for (let draw = 0; draw < 4; draw += 1) yield tidy(random.between(first, last) * grid);
    yield tidy(first * grid);
    yield tidy((first + 1) * grid);
    yield tidy(last * grid);
  }
  if (!integer) yield least + (most - least) / 2;
  yield 0;
  yield least;
  yield most;
}

/** Bounds said, or 1 to 100 beside them. */
function rangeOf(flat: FlatSchema, name: string, integer: boolean): Range {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = flat.bounds;
  const step = integer ? 1 : 0;
  const lowest = Math.max(minimum ?? -Infinity, (exclusiveMinimum ?? -Infinity) + step);
  const highest = Math.min(maximum ?? Infinity, (exclusiveMaximum ?? Infinity) - step);
  if (Number.isFinite(lowest) && Number.isFinite(highest)) {
    // Of a long range, the part that reads best.
    const least = lowest < 1 && highest > 1000 ? 1 : lowest;
    return { least, most: Math.min(highest, least + 1000) };
  }
  if (Number.isFinite(lowest)) return { least: lowest, most: lowest + 100 };
  if (Number.isFinite(highest))
    return {
      least: highest >= 1 ? Math.min(1, highest) : highest - 100,
      most: Math.min(highest, 100),
    };
  const isMoment =
    flat.formats.includes("unix-time") || (integer && /(_at|At|timestamp)$/.test(name));
  return isMoment ? { least: 1767225600, most: 1798761599 } : { least: 1, most: 100 };
}

/** Steps to try: those asked for, and their products where several are. */
function gridsOf(flat: FlatSchema, integer: boolean): number[] {
  const { multiples } = flat;
  if (multiples.length === 0) return integer ? [1] : [0.01, 1];
  const product = multiples.reduce((a, b) => a * b, 1);
  return [
    ...multiples,
    product,
    ...multiples.map((one) => (integer && one % 1 !== 0 ? one / (one % 1) : one)),
  ];
}

/** Cuts what binary fractions leave behind: 3 * 0.1 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(14));
}
