/** Power of two choices: of two addresses drawn by weight, the one with less to do takes the call. */
import type { Random } from "../chance.ts";

export interface Candidate {
  /** Above 0. */
  readonly weight: number;
  /** Calls whose answer is not complete. */
  readonly inFlight: number;
  /** Takes no further call as long as there is another. */
  readonly isHeld: boolean;
}

/** Draws one; another than `avoid` where there is one. */
export type Picker<One> = (avoid: unknown) => One | undefined;

/**
 * Compiles what draws from these candidates; undefined is drawn only where there are none.
 *
 * Two that are drawn at random by their weights are compared by calls in flight over weight: enough to keep loads even
 * (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing"), and the cost does not grow with their
 * number where weights are equal. At rest, calls are shared out by the weights alone.
 */
export function createPicker<One extends Candidate>(
  candidates: readonly One[],
  random: Random,
): Picker<One> {
  const [only] = candidates;
  if (only === undefined || candidates.length === 1) return () => only;
  const draw = candidates.every(({ weight }) => weight === only.weight)
    ? drawEvenly(candidates, random)
    : drawByWeight(candidates, random);

  return function pick(avoid) {
    const first = draw(-1);
    const one = candidates[first];
    const other = candidates[draw(first)];
    if (one === undefined || other === undefined || one === avoid) return other ?? one;
    if (other === avoid) return one;
    if (one.isHeld && other.isHeld) {
      return candidates.find((each) => !each.isHeld && each !== avoid) ?? one;
    }
    if (one.isHeld) return other;
    if (other.isHeld) return one;
    return other.inFlight * one.weight < one.inFlight * other.weight ? other : one;
  };
}

/** An index, another than `taken`; -1: any. */
type Draw = (taken: number) => number;

function drawEvenly({ length }: readonly Candidate[], random: Random): Draw {
  return function even(taken) {
    if (taken < 0) return Math.floor(random() * length);
    const index = Math.floor(random() * (length - 1));
    return index < taken ? index : index + 1;
  };
}

function drawByWeight(candidates: readonly Candidate[], random: Random): Draw {
  const weights = candidates.map(({ weight }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return function weighted(taken) {
    let left = random() * (total - (weights[taken] ?? 0));
    let last = 0;
    for (const [index, weight] of weights.entries()) {
      if (index === taken) continue;
      left -= weight;
      if (left < 0) return index;
      last = index;
    }
    // Sums of fractions are not exact.
    return last;
  };
}
