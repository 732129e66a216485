/** The life of one attempt on the wire: what ends it, and that it ends once. Handler of undici's dispatch. */
import type { Dispatcher } from "undici";
import type { Abortable } from "../../core/deadline.ts";
import type { AnswerHeaders } from "../../core/operation.ts";
import type { Seat } from "../balance/seat.ts";
import type { UpstreamAnswer, UpstreamCall } from "../send.ts";
import { abortFailure, failure, transportFailure } from "./failures.ts";
import { endOf, unwatchCall, watchCall } from "./watch-call.ts";

/** Why undici is told to let go; nobody sees it. */
const GIVEN_UP = new Error("given up");

/** Ends by its answer, an error, its timeout, the deadline or a signal, whichever is first. */
export abstract class Attempt implements Dispatcher.DispatchHandler, Abortable {
  readonly call: UpstreamCall;
  /** Of a service with several addresses: told how it goes. */
  seat: Seat | undefined = undefined;
  protected controller: Dispatcher.DispatchController | undefined;
  protected resolve: (answer: UpstreamAnswer) => void;
  protected reject: (error: unknown) => void;
  /** The head has arrived. */
  protected headed = false;
  #status = 0;
  /** An interim answer has arrived. */
  #interim = false;
  #over = false;
  #timer: NodeJS.Timeout | undefined;
  /** Set when our own body, not the service, is to blame. */
  #bodyError: unknown;

  constructor(
    call: UpstreamCall,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    this.call = call;
    this.resolve = resolve;
    this.reject = reject;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Starts to watch the clock and the signals; false when one has ended the attempt already. */
  begin(): boolean {
    const { context, timeoutMs } = this.call;
    const ended = endOf(this.call);
    if (ended !== undefined) {
      this.aborted(ended.reason);
      return false;
    }
    watchCall(this.call, this);
    if (timeoutMs < context.deadline.remainingMs()) this.arm();
    return true;
  }

  /** Begins the timeout, or begins it anew: the same timer once more costs less than another. */
  protected arm(): void {
    if (this.#timer === undefined) this.#timer = setTimeout(timedOut, this.call.timeoutMs, this);
    else this.#timer.refresh();
  }

  protected disarm(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Frees the timer and the listeners; false when that was done before. */
  protected finish(): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.disarm();
    unwatchCall(this.call, this);
    this.seat?.left();
    return true;
  }

  /** Ends the attempt with an error, and the transfer with it. */
  fail(error: unknown): void {
    if (!this.finish()) return;
    this.controller?.abort(GIVEN_UP);
    this.failed(error);
  }

  aborted(reason: unknown): void {
    const error = abortFailure(this.call, reason);
    // A reason that is passed on as it is tells nothing of the service.
    if (error !== reason && !this.#over) this.seat?.late(this.call);
    this.fail(error);
  }

  timedOut(): void {
    const { timeoutMs } = this.call;
    if (!this.#over) this.seat?.failed();
    const what = this.headed ? "finish its answer" : "answer";
    this.fail(
      failure(this.call, "service-timeout", `the service did not ${what} within ${timeoutMs} ms`),
    );
  }

  /** Remembers that the body we send could not be read: undici reports it as its own failure. */
  blameBody(error: unknown): void {
    this.#bodyError = error;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.#over) controller.abort(GIVEN_UP);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: AnswerHeaders,
  ): void {
    if (this.#over) return;
    // RFC 9110 §15: there are no others. undici takes all below 200 for interim answers.
    if (status < 100 || status > 599) {
      const detail = `the service answered with the status ${status}, which HTTP does not have`;
      this.fail(failure(this.call, "service-contract", detail));
      return;
    }
    // RFC 9112 §6.1: what is still compressed would be taken for what it is not. undici undoes chunks alone, and tells
    // nobody of the rest; a coding that nobody knows is none (§6.3: it ends with its connection).
    const coding = headers["transfer-encoding"];
    if (coding !== undefined && isCompressed(coding)) {
      const detail = "the service answered in a transfer coding that is not known here";
      this.fail(failure(this.call, "service-contract", detail));
      return;
    }
    // RFC 9110 §15.2: interim answers, of which there may be several, are not the answer.
    if (status < 200) {
      this.#interim = true;
      return;
    }
    this.headed = true;
    this.#status = status;
    this.seat?.answered(status);
    this.head(status, headers);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    // RFC 9110 §8.6: in a 304 the length is that of the content left out; RFC 9112 §6.3: a 204 ends with its head,
    // whatever it says. undici misses both.
    if ((this.#status === 304 || this.#status === 204) && isLengthMismatch(error)) {
      this.onResponseEnd();
      return;
    }
    if (this.#over) return;
    if (this.#bodyError === undefined) this.seat?.failed();
    this.finish();
    const phase = this.headed ? "body" : this.#interim ? "interim" : "head";
    this.failed(this.#bodyError ?? transportFailure(this.call, phase, error));
  }

  abstract onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void;
  abstract onResponseEnd(): void;
  protected abstract head(status: number, headers: AnswerHeaders): void;
  /** Tells whoever waits. Called once, after {@link Attempt.finish}. */
  protected abstract failed(error: unknown): void;
}

/** RFC 9112 §7: the codings there are beside chunked, and several of any kind. */
const COMPRESSED = /gzip|compress|deflate|,/i;

function isCompressed(coding: string | readonly string[]): boolean {
  return typeof coding !== "string" || COMPRESSED.test(coding);
}

function timedOut(attempt: Attempt): void {
  attempt.timedOut();
}

function isLengthMismatch(error: Error): boolean {
  return (error as { code?: unknown }).code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH";
}
