/** How many requests at a time the process can answer without keeping all of them waiting: found out, not configured. */
import type { Clock } from "../core/deadline.ts";
import type { InFlight } from "./in-flight.ts";

/** Between two looks at the event loop. */
const TICK_MS = 25;
/** Looks of so long are judged together: of more than one, as one may be late by chance. */
const WINDOW_MS = 100;
const TICKS = 2;
/** What the event loop may lag behind, in the middle of those looks, before requests are turned away. */
const TARGET_MS = 100;
/**
 * For so long without a break: less may be collections of garbage, somebody's long loop, or a core that others have, too.
 * Requests that wait for services are under way as well, and are no work: a limit below their number refuses everyone.
 */
const BAD_MS = 1_000;
/** Fewer at a time than this is no overload of requests: something else holds the process up. */
const MIN_LIMIT = 16;
/** A limit that nobody comes near, by this much, is not needed. */
const NEAR = 0.8;
const MORE = 1.1;
/** By how much the limit may fall at a time. */
const LEAST_CUT = 0.9;
const MOST_CUT = 0.02;

export interface LoadGauge {
  /** How many requests may be under way; Infinity as long as there is no overload. */
  readonly limit: number;
  /** Those among the requests under way that wait for nothing but their client: long streams, slow readers, slow uploads. */
  readonly waiting: number;
  /** Begins to look. */
  start(): void;
  stop(): void;
}

export interface LoadGaugeOptions {
  readonly inFlight: Pick<InFlight, "size" | "all">;
  readonly clock: Clock;
  /** Default: `setInterval`, which does not hold the process up. */
  readonly every?: (ms: number, tick: () => void) => () => void;
}

/**
 * Looks at how far the event loop lags behind, which is how long every request waits before anybody sees it. When it lags far
 * behind for a second, requests under way are limited to fewer than there are; when it does not, the limit rises again,
 * and goes. Costs a request a comparison.
 */
export function createLoadGauge({
  inFlight,
  clock,
  every = interval,
}: LoadGaugeOptions): LoadGauge {
  const lags: number[] = [];
  let lastMs = 0;
  let begunMs = 0;
  let badSinceMs = Number.POSITIVE_INFINITY;
  let most = 0;
  let windows = 0;
  let end: (() => void) | undefined;
  const gauge = {
    limit: Number.POSITIVE_INFINITY,
    waiting: 0,
    start,
    stop,
  };

  function tick(): void {
    const now = clock();
    lags.push(Math.max(0, now - lastMs - TICK_MS));
    lastMs = now;
    most = Math.max(most, inFlight.size);
    if (lags.length < TICKS || now - begunMs < WINDOW_MS) return;
    const windowMs = begunMs;
    begunMs = now;
    const lag = middle(lags);
    lags.length = 0;
    windows += 1;
    // Nobody needs to know as long as all is well.
    const isWell = lag <= TARGET_MS && gauge.limit === Number.POSITIVE_INFINITY;
    if (!isWell || windows % WELL_WINDOWS === 0) gauge.waiting = countWaiting(inFlight);
    most = Math.max(0, most - gauge.waiting);
    judge(lag, windowMs, now);
    most = 0;
  }

  function judge(lagMs: number, fromMs: number, now: number): void {
    const isBad = lagMs > TARGET_MS;
    badSinceMs = isBad ? Math.min(badSinceMs, fromMs) : Number.POSITIVE_INFINITY;
    if (now - badSinceMs >= BAD_MS) {
      // Whatever is under way has its turn between two looks: a lag that is ten times too long comes of ten times too many.
      const cut = Math.min(LEAST_CUT, Math.max(MOST_CUT, TARGET_MS / lagMs));
      gauge.limit = Math.max(MIN_LIMIT, Math.floor(Math.min(gauge.limit, most) * cut));
    } else if (!isBad && gauge.limit !== Number.POSITIVE_INFINITY) {
      const isNeeded = most >= gauge.limit * NEAR;
      // Nobody has come near it: the overload is over.
      gauge.limit = isNeeded ? Math.ceil(gauge.limit * MORE) : gauge.limit * 2;
      if (gauge.limit > most * FAR) gauge.limit = Number.POSITIVE_INFINITY;
    }
  }

  function start(): void {
    lastMs = clock();
    begunMs = lastMs;
    end ??= every(TICK_MS, tick);
  }

  function stop(): void {
    end?.();
    end = undefined;
  }
  return gauge;
}

const WELL_WINDOWS = 10;
const FAR = 8;

/** The mean without the greatest: one look that comes late says something of that moment only. */
function middle(lags: readonly number[]): number {
  const sum = lags.reduce((total, lag) => total + lag, 0);
  return (sum - Math.max(...lags)) / (lags.length - 1);
}

function countWaiting(inFlight: Pick<InFlight, "all">): number {
  let count = 0;
  for (const { headersSent, req } of inFlight.all()) if (headersSent || !req.complete) count += 1;
  return count;
}

function interval(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms).unref();
  return () => clearInterval(timer);
}
