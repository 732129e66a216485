/** Requests under way for answers that will be kept: others that want the same wait for them (RFC 9111 §4). */
import type { Abortable } from "../../core/deadline.ts";
import type { UpstreamCall } from "../send.ts";
import { abortFailure } from "../transport/failures.ts";
import { endOf, unwatchCall, watchCall } from "../transport/watch-call.ts";

/** One request that fetches, and those that wait for what it brings. */
export interface Flight {
  /** Lets everybody go on: the answer is kept now, or never will be. May be called again. */
  land(): void;
}

export interface Flights {
  /** Starts one; undefined when there is one already. */
  start(key: string): Flight | undefined;
  /** Resolves when the flight has landed or took too long; rejects when the call's own time is over. */
  wait(key: string, call: UpstreamCall): Promise<void>;
  readonly size: number;
}

export function createFlights(): Flights {
  const flights = new Map<string, WaitedFor>();
  return {
    start(key) {
      if (flights.has(key)) return undefined;
      const flight = new WaitedFor(key, flights);
      flights.set(key, flight);
      return flight;
    },
    wait(key, call) {
      const flight = flights.get(key);
      return flight === undefined ? Promise.resolve() : flight.wait(call);
    },
    get size() {
      return flights.size;
    },
  };
}

class WaitedFor implements Flight {
  readonly #key: string;
  readonly #flights: Map<string, WaitedFor>;
  /** Emptied when it lands: V8 keeps what a busy map held longer than the map does. */
  #waiting: Set<Waiter> | undefined;

  constructor(key: string, flights: Map<string, WaitedFor>) {
    this.#key = key;
    this.#flights = flights;
  }

  wait(call: UpstreamCall): Promise<void> {
    this.#waiting ??= new Set();
    const waiting = this.#waiting;
    return new Promise((resolve, reject) => {
      new Waiter(call, waiting, resolve, reject).begin();
    });
  }

  land(): void {
    if (this.#flights.get(this.#key) === this) this.#flights.delete(this.#key);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) for (const waiter of waiting) waiter.goOn();
  }
}

/** Waits no longer than it would have given the service, and never beyond its deadline. */
class Waiter implements Abortable {
  readonly #call: UpstreamCall;
  readonly #waiting: Set<Waiter>;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    call: UpstreamCall,
    waiting: Set<Waiter>,
    resolve: () => void,
    reject: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#waiting = waiting;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const ended = endOf(this.#call);
    if (ended !== undefined) {
      this.#reject(abortFailure(this.#call, ended.reason));
      return;
    }
    this.#waiting.add(this);
    watchCall(this.#call, this);
    this.#timer = setTimeout(goOn, this.#call.timeoutMs, this);
  }

  goOn(): void {
    this.#leave();
    this.#resolve();
  }

  aborted(reason: unknown): void {
    this.#leave();
    this.#reject(abortFailure(this.#call, reason));
  }

  #leave(): void {
    this.#waiting.delete(this);
    clearTimeout(this.#timer);
    unwatchCall(this.#call, this);
  }
}

function goOn(waiter: Waiter): void {
  waiter.goOn();
}
