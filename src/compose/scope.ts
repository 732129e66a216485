/** Who is starting calls right now: the request, and the part of its answer. Holds during synchronous code only. */
import type { RequestContext } from "../core/context.ts";

/** A part being started, or `""` for the composer's own function. */
export interface Scope {
  readonly context: RequestContext;
  /** JSON pointer of the part. */
  readonly part: string;
}

let current: Scope | undefined;

/** The scope of the code that is running; undefined after its first `await`. */
export function currentScope(): Scope | undefined {
  return current;
}

/** Runs a function so that the calls it starts, before its first `await`, know their part. */
export function runInScope<Result>(scope: Scope, start: () => Result): Result {
  const { context } = scope;
  const outer = current;
  const outerPart = context.part;
  current = scope;
  context.part = scope.part;
  try {
    return start();
  } finally {
    current = outer;
    context.part = outerPart;
  }
}
