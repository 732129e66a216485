/** What was invalidated lately, so that an answer which was fetched before that is not stored after it. */

export interface RecentInvalidations {
  /** Now, among invalidations. */
  mark(): number;
  note(name: string): void;
  /** Everything is invalid that was begun before now. */
  noteAll(): void;
  /** Was one of the names invalidated after the mark? */
  isVoid(names: Iterable<string>, mark: number): boolean;
}

/** Beyond this many, the oldest are forgotten, and with them every mark from before. */
const MAX_NAMES = 10_000;

export function createRecentInvalidations(maxNames = MAX_NAMES): RecentInvalidations {
  /** Name -> when; in that order. */
  const names = new Map<string, number>();
  let now = 0;
  /** Marks from before this are void, whatever the name. */
  let floor = 0;
  return {
    mark: () => now,
    note(name) {
      now += 1;
      names.delete(name);
      names.set(name, now);
      if (names.size <= maxNames) return;
      const [oldest] = names;
      if (oldest === undefined) return;
      names.delete(oldest[0]);
      floor = oldest[1];
    },
    noteAll() {
      now += 1;
      names.clear();
      floor = now;
    },
    isVoid(asked, mark) {
      if (mark < floor) return true;
      if (mark === now) return false;
      for (const name of asked) {
        if ((names.get(name) ?? 0) > mark) return true;
      }
      return false;
    },
  };
}

/** Keys and tags share one list. */
export const keyName = (key: string): string => `k${key}`;
export const tagName = (tag: string): string => `t${tag}`;

/** All by which an entry can be invalidated. */
export function* namesOf(key: string, tags: readonly string[]): Generator<string> {
  yield keyName(key);
  for (const tag of tags) yield tagName(tag);
}
