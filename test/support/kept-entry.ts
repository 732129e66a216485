/** Kept answers for tests, and stores on a Redis of the test's own. */
import { onTestFinished } from "vitest";
import type { Log } from "../../src/core/context.ts";
import type { AnswerStore, KeptEntry } from "../../src/stores/answer-store.ts";
import {
  createTieredAnswerStore,
  type TieredAnswerStoreOptions,
} from "../../src/stores/tiered-answer-store.ts";
import { eventually } from "./eventually.ts";

/** An answer with this text. */
export function keptEntry(text: string, more: Partial<KeptEntry> = {}): KeptEntry {
  return {
    status: 200,
    headers: { "content-type": "text/plain" },
    body: Buffer.from(text),
    storedAtMs: 1_700_000_000_000,
    meta: {},
    ...more,
  };
}

/** What the store gives out for the key, as text. */
export async function textOf(store: AnswerStore, key: string): Promise<string | undefined> {
  return (await store.get(key))?.body.toString();
}

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that only remembers. */
export function rememberingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine["level"]) =>
    (fields: object, message: string): void =>
      void lines.push({ level, message, fields: fields as LogLine["fields"] });
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export interface StoreUnderTest extends AnswerStore {
  readonly log: ReturnType<typeof rememberingLog>;
}

/** A store on that Redis, closed when the test is over; its pauses are short. */
export function tieredStore(
  redisUrl: string,
  options: Partial<TieredAnswerStoreOptions> = {},
): StoreUnderTest {
  const log = rememberingLog();
  const store = createTieredAnswerStore({
    maxBytes: 1_024 * 1_024,
    redisUrl,
    prefix: "test:",
    log,
    minPauseMs: 10,
    maxPauseMs: 50,
    heartbeatMs: 100,
    // Tests of the limit itself set the real one: a machine that is busy with others is no slow Redis.
    commandTimeoutMs: 5_000,
    connectTimeoutMs: 5_000,
    ...options,
  });
  onTestFinished(() => store.close());
  return Object.defineProperty(store as StoreUnderTest, "log", { value: log });
}

/** Resolves when Redis is in that state for the store. */
export async function untilRedis(store: AnswerStore, state: "up" | "down"): Promise<void> {
  await eventually(() => {
    if (store.health.redis !== state) throw new Error(`redis is still ${store.health.redis}`);
  });
}
