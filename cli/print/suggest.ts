/** "Did you mean": the nearest of the names that exist. */
import { distance } from "fastest-levenshtein";

/** From so many letters on a name that begins so is taken for what was meant. */
const BEGINNING = 3;

/**
 * The shortest name that begins so, else the nearest one, when it is near enough to be a slip of the hand: a third of
 * the name, at least one letter.
 */
export function suggest(name: string, names: Iterable<string>): string | undefined {
  const known = [...names];
  if (name.length >= BEGINNING) {
    const begun = known.filter((one) => one.toLowerCase().startsWith(name.toLowerCase()));
    const [shortest] = begun.sort((one, other) => one.length - other.length);
    if (shortest !== undefined) return shortest;
  }
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const near = steps(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || near < best.distance) best = { name: candidate, distance: near };
  }
  if (best === undefined || best.distance > Math.max(1, Math.ceil(name.length / 3)))
    return undefined;
  return best.name;
}

/** Letters in another order are one slip, whatever their distance. */
function steps(one: string, other: string): number {
  const sorted = (word: string): string => [...word].sort().join("");
  if (one !== other && sorted(one) === sorted(other)) return 1;
  return distance(one, other);
}

/** `did you mean "gen"?`, or the list of what there is. */
export function suggestionOf(name: string, names: readonly string[], otherwise: string): string {
  const near = suggest(name, names);
  return near === undefined ? otherwise : `did you mean "${near}"?`;
}
