/** Layer: at most so many calls of a service at a time, so that a slow one does not take everything down. */
import { UpstreamError } from "../../core/errors.ts";
import type { RefusalReason, UpstreamEvents } from "../events.ts";
import type { Inspectable } from "../inspect.ts";
import type { AnswerStream, Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { inTurns } from "./in-turns.ts";
import { WaitingCall, WaitingLine } from "./waiting-line.ts";

export interface BulkheadOptions {
  /** Calls under way at a time. */
  readonly concurrency: number;
  /** Calls that wait for a place; one more is refused. */
  readonly queue: number;
  readonly events: UpstreamEvents;
}

export interface Bulkhead extends Inspectable {
  readonly layer: Layer;
  /** Whether a call would have to wait now. */
  isFull(): boolean;
  state(): { readonly active: number; readonly waiting: number };
}

/** Sent with what is refused: a queue moves on within seconds, or it is the breaker's matter. */
const RETRY_AFTER_SECONDS = 1;
const REASON: RefusalReason = "queue";

/**
 * The others wait, first come, first served, at most until their deadline, and not more than `queue` of them. A
 * streamed answer keeps its place until its body ends.
 */
export function createBulkhead({ concurrency, queue, events }: BulkheadOptions): Bulkhead {
  const line = new WaitingLine();
  let active = 0;

  /** A layer below that throws instead of rejecting must not keep its place for ever. */
  function attempt(call: UpstreamCall, next: Send): Promise<UpstreamAnswer> {
    try {
      return next(call);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  // Nearly every call goes this way: one promise, where p-limit makes four.
  function start(call: UpstreamCall, next: Send): Promise<UpstreamAnswer> {
    active += 1;
    const answer = attempt(call, next);
    answer.then(call.mode === "collect" ? release : releaseAtEnd, release);
    return answer;
  }

  function release(): void {
    active -= 1;
    line.takeFirst()?.goOn();
  }

  function releaseAtEnd({ body }: UpstreamAnswer): void {
    if (isStream(body) && body.closed !== undefined) void body.closed.then(release);
    else release();
  }

  function refuse({ service, operation: { name: operation } }: UpstreamCall): Promise<never> {
    events.refused?.({ service, operation, reason: REASON });
    const detail = `${active} calls of this service are under way and ${line.length} wait already`;
    const retryAfterSeconds = RETRY_AFTER_SECONDS;
    const details = { detail, service, operation, retryAfterSeconds };
    return inTurns(() => Promise.reject(new UpstreamError("overloaded", details)));
  }

  return {
    layer: (next) =>
      function admitted(call) {
        if (active < concurrency) return start(call, next);
        if (line.length >= queue) return refuse(call);
        return new Promise((resolve, reject) => {
          new WaitingCall(call, line, (turn) => start(turn, next), resolve, reject).join();
        });
      },
    isFull: () => active >= concurrency,
    state: () => ({ active, waiting: line.length }),
  };
}

function isStream(body: UpstreamAnswer["body"]): body is AnswerStream {
  return !Buffer.isBuffer(body);
}
