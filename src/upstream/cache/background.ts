/** Calls that nobody waits for: what is kept is fetched anew. Bounded, with a deadline of their own, over when the gateway is. */

import type { RequestContext } from "../../core/context.ts";
import { type Clock, createDeadline, type Deadline } from "../../core/deadline.ts";
import { GatewayError } from "../../core/errors.ts";
import { newNotes, type UpstreamCall } from "../send.ts";

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
      work(detached(call, deadline)).then(over, over);
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

/** The call as it would be made by the same caller, for nobody's request. */
function detached(call: UpstreamCall, deadline: Deadline): UpstreamCall {
  const { context, identity, partition } = call;
  const own: RequestContext = {
    id: context.id,
    headers: context.headers,
    log: context.log,
    deadline,
    degradations: [],
    calls: new Map(),
    part: "",
  };
  return {
    ...call,
    identity,
    partition,
    context: own,
    mode: "collect",
    signal: undefined,
    fallback: undefined,
    staleMs: undefined,
    notes: newNotes(),
  };
}
