/** Where answers are kept: what an entry is, what every such store can do, and the store of one process. */
import { createShelf } from "./shelf.ts";

/** An answer that was kept. Bytes, so that composed and proxied routes, this process and others can share it. */
export interface KeptEntry {
  readonly status: number;
  /** As they came, minus what may not be kept. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
  /** Wall clock. */
  readonly storedAtMs: number;
  /** JSON: what the keeper needs to use it again (request fields that `Vary` names, policy, response time). */
  readonly meta: Readonly<Record<string, unknown>>;
}

export interface KeepOptions {
  /** How long the entry may be of any use, fresh or stale. 0 or less: it is not kept, and what was there goes. */
  readonly ttlMs: number;
  /** What it can be invalidated by. */
  readonly tags?: readonly string[];
  /** Of {@link AnswerStore.mark}, from before the fetch: the entry is not kept when it was invalidated meanwhile. */
  readonly since?: number;
}

/** `off`: not configured; `down`: every answer comes from this process's memory or from the service. */
export type RedisState = "off" | "up" | "down";

export interface StoreHealth {
  readonly redis: RedisState;
  /** In this process. */
  readonly entries: number;
  /** In this process. */
  readonly bytes: number;
}

/** Entries are given out as they were set, not as copies: treat them as read-only. */
export interface AnswerStore {
  /** At once when this process has it, else a promise (Redis); undefined: nowhere. Never rejects: a store that fails is a miss. */
  get(key: string): KeptEntry | undefined | Promise<KeptEntry | undefined>;
  /** Keeps it in this process, and in Redis behind the caller's back. */
  set(key: string, entry: KeptEntry, options: KeepOptions): void;
  /** Here at once, in every other process soon. */
  delete(key: string): void;
  /** Now, among invalidations; for `since`. */
  mark?(): number;
  /**
   * Everything that carries the tag, in every process. Resolves when Redis has it, or has failed: what is stored after
   * that holds. Never rejects.
   */
  invalidateTag(tag: string): Promise<void>;
  /**
   * Only one in all processes fetches at a time: resolves to what releases the lock, or to undefined while somebody
   * else holds it (then see `waitFor`). Given freely while Redis is down. Absent: there is only this process.
   */
  lock?(key: string, ttlMs: number): Promise<(() => void) | undefined>;
  /** The entry, as soon as whoever holds the lock has stored it; undefined when that took too long or came to nothing. */
  waitFor?(key: string, timeoutMs: number): Promise<KeptEntry | undefined>;
  readonly health: StoreHealth;
  close(): Promise<void>;
}

export interface MemoryAnswerStoreOptions {
  /** Of entries and what it takes to keep them, about. */
  readonly maxBytes: number;
}

/** Creates a store that this process has to itself: bounded by bytes, least recently used out first. */
export function createMemoryAnswerStore({ maxBytes }: MemoryAnswerStoreOptions): AnswerStore {
  const shelf = createShelf(maxBytes);
  return {
    get: shelf.get,
    set(key, entry, options) {
      shelf.set(key, entry, options);
    },
    delete: shelf.delete,
    mark: shelf.mark,
    invalidateTag(tag) {
      shelf.invalidateTag(tag);
      return Promise.resolve();
    },
    get health() {
      return { redis: "off" as const, entries: shelf.entries, bytes: shelf.bytes };
    },
    close() {
      shelf.close();
      return Promise.resolve();
    },
  };
}
