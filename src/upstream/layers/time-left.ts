/** How long a call may go on, when something must be left of the deadline. */
import type { UpstreamCall } from "../send.ts";

/** Of the whole deadline, kept for sending the stand-in: a twentieth, at least 5 and at most 100 ms. */
const RESERVE = 0.05;
const MIN_RESERVE_MS = 5;
const MAX_RESERVE_MS = 100;

/** Whether something may stand in for a failed call. */
export function hasStandIn(call: UpstreamCall): boolean {
  return call.fallback !== undefined || call.staleMs !== undefined;
}

/**
 * Milliseconds that the deadline leaves a call. One with a stand-in ends a moment before the deadline: a degraded
 * answer that is ready at the deadline is too late to be sent. It is the same moment for every try, wait and queue.
 */
export function timeLeftMs(call: UpstreamCall): number {
  const { deadline } = call.context;
  const leftMs = deadline.remainingMs();
  if (!hasStandIn(call)) return leftMs;
  const reserveMs = deadline.timeoutMs * RESERVE;
  return Math.max(0, leftMs - Math.min(MAX_RESERVE_MS, Math.max(MIN_RESERVE_MS, reserveMs)));
}
