/** When a whole request ends: one timer a request, one signal for everything done on its behalf. */
import { GatewayError } from "./errors.ts";

/** Milliseconds on a monotonic clock; handed in, so that tests can hold it still. */
export type Clock = () => number;

/** The end of one request. Make it with {@link createDeadline}, and `dispose()` it in `finally`. */
export interface Deadline {
  /** Aborts at the deadline (reason: a `deadline-exceeded` problem) or when {@link Deadline.cancel} is called. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never below zero. */
  remainingMs(): number;
  /** Ends everything now, for example because the client left. */
  cancel(reason: unknown): void;
  /** Frees the timer. */
  dispose(): void;
}

/** Starts a deadline of `timeoutMs` milliseconds. */
export function createDeadline(
  timeoutMs: number,
  clock: Clock = () => performance.now(),
): Deadline {
  const end = clock() + timeoutMs;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(
      new GatewayError("deadline-exceeded", {
        detail: `the deadline of ${timeoutMs} ms has passed`,
      }),
    );
  }, timeoutMs);
  return {
    signal: controller.signal,
    remainingMs: () => Math.max(0, end - clock()),
    cancel(reason) {
      clearTimeout(timer);
      controller.abort(reason);
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
