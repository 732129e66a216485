/** What a mock remembers: the objects of every collection that was touched, in memory only. */

export type Item = Readonly<Record<string, unknown>>;

export interface Collection {
  get(id: string): Item | undefined;
  /** Whether it was there and has been removed. */
  isRemoved(id: string): boolean;
  set(id: string, item: Item): void;
  remove(id: string): void;
  /** In the order in which they came. */
  all(): Item[];
}

export interface Collections {
  /** @param seed gives the first objects, by id, when the collection is touched for the first time. */
  open(path: string, seed: () => Iterable<readonly [string, Item]>): Collection;
}

/** More collections than this are forgotten, the oldest first: a mock may run for days. */
const MOST_COLLECTIONS = 10_000;

export function createCollections(): Collections {
  const open = new Map<string, Collection>();
  return {
    open: (path, seed) => {
      const known = open.get(path);
      if (known !== undefined) return known;
      const made = createCollection(seed());
      open.set(path, made);
      const [oldest] = open.keys();
      if (open.size > MOST_COLLECTIONS && oldest !== undefined) open.delete(oldest);
      return made;
    },
  };
}

function createCollection(seed: Iterable<readonly [string, Item]>): Collection {
  const items = new Map(seed);
  const removed = new Set<string>();
  return {
    get: (id) => items.get(id),
    isRemoved: (id) => removed.has(id),
    set: (id, item) => {
      removed.delete(id);
      items.set(id, item);
    },
    remove: (id) => {
      items.delete(id);
      removed.add(id);
    },
    all: () => [...items.values()],
  };
}
