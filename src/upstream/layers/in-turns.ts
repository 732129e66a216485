/** Answers that are there at once: a loop over nothing else would keep timers, sockets and all other requests waiting. */

/** So many are given in a row, some tenths of a millisecond; the next waits for a turn of the event loop. */
const IN_A_ROW = 1_000;

let given = 0;

/** @param answer what is there at once; must not be made before it is asked for, or nobody would handle its failure. */
export function inTurns<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
  given += 1;
  if (given % IN_A_ROW !== 0) return answer();
  return new Promise((resolve) => {
    setImmediate(() => resolve(answer()));
  });
}
