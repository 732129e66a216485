/** Invalidations that Redis has not heard of yet, because it is down: bounded, in the end by invalidating everything. */
import type { Invalidation } from "./invalidate.ts";

export type Invalidated = Omit<Invalidation, "origin">;

export interface Pending {
  add(invalidated: Invalidated): void;
  /** All of it; it is empty then. */
  take(): Invalidated;
}

const MAX_NAMES = 5_000;

export function createPending(maxNames = MAX_NAMES): Pending {
  const tags = new Set<string>();
  const keys = new Set<string>();
  let everything = false;
  return {
    add(invalidated) {
      everything ||= invalidated.everything;
      if (!everything) {
        for (const tag of invalidated.tags) tags.add(tag);
        for (const key of invalidated.keys) keys.add(key);
        everything = tags.size + keys.size > maxNames;
      }
      if (!everything) return;
      tags.clear();
      keys.clear();
    },
    take() {
      const taken = { tags: [...tags], keys: [...keys], everything };
      tags.clear();
      keys.clear();
      everything = false;
      return taken;
    },
  };
}
