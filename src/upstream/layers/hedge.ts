/** Layer: a call that has no answer after a while is sent a second time, and the first answer wins. Off by default. */
import type { Abortable } from "../../core/deadline.ts";
import { AttemptCall } from "../attempt-call.ts";
import type { UpstreamEvents } from "../events.ts";
import { isRepeatable } from "../repeatable.ts";
import type { RetryBudget } from "../retry-budget.ts";
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { unwatchAbort, watchAbort } from "../transport/watch-abort.ts";
import { isOver } from "./given-up.ts";

export interface HedgeOptions {
  /** Where the call does not say; undefined: only where it does. */
  readonly hedgeMs: number | undefined;
  /** A second attempt is a second attempt: it is paid for like a retry. */
  readonly budget: RetryBudget;
  /** Whether calls fill the budget here, because no layer above does. */
  readonly earns: boolean;
  readonly events: UpstreamEvents;
  /** Whether a second attempt would be refused, or would have to wait: then the service has enough to do already. */
  readonly isBusy: (call: UpstreamCall) => boolean;
}

/** For idempotent calls. The attempt that loses is aborted; a failure waits for the other attempt. */
export function hedge(options: HedgeOptions): Layer {
  const { budget, earns } = options;
  return function hedgeLayer(next) {
    return function hedged(call) {
      if (earns) budget.earn();
      const afterMs = call.hedgeMs ?? options.hedgeMs;
      if (afterMs === undefined || !isRepeatable(call) || isOver(call)) return next(call);
      // A second attempt is the last.
      if (call.notes !== undefined && call.notes.attempts > 0) return next(call);
      return new Promise((resolve, reject) => {
        new Hedged(options, call, next, resolve, reject).begin(afterMs);
      });
    };
  };
}

/** What an attempt came to. */
type Outcome = { readonly answer: UpstreamAnswer } | { readonly error: unknown };

/** Why the attempt that lost is ended; nobody sees it. */
const LOST = new Error("the other attempt was faster");

/** A call of which there may be two attempts at a time. */
class Hedged implements Abortable {
  readonly #options: HedgeOptions;
  readonly #call: UpstreamCall;
  readonly #next: Send;
  readonly #resolve: (answer: UpstreamAnswer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #ends: AbortController[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running = 0;
  #isOver = false;
  /** Of the attempt that failed while the other goes on. */
  #failed: Outcome | undefined;

  constructor(
    options: HedgeOptions,
    call: UpstreamCall,
    next: Send,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#options = options;
    this.#call = call;
    this.#next = next;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(afterMs: number): void {
    const { signal } = this.#call;
    if (signal !== undefined) watchAbort(signal, this);
    this.#timer = setTimeout(sendAgain, afterMs, this);
    this.#send();
  }

  /** The call's own signal; the deadline ends each attempt itself. */
  aborted(reason: unknown): void {
    for (const end of this.#ends) end.abort(reason);
  }

  sendAgain(): void {
    const { budget, events, isBusy } = this.#options;
    if (isOver(this.#call) || isBusy(this.#call)) return;
    if (budget.spend()) this.#send();
    else events.budgetSpent?.(this.#event());
  }

  #send(): void {
    const index = this.#ends.length;
    const end = new AbortController();
    this.#ends.push(end);
    this.#running += 1;
    const { headers, timeoutMs } = this.#call;
    this.#next(new AttemptCall(this.#call, headers, timeoutMs, end.signal)).then(
      (answer) => this.#settled(index, { answer }, answer.status < 500),
      (error: unknown) => this.#settled(index, { error }, false),
    );
  }

  #settled(index: number, outcome: Outcome, isGood: boolean): void {
    this.#running -= 1;
    if (this.#isOver) {
      discard(outcome);
      return;
    }
    if (!isGood && this.#running > 0) {
      this.#failed = outcome;
      return;
    }
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#failed !== undefined) discard(this.#failed);
    if (this.#ends.length > 1) {
      this.#ends[1 - index]?.abort(LOST);
      this.#options.events.hedged?.({ ...this.#event(), won: isGood && index === 1 });
    }
    this.#unwatchAfter(outcome);
    if ("answer" in outcome) this.#resolve(outcome.answer);
    else this.#reject(outcome.error);
  }

  /** A body that is handed over can still be ended by the call's signal. */
  #unwatchAfter(outcome: Outcome): void {
    const { signal } = this.#call;
    if (signal === undefined) return;
    const body = "answer" in outcome ? outcome.answer.body : undefined;
    const closed = body === undefined || Buffer.isBuffer(body) ? undefined : body.closed;
    if (closed === undefined) unwatchAbort(signal, this);
    else void closed.then(() => unwatchAbort(signal, this));
  }

  #event(): { readonly service: string; readonly operation: string } {
    return { service: this.#call.service, operation: this.#call.operation.name };
  }
}

function sendAgain(call: Hedged): void {
  call.sendAgain();
}

function discard(outcome: Outcome): void {
  if ("answer" in outcome && !Buffer.isBuffer(outcome.answer.body)) outcome.answer.body.discard();
}
