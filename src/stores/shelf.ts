/** Kept answers of this process: by key and by tag, bounded by bytes. The first level of every answer store. */
import type { KeepOptions, KeptEntry } from "./answer-store.ts";
import { createMemoryStore } from "./memory-store.ts";
import { createRecentInvalidations, keyName, namesOf, tagName } from "./recent-invalidations.ts";
import { createTagIndex } from "./tag-index.ts";
import { compactBody, weighEntry } from "./weigh-entry.ts";

export interface Shelf {
  get(key: string): KeptEntry | undefined;
  /** False when the entry may not be kept at all: it was invalidated since it was fetched. */
  set(key: string, entry: KeptEntry, options: KeepOptions): boolean;
  /** Drops the entry; what is being fetched for the key may not be kept either. */
  delete(key: string): void;
  invalidateTag(tag: string): void;
  /** Every entry with a tag. */
  invalidateTagged(): void;
  clear(): void;
  mark(): number;
  close(): void;
  readonly entries: number;
  readonly bytes: number;
}

export function createShelf(maxBytes: number): Shelf {
  const index = createTagIndex();
  const recent = createRecentInvalidations();
  const entries = createMemoryStore<KeptEntry>({
    maxBytes,
    maxEntries: Number.POSITIVE_INFINITY,
    onRemove: (key) => index.remove(key),
  });
  return {
    get: (key) => entries.get(key),
    set(key, entry, { ttlMs, tags = [], since }) {
      if (since !== undefined && recent.isVoid(namesOf(key, tags), since)) return false;
      const kept = compactBody(entry);
      if (entries.set(key, kept, { ttlMs, bytes: weighEntry(kept, tags) })) index.add(key, tags);
      return true;
    },
    delete(key) {
      recent.note(keyName(key));
      entries.delete(key);
    },
    invalidateTag(tag) {
      recent.note(tagName(tag));
      for (const key of index.keysOf(tag)) entries.delete(key);
    },
    invalidateTagged() {
      recent.noteAll();
      for (const key of index.keys()) entries.delete(key);
    },
    clear() {
      recent.noteAll();
      entries.clear();
    },
    mark: () => recent.mark(),
    close: () => entries.close(),
    get entries() {
      return entries.entries;
    },
    get bytes() {
      return entries.bytes;
    },
  };
}
