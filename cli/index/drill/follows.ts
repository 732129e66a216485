/** Whether what two faults do together is what each does alone: only the rest is worth telling. */
import { answers, type Degraded, type Outcome } from "./resilience.ts";

/**
 * A pair follows from its two faults when it fails as one of them does, or, where each is answered, is answered with
 * what each takes away; and takes no longer than the longer of the two.
 */
export function follows(pair: Outcome, alone: readonly Outcome[], ok: Outcome): boolean {
  const longestMs = Math.max(...alone.map(({ ms = 0 }) => ms));
  if ((pair.ms ?? 0) > longestMs + TOLERANCE_MS) return false;
  const failing = alone.filter((outcome) => !answers(outcome));
  if (failing.length > 0) return failing.some((outcome) => failsAlike(outcome, pair));
  if (pair.status !== ok.status && !alone.some(({ status }) => status === pair.status))
    return false;
  const expected = new Set(alone.flatMap(({ degraded = [] }) => degraded.map(keyOf)));
  // What hangs below a part that is missing is missed by nobody.
  return (pair.degraded ?? []).every((part) => expected.has(keyOf(part)));
}

/** Second attempts, a millisecond each. */
const TOLERANCE_MS = 10;

function failsAlike(one: Outcome, other: Outcome): boolean {
  return (
    one.status === other.status && one.problem === other.problem && one.service === other.service
  );
}

function keyOf({ part, kind }: Degraded): string {
  return `${part} ${kind}`;
}
