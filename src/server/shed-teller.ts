/** Counts requests that are refused under load, and says so in the log once a second, not once a request. */
import type { Log } from "../core/context.ts";
import type { Clock } from "../core/deadline.ts";
import type { ShedReason } from "./admission.ts";

const EVERY_MS = 1_000;

export interface ShedTellerOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly count: (reason: ShedReason) => void;
}

/** Is told of each refusal. */
export function createShedTeller({
  log,
  clock,
  count,
}: ShedTellerOptions): (reason: ShedReason) => void {
  let requests = 0;
  let toldMs = Number.NEGATIVE_INFINITY;
  return function told(reason) {
    count(reason);
    requests += 1;
    const now = clock();
    if (now - toldMs < EVERY_MS) return;
    toldMs = now;
    log.warn({ requests, reason }, "requests are refused: there is too much to do");
    requests = 0;
  };
}
