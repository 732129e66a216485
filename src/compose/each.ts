/** A bounded map over calls: `each(order.lines, (line) => services.catalog.getProduct(...))`. */
import pLimit from "p-limit";
import { currentScope, runInScope } from "./scope.ts";
import { untilAborted } from "./until-aborted.ts";
import { untilOver } from "./until-over.ts";

export interface EachOptions {
  /** How many run at once, from 1. Default: 16. */
  readonly concurrency?: number;
  /** Ends the map. Default: the request's signal, when `each` is called before the first `await` of a part. */
  readonly signal?: AbortSignal;
}

/**
 * The results of `fn` for every item, in the items' order; at most `concurrency` run at once.
 * Starts no more once one has failed or the signal has aborted, and rejects with that error at once.
 * @throws TypeError when the concurrency is not a number from 1.
 */
export async function each<Item, Result>(
  items: Iterable<Item>,
  fn: (item: Item, index: number) => Result | Promise<Result>,
  options: EachOptions = {},
): Promise<Result[]> {
  const { concurrency = 16 } = options;
  const scope = currentScope();
  const { signal } = options;
  const deadline = scope?.context.deadline;
  const limit = pLimit(concurrency);
  const list = Array.isArray(items) ? (items as readonly Item[]) : Array.from(items);
  let failure: { readonly error: unknown } | undefined;
  const run = async (item: Item, index: number): Promise<Result> => {
    // Not p-limit's clearQueue: it would leave the promises of the queue pending for ever.
    if (failure !== undefined) throw failure.error;
    try {
      (signal ?? deadline)?.throwIfAborted();
      return await (scope === undefined
        ? fn(item, index)
        : runInScope(scope, () => fn(item, index)));
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };
  // Nothing to queue: all start at once, in this very turn.
  const start =
    list.length <= concurrency ? run : (item: Item, index: number) => limit(run, item, index);
  const map = (): Promise<Result[]> => Promise.all(list.map(start));
  if (signal !== undefined) return untilAborted(signal, map);
  return deadline === undefined ? map() : untilOver(deadline, map);
}
