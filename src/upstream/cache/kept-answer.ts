/** What is kept of an answer, in the form that a store takes: bytes and JSON. */
import type { AnswerHeaders } from "../../core/operation.ts";
import { ageOf, type Keeping, type Received } from "../../http/caching/keeping.ts";
import type { Kept } from "../../http/caching/reuse.ts";
import type { StoredFields } from "../../http/caching/stored-fields.ts";
import type { KeptEntry } from "../../stores/answer-store.ts";

/** The JSON beside an answer. */
interface AnswerMeta {
  readonly kind: "answer";
  /** Its age when it was received. */
  readonly ageMs: number;
  readonly freshMs: number;
  readonly whileRevalidateMs: number;
  readonly ifErrorMs: number;
  readonly mayBeStale: boolean;
}

/** An answer out of the store. */
export interface KeptAnswer extends KeptEntry {
  readonly meta: AnswerMeta & Readonly<Record<string, unknown>>;
}

/** A year, as some services say, is longer than any store should have to remember. */
const MAX_MS = 7 * 86_400_000;
/** How long an answer that can be validated is kept beyond its freshness, at least: a 304 is cheaper than a body. */
const VALIDATION_MS = 60_000;

/** An answer as it is put into a store. The body is copied: what came from a socket holds on to more than itself. */
export function keptAnswer(
  received: Received,
  fields: StoredFields,
  body: Buffer,
  keeping: Keeping,
): KeptAnswer {
  const { freshMs, whileRevalidateMs, ifErrorMs, mayBeStale } = keeping;
  const ageMs = ageOf(received) ?? 0;
  return {
    status: received.status,
    headers: fields,
    body,
    storedAtMs: received.receivedAtMs,
    meta: { kind: "answer", ageMs, freshMs, whileRevalidateMs, ifErrorMs, mayBeStale },
  };
}

/** Memory of its own for a body, whatever it was cut from. */
export function ownBytes(chunks: readonly Buffer[], length: number): Buffer {
  const own = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const chunk of chunks) at += chunk.copy(own, at);
  return own;
}

/** How long an answer is of any use. */
export function usefulMs(headers: AnswerHeaders, keeping: Keeping, standInMs: number): number {
  const { freshMs, whileRevalidateMs, ifErrorMs } = keeping;
  const hasValidator = headers.etag !== undefined || headers["last-modified"] !== undefined;
  const staleMs = Math.max(
    whileRevalidateMs,
    ifErrorMs,
    hasValidator ? Math.max(VALIDATION_MS, freshMs) : 0,
  );
  return Math.min(MAX_MS, Math.max(freshMs + staleMs, standInMs));
}

/** Whether an entry is an answer; what has been put under its key by something else is none. */
export function isKeptAnswer(entry: KeptEntry): entry is KeptAnswer {
  const { meta, status } = entry;
  return (
    meta.kind === "answer" &&
    Number.isInteger(status) &&
    Number.isFinite(meta.freshMs) &&
    Number.isFinite(meta.ageMs)
  );
}

/** Where it stands at a moment. */
export function standingOf({ meta, storedAtMs }: KeptAnswer, nowMs: number): Kept {
  // A clock that was set back makes nothing fresher than it was.
  const residentMs = Math.max(0, nowMs - storedAtMs);
  return {
    ageMs: meta.ageMs + residentMs,
    leftMs: meta.freshMs - residentMs,
    whileRevalidateMs: meta.whileRevalidateMs,
    mayBeStale: meta.mayBeStale,
  };
}

/** RFC 9111 §4.1: tells which fields of a request choose among the answers that are kept. */
export function variantIndex(names: readonly string[], nowMs: number): KeptEntry {
  return {
    status: 0,
    headers: {},
    body: NOTHING,
    storedAtMs: nowMs,
    meta: { kind: "variants", names },
  };
}

/** The names of a {@link variantIndex}; undefined when the entry is none. */
export function variantNames({ meta }: KeptEntry): readonly string[] | undefined {
  const { kind, names } = meta;
  if (kind !== "variants" || !Array.isArray(names)) return undefined;
  return names.filter((name) => typeof name === "string");
}

const NOTHING = Buffer.alloc(0);
