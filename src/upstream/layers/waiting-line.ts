/** The queue of a bulkhead: calls leave it in order, or from its middle when their time is over. */
import type { Abortable } from "../../core/deadline.ts";
import type { Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { abortFailure, failure } from "../transport/failures.ts";
import { endOf, unwatchCall, watchCall } from "../transport/watch-call.ts";
import { withoutBlame } from "./blame.ts";
import { hasStandIn, timeLeftMs } from "./time-left.ts";

/**
 * A linked list, because what leaves a Set leaves a hole that looks after its neighbours: under constant coming and
 * going V8 keeps one dead table after another, and what they named. Here a call that has left is named by nobody.
 */
export class WaitingLine {
  #first: WaitingCall | undefined;
  #last: WaitingCall | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(call: WaitingCall): void {
    call.before = this.#last;
    if (this.#last === undefined) this.#first = call;
    else this.#last.after = call;
    this.#last = call;
    this.#length += 1;
  }

  takeFirst(): WaitingCall | undefined {
    const first = this.#first;
    if (first !== undefined) this.remove(first);
    return first;
  }

  remove(call: WaitingCall): void {
    const { before, after } = call;
    // Has left already.
    if (before === undefined && this.#first !== call) return;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    call.before = undefined;
    call.after = undefined;
    this.#length -= 1;
  }
}

/** A call in the queue: it leaves when its turn comes, and rejects as soon as its time is over. */
export class WaitingCall implements Abortable {
  before: WaitingCall | undefined;
  after: WaitingCall | undefined;
  readonly #call: UpstreamCall;
  readonly #line: WaitingLine;
  readonly #start: Send;
  readonly #resolve: (answer: Promise<UpstreamAnswer>) => void;
  readonly #reject: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    call: UpstreamCall,
    line: WaitingLine,
    start: Send,
    resolve: (answer: Promise<UpstreamAnswer>) => void,
    reject: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#line = line;
    this.#start = start;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  join(): void {
    const ended = endOf(this.#call);
    if (ended !== undefined) {
      this.#reject(this.#ended(ended.reason));
      return;
    }
    this.#line.add(this);
    watchCall(this.#call, this);
    if (hasStandIn(this.#call)) {
      this.#timer = setTimeout(tooLate, timeLeftMs(this.#call), this);
    }
  }

  goOn(): void {
    this.#leave();
    this.#resolve(this.#start(this.#call));
  }

  aborted(reason: unknown): void {
    this.#giveUp(this.#ended(reason));
  }

  tooLate(): void {
    const detail = "other calls of this service took all the time; raise its concurrency";
    this.#giveUp(withoutBlame(failure(this.#call, "deadline-exceeded", detail)));
  }

  /** The error of the deadline is made here, for a call that its service has never seen; others are passed on. */
  #ended(reason: unknown): unknown {
    const error = abortFailure(this.#call, reason);
    return error === reason ? error : withoutBlame(error);
  }

  #giveUp(error: unknown): void {
    this.#leave();
    this.#reject(error);
  }

  #leave(): void {
    this.#line.remove(this);
    clearTimeout(this.#timer);
    unwatchCall(this.#call, this);
  }
}

function tooLate(call: WaitingCall): void {
  call.tooLate();
}
