/** A wait on behalf of a call, that ends at once when the call has ended. */
import type { Abortable } from "../../core/deadline.ts";
import type { UpstreamCall } from "../send.ts";
import { abortFailure } from "../transport/failures.ts";
import { endOf, unwatchCall, watchCall } from "../transport/watch-call.ts";

/** Rejects with what ended the call, if that comes first. */
export function pause(call: UpstreamCall, waitMs: number): Promise<void> {
  return new Promise((resolve, reject) => new Pause(call, resolve, reject).begin(waitMs));
}

class Pause implements Abortable {
  readonly #call: UpstreamCall;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(call: UpstreamCall, resolve: () => void, reject: (error: unknown) => void) {
    this.#call = call;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(waitMs: number): void {
    const ended = endOf(this.#call);
    if (ended !== undefined) {
      this.#reject(abortFailure(this.#call, ended.reason));
      return;
    }
    watchCall(this.#call, this);
    this.#timer = setTimeout(over, waitMs, this);
  }

  over(): void {
    this.#leave();
    this.#resolve();
  }

  aborted(reason: unknown): void {
    this.#leave();
    this.#reject(abortFailure(this.#call, reason));
  }

  #leave(): void {
    clearTimeout(this.#timer);
    unwatchCall(this.#call, this);
  }
}

function over(pause: Pause): void {
  pause.over();
}
