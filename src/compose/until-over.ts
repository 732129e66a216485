/** A wait that the end of the request can end. */
import type { Abortable, Deadline } from "../core/deadline.ts";

/**
 * Settles as `start()` does, or rejects with the deadline's reason as soon as that ends; `start` is not called when it
 * has ended already. Leaves nothing behind, and no rejection unhandled.
 */
export function untilOver<Value>(deadline: Deadline, start: () => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (deadline.aborted) return reject(deadline.reason);
    const ending: Abortable = { aborted: reject };
    deadline.watch(ending);
    start().then(
      (value) => {
        deadline.unwatch(ending);
        resolve(value);
      },
      (error) => {
        deadline.unwatch(ending);
        reject(error);
      },
    );
  });
}
