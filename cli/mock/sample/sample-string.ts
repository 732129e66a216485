/** Sampled texts: by format, by pattern, else a word that goes with the property's name; never beyond the lengths. */
import { createRandom, hash, type Random } from "../random.ts";
import { tolerantPattern } from "../schema/tolerant-pattern.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { formatText } from "./format-text.ts";
import { parsePattern, patternText } from "./pattern-text.ts";
import { wordFor } from "./words.ts";

const STEPS = [0, 1, 2, 3, 5, 8, 13, 21, 34, 60, 100, 200, 500, 1000];
/** A document that asks for longer texts than this gets them, but never more than once a value. */
const PAD = "abcdefghijklmnopqrstuvwxyz";

/**
 * Candidates, the most plausible first; the caller takes the first that conforms.
 *
 * @param name the property's or parameter's name.
 */
export function* stringCandidates(flat: FlatSchema, name: string, seed: number): Iterable<string> {
  const random = createRandom(seed);
  for (const format of flat.formats) {
    const text = formatText(format, random, name);
    if (text !== undefined) {
      yield text;
      yield fitLength(text, flat);
    }
  }
  yield fitLength(wordFor(name, random), flat);
  yield fitLength(wordFor("", random), flat);
  for (const pattern of flat.patterns) yield* patternCandidates(pattern, flat, seed);
  yield fitLength("", flat);
  yield fitLength("0", flat, "0");
}

/** Cuts or pads to `minLength` and `maxLength`. */
function fitLength(text: string, flat: FlatSchema, pad: string = PAD): string {
  const { minLength = 0, maxLength = Infinity } = flat.bounds;
  const cut = [...text].length > maxLength ? [...text].slice(0, maxLength).join("") : text;
  const missing = minLength - [...cut].length;
  return missing > 0 ? cut + pad.repeat(Math.ceil(missing / pad.length)).slice(0, missing) : cut;
}

function* patternCandidates(pattern: string, flat: FlatSchema, seed: number): Iterable<string> {
  if (!tolerantPattern(pattern).understood) return;
  const tree = parsePattern(pattern);
  for (const more of STEPS) {
    for (let draw = 0; draw < 4; draw += 1) {
      const random: Random = createRandom(hash(`${more}:${draw}`, seed));
      const text = patternText(tree, random, more);
      yield text;
      const fitted = fitLength(text, flat);
      if (fitted !== text) yield fitted;
    }
    if (more > Number(flat.bounds.minLength ?? 0) + 60) return;
  }
}
