/** Promises of calls that may fail before somebody awaits them. */

/**
 * A composer may start two calls and await one after the other: when the second fails first, that is no unhandled
 * rejection, which would end the process.
 */
export function awaitedLater<Value>(call: Promise<Value>): Promise<Value> {
  call.catch(ignore);
  return call;
}

function ignore(): void {}
