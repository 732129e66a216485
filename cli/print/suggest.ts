/** "Did you mean": the nearest of the names that exist. */
import { distance } from "fastest-levenshtein";

/** The nearest name, when it is near enough to be a slip of the hand: a third of the name, at least one letter. */
export function suggest(name: string, names: Iterable<string>): string | undefined {
  let best: { name: string; distance: number } | undefined;
  for (const candidate of names) {
    const near = distance(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || near < best.distance) best = { name: candidate, distance: near };
  }
  if (best === undefined || best.distance > Math.max(1, Math.ceil(name.length / 3))) return undefined;
  return best.name;
}

/** `did you mean "gen"?`, or the list of what there is. */
export function suggestionOf(name: string, names: readonly string[], otherwise: string): string {
  const near = suggest(name, names);
  return near === undefined ? otherwise : `did you mean "${near}"?`;
}
