/** One caller that waits for a shared call, as long as its own request lasts. */
import type { Abortable } from "../../core/deadline.ts";
import { GatewayError } from "../../core/errors.ts";
import { hasStandIn, timeLeftMs } from "../layers/time-left.ts";
import type { UpstreamAnswer, UpstreamCall } from "../send.ts";
import { abortFailure, failure } from "../transport/failures.ts";
import type { Flight } from "./flight.ts";

export class FlightMember implements Abortable {
  readonly call: UpstreamCall;
  readonly #flight: Flight;
  readonly #resolve: (answer: UpstreamAnswer) => void;
  readonly #reject: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    call: UpstreamCall,
    flight: Flight,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    this.call = call;
    this.#flight = flight;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { call } = this;
    call.context.deadline.watch(this);
    // The attempts below know nothing of this caller's stand-in, which must be ready a moment before the deadline.
    if (hasStandIn(call)) this.#timer = setTimeout(tooLate, timeLeftMs(call), this);
  }

  answered(answer: UpstreamAnswer): void {
    this.#end();
    this.#resolve(answer);
  }

  failed(error: unknown): void {
    this.#end();
    this.#reject(error);
  }

  /** This caller's request has ended; nobody else's. */
  aborted(reason: unknown): void {
    this.failed(abortFailure(this.call, reason));
    this.#flight.leave(this, reason);
  }

  /** As with the deadline itself, an attempt that nobody waits for any more ends as the service's failure. */
  tooLate(): void {
    const detail = "the service did not answer in time for the stand-in";
    const code = this.#flight.isSent ? "service-timeout" : "deadline-exceeded";
    this.failed(failure(this.call, code, detail));
    this.#flight.leave(this, new GatewayError("deadline-exceeded", { detail }));
  }

  #end(): void {
    this.call.context.deadline.unwatch(this);
    clearTimeout(this.#timer);
  }
}

function tooLate(member: FlightMember): void {
  member.tooLate();
}
