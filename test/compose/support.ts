/** What the tests of the composers share: a request without a server, and promises that settle when told. */

import type { Invocation } from "../../src/compose/run-composer.ts";
import type { RequestContext } from "../../src/core/context.ts";
import { createDeadline } from "../../src/core/deadline.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A request that has a minute left. */
export function createContext(timeoutMs = 60_000): RequestContext {
  return {
    id: "request-1",
    deadline: createDeadline(timeoutMs),
    headers: { accept: "application/json" },
    degradations: [],
    calls: new Map(),
    log: silent,
    part: "",
  };
}

/** What a request hands to a composer. */
export function invocation(given: Partial<Invocation> = {}): Invocation {
  return {
    context: createContext(),
    services: {},
    path: {},
    query: {},
    header: {},
    body: undefined,
    ...given,
  };
}

export interface Deferred<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

/** A promise that settles when told. */
export function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>["resolve"] = () => {};
  let reject: Deferred<Value>["reject"] = () => {};
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Lets everything run that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
