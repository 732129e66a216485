/** How much one turn of the event loop takes on: what comes meanwhile waits in the sockets, where nobody sees it. */
import type { Clock } from "../core/deadline.ts";
import { RequestRows } from "./request-rows.ts";

/** A turn that takes longer is long. One is a burst or a garbage collection; it is those after it that tell. */
const LONG_MS = 15;
/** Turns have been long without a break for so long before anybody is refused: the interval of CoDel. */
const STANDING_MS = 100;
/** By so much longer than the one before, and than the first of those long ones: more came than was done meanwhile. */
const GROWTH = 1.25;
const GROWTH_SINCE = 1.5;
/** So long may a turn take on requests under overload. What comes in it is answered or refused by the end of the next. */
const OVERLOADED_MS = 10;
/** The overload is over when a turn begins and nothing has been refused for so long. */
const OVER_MS = 200;
/** After so long under overload, turns are let grow: those of many callers who wait for their answers do not. */
const TRY_MS = 3_000;
/** Whatever it takes: a few slow answers are no overload of requests. */
const LEAST = 8;
/** No single turn takes on requests for longer, where it has taken on many. */
const STALL_MS = 1_000;
const STALL_LEAST = 64;
/** After a turn of so long the next one begins at once: it is not waited for, as its first request may come late in it. */
const NEXT_MS = 2;

/** Whether a turn takes on one more request. `row`: it is full, and the request's connection has sent several in one go. */
export type Taken = "taken" | "full" | "row";

export interface TurnGauge {
  /** @param connection that the request came on */
  take(connection: object): Taken;
}

export interface TurnGaugeOptions {
  readonly clock: Clock;
  /** Calls back when everything that is there to be read has been, before the loop waits. Default: `setImmediate`. */
  readonly atEnd?: (ended: () => void) => void;
}

/**
 * The event loop reads whatever has come, and then whatever came meanwhile. When more comes than can be done, each turn
 * takes longer than the one before, and everybody in it waits for two of them. So turns are measured: when they have been
 * long for a while, and grow, the rest is refused; and as long as there is something to refuse, every turn is kept short.
 * The controlled delay of CoDel (RFC 8289) for a queue that can be seen only while it is being emptied.
 *
 * Long turns alone are none of it: a burst's become shorter, and those of a hundred callers who wait for their answers,
 * on a process that has just begun or is short of a core, stay as they are. Costs a request a look at the clock.
 *
 * What a connection sends in one go counts for it alone; under overload such connections share what a turn takes on.
 */
export function createTurnGauge({ clock, atEnd = setImmediate }: TurnGaugeOptions): TurnGauge {
  let isMeasured = false;
  let begunMs = 0;
  let beforeMs = 0;
  let taken = 0;
  let refusedMs = Number.NEGATIVE_INFINITY;
  /** The first of the long turns without a break: when it began, and how long it was. */
  let standingSinceMs = Number.POSITIVE_INFINITY;
  let firstMs = 0;
  let mode: "calm" | "overloaded" | "trying" = "calm";
  let modeSinceMs = 0;
  const rows = new RequestRows();

  function begin(now: number): void {
    isMeasured = true;
    begunMs = now;
    taken = 0;
    rows.begin();
    if (mode === "overloaded" && now - refusedMs >= OVER_MS) become("calm", now);
    else if (mode !== "calm" && now - modeSinceMs >= TRY_MS) {
      become(mode === "overloaded" ? "trying" : "calm", now);
    }
    atEnd(end);
  }

  function become(next: typeof mode, now: number): void {
    mode = next;
    modeSinceMs = now;
  }

  function end(): void {
    const now = clock();
    beforeMs = now - begunMs;
    if (beforeMs < LONG_MS) standingSinceMs = Number.POSITIVE_INFINITY;
    else if (standingSinceMs === Number.POSITIVE_INFINITY) {
      standingSinceMs = begunMs;
      firstMs = beforeMs;
    }
    if (beforeMs >= NEXT_MS) begin(now);
    else {
      isMeasured = false;
      rows.begin();
    }
  }

  function isFull(now: number): boolean {
    if (taken < LEAST || !isLong(now)) return false;
    return now - begunMs - rows.othersMs >= OVERLOADED_MS || rows.sharedMs >= OVERLOADED_MS;
  }

  function isLong(now: number): boolean {
    const ms = now - begunMs;
    if (mode === "overloaded") return ms >= OVERLOADED_MS;
    if (beforeMs < LONG_MS || ms < beforeMs * GROWTH) return false;
    if (mode === "trying") return true;
    return now - standingSinceMs >= STANDING_MS && ms >= firstMs * GROWTH_SINCE;
  }

  return {
    take(connection) {
      const now = clock();
      if (!isMeasured) begin(now);
      rows.follow(connection, now);
      if (isFull(now)) {
        refusedMs = now;
        if (mode !== "overloaded") become("overloaded", now);
        return rows.isRow ? "row" : "full";
      }
      if (taken >= STALL_LEAST && now - begunMs - rows.othersMs >= STALL_MS) {
        return rows.isRow ? "row" : "full";
      }
      taken += 1;
      return "taken";
    },
  };
}
