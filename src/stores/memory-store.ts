/** A store in this process's memory: node-cache for time to live, bounded by entries and bytes, least recently used out first. */
import NodeCache from "node-cache";
import type { Store } from "./store.ts";

export interface MemoryStoreOptions {
  /** Default 10,000. */
  readonly maxEntries?: number;
  /** Default 64 MiB; what entries weigh is said when they are set. */
  readonly maxBytes?: number;
}

/** How often expired values are looked for, in seconds; until then they only take room. */
const SWEEP_SECONDS = 60;

/** What an entry takes beside its value, about. */
const OVERHEAD_BYTES = 256;

/** node-cache keeps its values in a plain object, in which `__proto__` is no key like others. */
const PREFIX = "=";

/** Creates an empty store. `close()` it: it owns a timer. */
export function createMemoryStore<Value>(options: MemoryStoreOptions = {}): Store<Value> {
  const { maxEntries = 10_000, maxBytes = 64 * 1_024 * 1_024 } = options;
  // Clones would cost more than asking the service again; `maxKeys` would throw where it should evict.
  const cache = new NodeCache({
    useClones: false,
    checkperiod: SWEEP_SECONDS,
    deleteOnExpire: true,
  });
  /** Key -> weight, in the order of use. */
  const weights = new Map<string, number>();
  let bytes = 0;

  function forget(kept: string): void {
    const key = kept.slice(PREFIX.length);
    bytes -= weights.get(key) ?? 0;
    weights.delete(key);
  }
  cache.on("del", forget);

  function evict(): void {
    for (const key of weights.keys()) {
      if (weights.size <= maxEntries && bytes <= maxBytes) return;
      cache.del(PREFIX + key);
    }
  }

  return {
    get(key) {
      const value = cache.get<Value>(PREFIX + key);
      const weight = weights.get(key);
      if (value === undefined || weight === undefined) return undefined;
      weights.delete(key);
      weights.set(key, weight);
      return value;
    },
    set(key, value, entry) {
      cache.del(PREFIX + key);
      const weight = entry.bytes + key.length + OVERHEAD_BYTES;
      // node-cache takes 0 for "for ever".
      if (entry.ttlMs <= 0 || weight > maxBytes || maxEntries < 1) return false;
      cache.set(PREFIX + key, value, entry.ttlMs / 1_000);
      weights.set(key, weight);
      bytes += weight;
      evict();
      return true;
    },
    delete(key) {
      cache.del(PREFIX + key);
    },
    clear() {
      cache.flushAll();
      weights.clear();
      bytes = 0;
    },
    close() {
      // In this order: clearing begins to sweep anew.
      this.clear();
      cache.close();
    },
    get entries() {
      return weights.size;
    },
    get bytes() {
      return bytes;
    },
  };
}
