/** Kept answers on two levels: this process's memory, at once, and Redis, for all processes. */
import type { Log } from "../core/context.ts";
import type { AnswerStore, KeptEntry } from "./answer-store.ts";
import { answerKeys } from "./redis/keys.ts";
import { createRedisLink, type RedisLink, type RedisLinkOptions } from "./redis/link.ts";
import { takeLock } from "./redis/lock.ts";
import { createSharedAnswers } from "./redis/shared-answers.ts";
import { createShelf } from "./shelf.ts";

export interface TieredAnswerStoreOptions extends Omit<RedisLinkOptions, "url"> {
  /** Of this process's level. */
  readonly maxBytes: number;
  /** `redis://` or `rediss://`. */
  readonly redisUrl: string;
}

/** Creates a store with a connection of its own, which it opens and closes. Redis may be down. */
export function createTieredAnswerStore(options: TieredAnswerStoreOptions): AnswerStore {
  const { maxBytes, redisUrl, ...rest } = options;
  const link = createRedisLink({ ...rest, url: redisUrl });
  const store = createLinkedAnswerStore({ maxBytes, link, log: options.log });
  link.open();
  return {
    ...store,
    // A getter: spreading would have read it once.
    get health() {
      return store.health;
    },
    async close() {
      await store.close();
      await link.close();
    },
  };
}

export interface LinkedAnswerStoreOptions {
  readonly maxBytes: number;
  /** Not open yet; whoever created it opens and closes it. */
  readonly link: RedisLink;
  readonly log: Log;
}

interface Lookup {
  answer: Promise<KeptEntry | undefined> | undefined;
}

/** How often whoever waits for somebody else's fetch looks for it: at first, and later. */
const MIN_POLL_MS = 10;
const MAX_POLL_MS = 50;

/** Creates a store on a link that others use too. */
export function createLinkedAnswerStore(options: LinkedAnswerStoreOptions): AnswerStore {
  const { link, maxBytes, log } = options;
  const near = createShelf(maxBytes);
  const names = answerKeys(link.prefix);
  /** What is being looked up in Redis; whatever is written or deleted meanwhile takes it out, and it is not kept here. */
  const lookups = new Map<string, Lookup>();
  const far = createSharedAnswers(
    link,
    {
      invalidateTag: near.invalidateTag,
      delete(key) {
        lookups.delete(key);
        near.delete(key);
      },
      invalidateTagged: near.invalidateTagged,
      clear: near.clear,
    },
    log,
  );

  async function lookUp(key: string, lookup: Lookup): Promise<KeptEntry | undefined> {
    const found = await far.get(key);
    // A map that lives long must not hold on to what it has held.
    lookup.answer = undefined;
    // Deleted meanwhile: nothing. Stored meanwhile: that.
    if (lookups.get(key) !== lookup) return near.get(key);
    lookups.delete(key);
    if (found === undefined) return undefined;
    const { entry, ttlMs, tags } = found;
    near.set(key, entry, { ttlMs, tags });
    // Not there when it is too big for this level.
    return near.get(key) ?? entry;
  }

  function get(key: string): KeptEntry | undefined | Promise<KeptEntry | undefined> {
    const kept = near.get(key);
    if (kept !== undefined || link.state === "down") return kept;
    let lookup = lookups.get(key);
    if (lookup === undefined) {
      lookup = { answer: undefined };
      lookups.set(key, lookup);
      lookup.answer = lookUp(key, lookup);
    }
    return lookup.answer;
  }

  return {
    get,
    set(key, entry, settings) {
      lookups.delete(key);
      if (!near.set(key, entry, settings)) return;
      const { ttlMs, tags = [] } = settings;
      if (ttlMs > 0) far.set(key, entry, ttlMs, tags);
      else far.delete(key);
    },
    delete(key) {
      lookups.delete(key);
      near.delete(key);
      far.delete(key);
    },
    mark: near.mark,
    invalidateTag(tag) {
      near.invalidateTag(tag);
      return far.invalidateTag(tag);
    },
    lock: (key, ttlMs) => takeLock(link, names.lock(key), ttlMs),
    async waitFor(key, timeoutMs) {
      const end = performance.now() + timeoutMs;
      for (let pollMs = MIN_POLL_MS; ; pollMs = Math.min(2 * pollMs, MAX_POLL_MS)) {
        // In this order: who holds the lock stores the entry before it lets go.
        const isLocked = await far.isLocked(key);
        const entry = await get(key);
        const leftMs = end - performance.now();
        if (entry !== undefined || !isLocked || leftMs <= 0) return entry;
        await new Promise((resolve) => setTimeout(resolve, Math.min(pollMs, leftMs)));
      }
    },
    get health() {
      return { redis: link.state, entries: near.entries, bytes: near.bytes };
    },
    close() {
      near.close();
      return Promise.resolve();
    },
  };
}
