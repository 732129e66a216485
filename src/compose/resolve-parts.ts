/** Replaces the parts of an answer by their values: all of a level at once, nested to any depth. */
import type { RequestContext } from "../core/context.ts";
import { copyAroundParts, findParts, type Part } from "./parts.ts";
import { runInScope } from "./scope.ts";

/** Parts within parts, at most: a part that answers itself again would never end. */
export const MAX_PART_DEPTH = 64;

/**
 * The answer with every part replaced. Gives the value itself, not a promise, when it holds no part.
 * Rejects with the error of the first part that fails.
 */
export function resolveParts(value: unknown, context: RequestContext, at = "", depth = 0): unknown {
  if (typeof value === "function") {
    return startPart(value as Part, context, at, depth).then((result) =>
      resolveParts(result, context, at, depth + 1),
    );
  }
  const holder = findParts(value);
  if (holder === undefined) return value;
  const pending: Promise<void>[] = [];
  const copy = copyAroundParts(holder, at, (part, pointer, fill) => {
    const filled = startPart(part, context, pointer, depth).then((result) => {
      const whole = resolveParts(result, context, pointer, depth + 1);
      // One promise less for every part that has none of its own: most.
      return whole instanceof Promise ? whole.then(fill) : fill(whole);
    });
    pending.push(filled);
  });
  return Promise.all(pending).then(() => copy);
}

/**
 * Calls a part's function, so that what it starts at once knows its pointer. Never throws: the siblings of a part that
 * fails are started all the same, so that every promise in an answer has somebody who looks after its failure.
 */
export function startPart(
  part: Part,
  context: RequestContext,
  at: string,
  depth: number,
): Promise<unknown> {
  try {
    if (depth >= MAX_PART_DEPTH) {
      throw new RangeError(`the part ${at} lies more than ${MAX_PART_DEPTH} parts deep`);
    }
    context.deadline.throwIfAborted();
    return Promise.resolve(runInScope({ context, part: at }, part));
  } catch (error) {
    return Promise.reject(error);
  }
}
