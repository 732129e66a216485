/** How many requests at a time the process can answer without keeping all of them waiting: found out, not configured. */
import type { Clock } from "../core/deadline.ts";
import type { InFlight } from "./in-flight.ts";

/** Between two looks at the event loop. */
const TICK_MS = 25;
/** Looks that are judged together. */
const TICKS = 4;
/** What the event loop may lag behind, in the middle of those looks, before requests are turned away. */
const TARGET_MS = 15;
/** One bad window may be a garbage collection, or somebody's long loop. */
const BAD_WINDOWS = 2;
/** Fewer at a time than this is no overload of requests: something else holds the process up. */
const MIN_LIMIT = 16;
const LESS = 0.8;
const MORE = 1.1;

export interface LoadGauge {
  /** How many requests may be under way; Infinity as long as there is no overload. */
  readonly limit: number;
  /** Those among the requests under way that wait for nothing but their client: long streams, slow readers. */
  readonly streaming: number;
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
 * Looks at how far the event loop lags behind, which is how long every request waits before anybody sees it. When it lags for a
 * whole window and then for another one, requests under way are limited to fewer than there are; when it does not,
 * the limit rises again, and goes. Costs a request a comparison.
 */
export function createLoadGauge({
  inFlight,
  clock,
  every = interval,
}: LoadGaugeOptions): LoadGauge {
  const lags: number[] = [];
  let lastMs = 0;
  let bad = 0;
  let most = 0;
  let windows = 0;
  let end: (() => void) | undefined;
  const gauge = { limit: Number.POSITIVE_INFINITY, streaming: 0, start, stop };

  function tick(): void {
    const now = clock();
    lags.push(Math.max(0, now - lastMs - TICK_MS));
    lastMs = now;
    most = Math.max(most, inFlight.size - gauge.streaming);
    if (lags.length < TICKS) return;
    const lag = middle(lags);
    lags.length = 0;
    judge(lag);
    windows += 1;
    // Nothing under way is older than a few windows, or it is a stream.
    if (windows % STREAMING_WINDOWS === 0) gauge.streaming = countStreaming(inFlight);
    most = 0;
  }

  function judge(lagMs: number): void {
    bad = lagMs > TARGET_MS ? bad + 1 : 0;
    if (bad >= BAD_WINDOWS) {
      gauge.limit = Math.max(MIN_LIMIT, Math.floor(Math.min(gauge.limit, most) * LESS));
    } else if (bad === 0 && gauge.limit !== Number.POSITIVE_INFINITY) {
      const isNeeded = most >= gauge.limit * LESS;
      // Nobody has come near it: the overload is over.
      gauge.limit = isNeeded ? Math.ceil(gauge.limit * MORE) : gauge.limit * 2;
      if (gauge.limit > most * FAR) gauge.limit = Number.POSITIVE_INFINITY;
    }
  }

  function start(): void {
    lastMs = clock();
    end ??= every(TICK_MS, tick);
  }

  function stop(): void {
    end?.();
    end = undefined;
  }
  return gauge;
}

const STREAMING_WINDOWS = 10;
const FAR = 8;

/** The mean without the greatest: one look that comes late says something of that moment only. */
function middle(lags: readonly number[]): number {
  const sum = lags.reduce((total, lag) => total + lag, 0);
  return (sum - Math.max(...lags)) / (lags.length - 1);
}

function countStreaming(inFlight: Pick<InFlight, "all">): number {
  return inFlight.all().reduce((count, res) => (res.headersSent ? count + 1 : count), 0);
}

function interval(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms).unref();
  return () => clearInterval(timer);
}
