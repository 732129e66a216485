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
  return new Promise((resolve, reject) => {
    let left = 1;

    function done(): void {
      left -= 1;
      if (left === 0) resolve(copy);
    }

    // Counted here, because `Promise.all` would make two more promises for every part.
    const copy = copyAroundParts(holder, at, (part, pointer, fill) => {
      left += 1;

      function filled(value: unknown): void {
        fill(value);
        done();
      }

      startPart(part, context, pointer, depth).then((result) => {
        try {
          const whole = resolveParts(result, context, pointer, depth + 1);
          if (whole instanceof Promise) whole.then(filled, reject);
          else filled(whole);
        } catch (error) {
          reject(error);
        }
      }, reject);
    });
    // Only now: a part may be filled while its siblings are still being started.
    done();
  });
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
