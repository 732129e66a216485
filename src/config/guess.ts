/** What may have been meant by a word that is not known. */
import { distance } from "fastest-levenshtein";

/** `did you mean "x"?` where one of the known words is near, else the general cure. */
export function guess(word: unknown, known: readonly unknown[], cure: string): string {
  if (typeof word !== "string") return cure;
  const near = known
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), String(candidate).toLowerCase()),
    }))
    .sort((one, other) => one.steps - other.steps)[0];
  const isNear = near !== undefined && near.steps <= Math.max(2, Math.floor(word.length / 3));
  return isNear ? `did you mean "${String(near.candidate)}"?` : cure;
}
