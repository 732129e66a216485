/** A wait that a signal can end. */

/**
 * Settles as `start()` does, or rejects with the signal's reason as soon as it aborts; `start` is not called when it
 * has aborted already. Leaves no listener behind, and no rejection unhandled.
 */
export function untilAborted<Value>(
  signal: AbortSignal,
  start: () => Promise<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort);
    start().then(
      (value) => {
        signal.removeEventListener("abort", abort);
        resolve(value);
      },
      (error) => {
        signal.removeEventListener("abort", abort);
        reject(error);
      },
    );
  });
}
