/** Which keys carry which tag, both ways, so that a tag can be invalidated and a key be forgotten without a search. */

export interface TagIndex {
  add(key: string, tags: readonly string[]): void;
  remove(key: string): void;
  /** A copy: keys may be removed while it is gone through. */
  keysOf(tag: string): readonly string[];
  /** Every key that carries any tag; a copy. */
  keys(): readonly string[];
}

/** Creates an empty index. What is not tagged costs nothing. */
export function createTagIndex(): TagIndex {
  const tagsOf = new Map<string, readonly string[]>();
  const keysOf = new Map<string, Set<string>>();
  return {
    add(key, tags) {
      if (tags.length === 0) return;
      tagsOf.set(key, tags);
      for (const tag of tags) {
        const keys = keysOf.get(tag);
        if (keys === undefined) keysOf.set(tag, new Set([key]));
        else keys.add(key);
      }
    },
    remove(key) {
      const tags = tagsOf.get(key);
      if (tags === undefined) return;
      tagsOf.delete(key);
      for (const tag of tags) {
        const keys = keysOf.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) keysOf.delete(tag);
      }
    },
    keysOf: (tag) => [...(keysOf.get(tag) ?? [])],
    keys: () => [...tagsOf.keys()],
  };
}
