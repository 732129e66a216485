/** A wait that the end of the request can end. */
import type { Abortable, Deadline } from "../core/deadline.ts";

/**
 * Settles as `start()` does, or rejects with the deadline's reason when that has ended and what it ended has had its
 * say; `start` is not called when it has ended already. Leaves nothing behind, and no rejection unhandled.
 */
export function untilOver<Value>(deadline: Deadline, start: () => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (deadline.aborted) return reject(deadline.reason);
    // Calls under way end by the same reason, and say which service it was that kept us waiting: what follows from
    // that comes first.
    const ending: Abortable = {
      aborted: (reason) => queueMicrotask(() => process.nextTick(reject, reason)),
    };
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
