/** Kept answers in Redis: the level that all processes share. Nothing here rejects: a failure is a miss. */
import { randomUUID } from "node:crypto";
import type { Log } from "../../core/context.ts";
import type { KeptEntry } from "../answer-store.ts";
import { decodeEntry, encodeEntry, type SharedEntry } from "./entry-codec.ts";
import { createGenerations } from "./generations.ts";
import {
  type Invalidation,
  invalidate,
  MAX_TTL_MS,
  readGeneration,
  readInvalidation,
} from "./invalidate.ts";
import { answerKeys } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import { createPending } from "./pending.ts";
import { isReply } from "./script.ts";

/** An answer that was found, and how much longer it may be kept. */
export interface Found {
  readonly entry: KeptEntry;
  readonly tags: readonly string[];
  readonly ttlMs: number;
}

/** What the process that reads must do about what others did. */
export interface Invalidations {
  invalidateTag(tag: string): void;
  delete(key: string): void;
  invalidateTagged(): void;
  clear(): void;
}

export interface SharedAnswers {
  get(key: string): Promise<Found | undefined>;
  set(key: string, entry: KeptEntry, ttlMs: number, tags: readonly string[]): void;
  delete(key: string): void;
  invalidateTag(tag: string): Promise<void>;
  /** Is somebody fetching it? */
  isLocked(key: string): Promise<boolean>;
}

/** What may be on its way to Redis at a time; more is not written. */
const MAX_WRITES = 1_000;
const MAX_WRITE_BYTES = 8 * 1_024 * 1_024;
/** A value that takes longer than a command may would take Redis down for everybody. */
const MAX_VALUE_BYTES = 2 * 1_024 * 1_024;

/** Joins the link, which must not be open yet. */
export function createSharedAnswers(link: RedisLink, here: Invalidations, log: Log): SharedAnswers {
  const names = answerKeys(link.prefix);
  const origin = randomUUID();
  const generations = createGenerations();
  const pending = createPending();
  /** Who waits for this process to hear of an invalidation. */
  let echoes: { readonly generation: number; readonly resolve: () => void }[] = [];
  let writes = 0;
  let writeBytes = 0;

  link.join({
    channel: { name: names.channel, onMessage: hear },
    async onUp(send) {
      const replies = await send(["MGET", names.counter, names.everything]);
      const [counter, everything] = Array.isArray(replies) ? replies.map(readGeneration) : [];
      const missed = generations.sync(counter ?? 0, everything ?? 0);
      if (missed === "some") here.clear();
      if (missed === "unknown") here.invalidateTagged();
    },
    onReady: flush,
    onDown: () => answerEchoes(Number.POSITIVE_INFINITY),
  });

  function answerEchoes(upTo: number): void {
    const heard = echoes.filter(({ generation }) => generation <= upTo);
    echoes = echoes.filter(({ generation }) => generation > upTo);
    for (const { resolve } of heard) resolve();
  }

  /** Until then an answer would be stored as one from before, and be invalid. */
  function echo(generation: number): Promise<void> | undefined {
    if (generation <= generations.seen || link.state === "down") return undefined;
    return new Promise((resolve) => echoes.push({ generation, resolve }));
  }

  function hear(message: string): void {
    const told = readInvalidation(message);
    if (told === undefined) return;
    generations.hear(told.generation, told.tags, told.everything);
    answerEchoes(generations.seen);
    if (told.origin === origin) return;
    if (told.everything) here.clear();
    for (const tag of told.tags) here.invalidateTag(tag);
    for (const key of told.keys) here.delete(key);
  }

  /** Tells Redis of what was invalidated while it was down. */
  function flush(): void {
    const { tags, keys, everything } = pending.take();
    if (tags.length > 0 || keys.length > 0 || everything) void spread({ tags, keys, everything });
  }

  async function spread(what: Omit<Invalidation, "origin">): Promise<void> {
    generations.claim(what.tags);
    let generation = 0;
    try {
      if (link.state === "down") throw new Error("redis is down");
      generation = await invalidate(link.send, names, { origin, ...what });
    } catch {
      // The link is down, and stays so until it has been read what others invalidated meanwhile.
      pending.add(what);
    }
    generations.settle(what.tags, generation);
    await echo(generation);
  }

  /** Not what it should be: gone, so that nobody reads it again. */
  function discard(key: string): undefined {
    log.warn({ key }, "an answer in redis could not be read, and was deleted");
    link.send(["UNLINK", names.entry(key)]).catch(() => {});
  }

  async function read(key: string): Promise<Found | undefined> {
    const name = names.entry(key);
    const [value, left] = await Promise.all([
      link.send(["GET", name], true),
      link.send(["PTTL", name]),
    ]);
    if (value === null) return undefined;
    const shared = Buffer.isBuffer(value) ? decodeEntry(key, value) : undefined;
    // Without an end it was not written by a gateway, or somebody has taken it away.
    if (shared === undefined || typeof left !== "number" || left === -1) return discard(key);
    if (left <= 0 || !(await isGood(shared))) return undefined;
    return { entry: shared.entry, tags: shared.tags, ttlMs: left };
  }

  async function isGood({ generation, tags }: SharedEntry): Promise<boolean> {
    const verdict = generations.judge(generation, tags);
    if (verdict !== "ask") return verdict === "good";
    const replies = await link.send(["MGET", ...tags.map(names.tag)]);
    if (!Array.isArray(replies)) return false;
    const isOld = replies.some((reply) => (readGeneration(reply) ?? Infinity) > generation);
    // Once more: it may have been invalidated while Redis was asked.
    return !isOld && generations.judge(generation, tags) !== "invalid";
  }

  return {
    async get(key) {
      try {
        return await read(key);
      } catch (error) {
        if (isReply(error, "WRONGTYPE")) discard(key);
        return undefined;
      }
    },
    set(key, entry, ttlMs, tags) {
      if (link.state === "down" || writes >= MAX_WRITES) return;
      const value = encodeEntry(key, { entry, tags, generation: generations.seen });
      const { byteLength } = value;
      if (byteLength > MAX_VALUE_BYTES || writeBytes + byteLength > MAX_WRITE_BYTES) return;
      writes += 1;
      writeBytes += byteLength;
      const px = String(Math.max(1, Math.floor(Math.min(ttlMs, MAX_TTL_MS))));
      link
        .send(["SET", names.entry(key), value, "PX", px])
        .catch(() => {})
        .finally(() => {
          writes -= 1;
          writeBytes -= byteLength;
        });
    },
    delete(key) {
      void spread({ tags: [], keys: [key], everything: false });
    },
    invalidateTag: (tag) => spread({ tags: [tag], keys: [], everything: false }),
    async isLocked(key) {
      try {
        return (await link.send(["EXISTS", names.lock(key)])) === 1;
      } catch {
        return false;
      }
    },
  };
}
