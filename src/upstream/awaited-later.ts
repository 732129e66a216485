/**
 * Promises of calls that may fail before somebody awaits them. A composer may start two calls and await one after the
 * other: when the second fails first, that is no unhandled rejection, which would end the process.
 */

export function awaitedLater<Value>(call: Promise<Value>): Promise<Value> {
  call.catch(ignore);
  return call;
}

/** The same for what `read` makes of a call's answer. Only a failure pays for it. */
export function readLater<Answer, Value>(
  call: Promise<Answer>,
  read: (answer: Answer) => Value,
): Promise<Value> {
  function failed(error: unknown): never {
    later.catch(ignore);
    throw error;
  }

  const later: Promise<Value> = call.then((answer) => {
    try {
      return read(answer);
    } catch (error) {
      return failed(error);
    }
  }, failed);
  return later;
}

function ignore(): void {}
