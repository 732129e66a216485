/** Calls that nobody waits for: what is kept is fetched anew. Bounded, with a deadline of their own, over when the gateway is. */

import { type Clock, createDeadline, type Deadline } from "../../core/deadline.ts";
import { GatewayError } from "../../core/errors.ts";
import type { UpstreamCall } from "../send.ts";
import { DetachedCall } from "./detached-call.ts";

export interface Background {
  /**
   * Runs `work` with a copy of the call that lives on when its caller has left. False when that is refused: one of
   * this key is under way, there are too many, or the gateway is stopping.
   */
  run(key: string, call: UpstreamCall, work: (call: UpstreamCall) => Promise<unknown>): boolean;
  /** Ends everything under way. */
  close(): void;
  readonly size: number;
}

/** At a time, of all services: a service that answers slowly must not gather calls that nobody asked for. */
const MAX_RUNNING = 64;
/** How much longer than one attempt: a retry and its pause fit in. */
const ATTEMPTS = 2.5;

export function createBackground(clock: Clock): Background {
  const running = new Map<string, Deadline>();
  let closed = false;

  return {
    run(key, call, work) {
      if (closed || running.size >= MAX_RUNNING || running.has(key)) return false;
      const deadline = createDeadline(call.timeoutMs * ATTEMPTS, clock);
      running.set(key, deadline);
      function over(): void {
        running.delete(key);
        deadline.dispose();
      }
      // Its failure is nobody's: what is kept stays as it is.
      work(new DetachedCall(call, deadline)).then(over, over);
      return true;
    },
    close() {
      closed = true;
      for (const deadline of running.values()) deadline.cancel(new GatewayError("stopping"));
    },
    get size() {
      return running.size;
    },
  };
}
