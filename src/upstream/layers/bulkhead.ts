/** Layer: at most so many calls of a service at a time (p-limit), so that a slow one does not take everything down. */
import pLimit, { type LimitFunction } from "p-limit";
import type { AnswerStream, Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { abortFailure, failure } from "../transport/failures.ts";
import { type Abortable, unwatchAbort, watchAbort } from "../transport/watch-abort.ts";
import { hasStandIn, timeLeftMs } from "./time-left.ts";

/** The others wait in order, at most until their deadline. A streamed answer keeps its place until its body ends. */
export function bulkhead(concurrency: number): Layer {
  return function bulkheadLayer(next) {
    const limit = pLimit(concurrency);
    return function admitted(call) {
      if (limit.activeCount < concurrency) {
        return call.mode === "collect"
          ? limit(next, call)
          : new Promise((resolve, reject) => {
              void limit(hold, next, call, resolve, reject);
            });
      }
      return new Promise((resolve, reject) => {
        new Waiting(call, resolve, reject).join(limit, next);
      });
    };
  };
}

type Resolve = (answer: UpstreamAnswer) => void;
type Reject = (error: unknown) => void;

/** Makes the call and keeps the place until its body has ended; never rejects. */
async function hold(
  next: Send,
  call: UpstreamCall,
  resolve: Resolve,
  reject: Reject,
): Promise<void> {
  try {
    const answer = await next(call);
    resolve(answer);
    if (isStream(answer.body)) await answer.body.closed;
  } catch (error) {
    reject(error);
  }
}

function isStream(body: UpstreamAnswer["body"]): body is AnswerStream {
  return !Buffer.isBuffer(body);
}

/**
 * A call in the queue. p-limit cannot take one out (`clearQueue` would leave its promise pending for ever): whoever
 * gave up returns at once when its turn comes.
 */
class Waiting implements Abortable {
  readonly #call: UpstreamCall;
  readonly #resolve: Resolve;
  readonly #reject: Reject;
  #timer: NodeJS.Timeout | undefined;
  #left = false;

  constructor(call: UpstreamCall, resolve: Resolve, reject: Reject) {
    this.#call = call;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  join(limit: LimitFunction, next: Send): void {
    const { signal, context } = this.#call;
    for (const one of [signal, context.deadline.signal]) {
      if (one?.aborted) {
        this.aborted(one);
        return;
      }
      if (one !== undefined) watchAbort(one, this);
    }
    if (hasStandIn(this.#call)) {
      this.#timer = setTimeout(() => this.#giveUp(this.#tooLate()), timeLeftMs(this.#call));
    }
    void limit(() => this.#turn(next));
  }

  aborted(signal: AbortSignal): void {
    this.#giveUp(abortFailure(this.#call, signal));
  }

  #turn(next: Send): Promise<void> | undefined {
    if (this.#left) return undefined;
    this.#leave();
    return hold(next, this.#call, this.#resolve, this.#reject);
  }

  #giveUp(error: unknown): void {
    if (this.#left) return;
    this.#leave();
    this.#reject(error);
  }

  #leave(): void {
    this.#left = true;
    clearTimeout(this.#timer);
    const { signal, context } = this.#call;
    if (signal !== undefined) unwatchAbort(signal, this);
    unwatchAbort(context.deadline.signal, this);
  }

  #tooLate(): Error {
    return failure(
      this.#call,
      "deadline-exceeded",
      "other calls of this service took all the time; raise its concurrency",
    );
  }
}
