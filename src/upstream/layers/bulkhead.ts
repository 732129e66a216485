/** Layer: at most so many calls of a service at a time, so that a slow one does not take everything down. */
import type { Abortable } from "../../core/deadline.ts";
import type { AnswerStream, Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { abortFailure, failure } from "../transport/failures.ts";
import { unwatchAbort, watchAbort } from "../transport/watch-abort.ts";
import { hasStandIn, timeLeftMs } from "./time-left.ts";

/** The others wait in order, at most until their deadline. A streamed answer keeps its place until its body ends. */
export function bulkhead(concurrency: number): Layer {
  return function bulkheadLayer(next) {
    const waiting = new Set<Waiting>();
    let active = 0;

    /** A layer below that throws instead of rejecting must not keep its place for ever. */
    function attempt(call: UpstreamCall): Promise<UpstreamAnswer> {
      try {
        return next(call);
      } catch (error) {
        return Promise.reject(error);
      }
    }

    // Nearly every call goes this way: one promise, where p-limit makes four.
    function start(call: UpstreamCall): Promise<UpstreamAnswer> {
      active += 1;
      const answer = attempt(call);
      answer.then(call.mode === "collect" ? release : releaseAtEnd, release);
      return answer;
    }

    function release(): void {
      active -= 1;
      const [first] = waiting;
      if (first === undefined) return;
      waiting.delete(first);
      first.goOn();
    }

    function releaseAtEnd({ body }: UpstreamAnswer): void {
      if (isStream(body) && body.closed !== undefined) void body.closed.then(release);
      else release();
    }

    return function admitted(call) {
      if (active < concurrency) return start(call);
      return new Promise((resolve, reject) => {
        new Waiting(call, waiting, start, resolve, reject).join();
      });
    };
  };
}

function isStream(body: UpstreamAnswer["body"]): body is AnswerStream {
  return !Buffer.isBuffer(body);
}

/** A call in the queue: it leaves when its turn comes, and rejects as soon as its time is over. */
class Waiting implements Abortable {
  readonly #call: UpstreamCall;
  readonly #queue: Set<Waiting>;
  readonly #start: Send;
  readonly #resolve: (answer: Promise<UpstreamAnswer>) => void;
  readonly #reject: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    call: UpstreamCall,
    queue: Set<Waiting>,
    start: Send,
    resolve: (answer: Promise<UpstreamAnswer>) => void,
    reject: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#queue = queue;
    this.#start = start;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  join(): void {
    const { signal, context } = this.#call;
    const { deadline } = context;
    this.#queue.add(this);
    const ended = signal?.aborted ? signal : deadline.aborted ? deadline : undefined;
    if (ended !== undefined) {
      this.aborted(ended.reason);
      return;
    }
    if (signal !== undefined) watchAbort(signal, this);
    deadline.watch(this);
    if (hasStandIn(this.#call)) {
      this.#timer = setTimeout(() => this.#giveUp(this.#tooLate()), timeLeftMs(this.#call));
    }
  }

  goOn(): void {
    this.#leave();
    this.#resolve(this.#start(this.#call));
  }

  aborted(reason: unknown): void {
    this.#giveUp(abortFailure(this.#call, reason));
  }

  #giveUp(error: unknown): void {
    this.#leave();
    this.#reject(error);
  }

  #leave(): void {
    this.#queue.delete(this);
    clearTimeout(this.#timer);
    const { signal, context } = this.#call;
    if (signal !== undefined) unwatchAbort(signal, this);
    context.deadline.unwatch(this);
  }

  #tooLate(): Error {
    return failure(
      this.#call,
      "deadline-exceeded",
      "other calls of this service took all the time; raise its concurrency",
    );
  }
}
