/** How much one turn of the event loop takes on: what comes meanwhile waits in the sockets, where nobody sees it. */
import type { Clock } from "../core/deadline.ts";

/**
 * A turn that takes longer is long. One is a burst or a garbage collection; it is the next one that tells. At twice the load
 * turns double: the first that is long takes less than two of these, and nobody in the next waits for much more than three.
 */
const LONG_MS = 15;
/** By so much longer than a long one before: more came than was done meanwhile. */
const GROWTH = 1.25;
/** So long may a turn take on requests under overload. What comes in it is answered or refused by the end of the next. */
const OVERLOADED_MS = 10;
/** The overload is over when a turn begins and nothing has been refused for so long. */
const OVER_MS = 200;
/** Whatever it takes: a few slow answers are no overload of requests. */
const LEAST = 8;
/** No single turn takes on requests for longer, where it has taken on many. */
const STALL_MS = 200;
const STALL_LEAST = 64;
/** After a turn of so long the next one begins at once: it is not waited for, as its first request may come late in it. */
const NEXT_MS = 2;

export interface TurnGauge {
  /** Whether this turn takes on one more request; then it has. */
  take(): boolean;
}

export interface TurnGaugeOptions {
  readonly clock: Clock;
  /** Calls back when everything that is there to be read has been, before the loop waits. Default: `setImmediate`. */
  readonly atEnd?: (ended: () => void) => void;
}

/**
 * The event loop reads whatever has come, and then whatever came meanwhile. When more comes than can be done, each turn
 * takes longer than the one before, and everybody in it waits for two of them. So turns are measured: when one is long,
 * and the next one longer still, the rest of it is refused; and as long as there is something to refuse, every turn is
 * kept short. The controlled delay of CoDel (RFC 8289) for a queue that can be seen only while it is being emptied: a
 * burst, whose turns become shorter, is answered. Costs a request a look at the clock.
 */
export function createTurnGauge({ clock, atEnd = setImmediate }: TurnGaugeOptions): TurnGauge {
  let isMeasured = false;
  let begunMs = 0;
  let beforeMs = 0;
  let taken = 0;
  let refusedMs = Number.NEGATIVE_INFINITY;

  function begin(now: number): void {
    isMeasured = true;
    begunMs = now;
    taken = 0;
    atEnd(end);
  }

  function end(): void {
    const now = clock();
    beforeMs = now - begunMs;
    if (beforeMs >= NEXT_MS) begin(now);
    else isMeasured = false;
  }

  function isFull(now: number): boolean {
    if (taken < LEAST) return false;
    const ms = now - begunMs;
    if (begunMs - refusedMs < OVER_MS) return ms >= OVERLOADED_MS;
    if (beforeMs >= LONG_MS && ms >= beforeMs * GROWTH) return true;
    return ms >= STALL_MS && taken >= STALL_LEAST;
  }

  return {
    take() {
      const now = clock();
      if (!isMeasured) begin(now);
      if (isFull(now)) {
        refusedMs = now;
        return false;
      }
      taken += 1;
      return true;
    },
  };
}
