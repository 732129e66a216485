/** A store in this process's memory: node-cache for time to live, bounded by entries and bytes, least recently used out first. */
import NodeCache from "node-cache";
import type { Store } from "./store.ts";

export interface MemoryStoreOptions<Value = unknown> {
  /** Default 10,000. */
  readonly maxEntries?: number;
  /** Default 64 MiB; what entries weigh is said when they are set. */
  readonly maxBytes?: number;
  /** Is told of every value that goes, whatever the reason: replaced, deleted, expired, evicted, cleared. */
  readonly onRemove?: (key: string, value: Value) => void;
}

/** How often expired values are looked for, in seconds; until then they only take room. */
const SWEEP_SECONDS = 60;

/** What an entry takes beside its value, about. */
const OVERHEAD_BYTES = 256;

/**
 * One entry, in the order of use. The links are its own: a Map that is written with every read would leave
 * dead tables in the old generation.
 */
interface Slot {
  readonly key: string;
  readonly weight: number;
  value: unknown;
  newer: Slot | undefined;
  older: Slot | undefined;
}

/** Creates an empty store. `close()` it: it owns a timer. */
export function createMemoryStore<Value>(options: MemoryStoreOptions<Value> = {}): Store<Value> {
  const { maxEntries = 10_000, maxBytes = 64 * 1_024 * 1_024, onRemove } = options;
  // Clones would cost more than asking the service again; `maxKeys` would throw where it should evict.
  const cache = new NodeCache({
    useClones: false,
    checkperiod: SWEEP_SECONDS,
    deleteOnExpire: true,
  });
  // Its values lie in a plain object, in which `__proto__` and `constructor` are no keys like others.
  cache.data = Object.create(null);
  let newest: Slot | undefined;
  let oldest: Slot | undefined;
  let entries = 0;
  let bytes = 0;

  function link(slot: Slot): void {
    slot.older = newest;
    if (newest !== undefined) newest.newer = slot;
    newest = slot;
    oldest ??= slot;
  }

  function unlink(slot: Slot): void {
    const { newer, older } = slot;
    if (newer === undefined) newest = older;
    else newer.older = older;
    if (older === undefined) oldest = newer;
    else older.newer = newer;
    slot.newer = undefined;
    slot.older = undefined;
  }

  cache.on("del", (_key: string, slot: Slot) => {
    unlink(slot);
    entries -= 1;
    bytes -= slot.weight;
    const value = slot.value as Value;
    slot.value = undefined;
    onRemove?.(slot.key, value);
  });

  function evict(): void {
    while (oldest !== undefined && (entries > maxEntries || bytes > maxBytes)) {
      cache.del(oldest.key);
    }
  }

  return {
    get(key) {
      const slot = cache.get<Slot>(key);
      if (slot === undefined) return undefined;
      if (slot !== newest) {
        unlink(slot);
        link(slot);
      }
      return slot.value as Value;
    },
    set(key, value, entry) {
      cache.del(key);
      const weight = entry.bytes + key.length + OVERHEAD_BYTES;
      // node-cache takes 0 and NaN for "for ever".
      if (!(entry.ttlMs > 0) || weight > maxBytes || maxEntries < 1) return false;
      const slot: Slot = { key, weight, value, newer: undefined, older: undefined };
      cache.set(key, slot, entry.ttlMs / 1_000);
      link(slot);
      entries += 1;
      bytes += weight;
      evict();
      return true;
    },
    delete(key) {
      cache.del(key);
    },
    clear() {
      while (oldest !== undefined) cache.del(oldest.key);
    },
    close() {
      this.clear();
      cache.close();
    },
    get entries() {
      return entries;
    },
    get bytes() {
      return bytes;
    },
  };
}
