/** Where answers are kept, as configuration says. */
import type { CacheSettings } from "../config/settings.ts";
import type { ParentLog } from "../core/context.ts";
import { type AnswerStore, createMemoryAnswerStore } from "../stores/answer-store.ts";
import { createRedisLink, type RedisLink } from "../stores/redis/link.ts";
import { createLinkedAnswerStore } from "../stores/tiered-answer-store.ts";

export interface Stores {
  readonly answers: AnswerStore;
  /** Opened when the gateway begins to answer, closed after the stores on it. Undefined: not configured. */
  readonly redis: RedisLink | undefined;
}

/** Where answers are kept: in this process, and in Redis where there is one. */
export function createStores(
  { maxBytes, redisUrl, prefix }: CacheSettings,
  log: ParentLog,
): Stores {
  if (redisUrl === undefined)
    return { answers: createMemoryAnswerStore({ maxBytes }), redis: undefined };
  const redis = createRedisLink({ url: redisUrl, prefix, log });
  return { answers: createLinkedAnswerStore({ maxBytes, link: redis, log }), redis };
}
