/** How a kept answer is written to Redis: one binary value, read again only when every bit of it makes sense. */
import { crc32 } from "node:zlib";
import type { KeptEntry } from "../answer-store.ts";

/** What stands in Redis: the answer, and what tells whether it still holds. */
export interface SharedEntry {
  readonly entry: KeptEntry;
  readonly tags: readonly string[];
  /** The last invalidation that was known where it was stored. */
  readonly generation: number;
}

/** Raise it with every change of the layout: processes of two versions share one Redis while one replaces the other. */
const VERSION = 1;

/** "H", version, length of the head, checksum of head and body: `48 01 llllllll cccccccc`, then head and body. */
const PREAMBLE_BYTES = 10;
const MARK = 0x48;

interface Head {
  /** The key: a value that was copied to another is not read there. */
  readonly k: string;
  readonly s: number;
  readonly h: KeptEntry["headers"];
  readonly m: KeptEntry["meta"];
  readonly t: number;
  readonly g: number;
  readonly x: readonly string[];
}

/** The value for Redis. */
export function encodeEntry(key: string, { entry, tags, generation }: SharedEntry): Buffer {
  const head: Head = {
    k: key,
    s: entry.status,
    h: entry.headers,
    m: entry.meta,
    t: entry.storedAtMs,
    g: generation,
    x: tags,
  };
  const text = JSON.stringify(head);
  const headBytes = Buffer.byteLength(text);
  const value = Buffer.allocUnsafe(PREAMBLE_BYTES + headBytes + entry.body.byteLength);
  value[0] = MARK;
  value[1] = VERSION;
  value.writeUInt32BE(headBytes, 2);
  value.write(text, PREAMBLE_BYTES);
  entry.body.copy(value, PREAMBLE_BYTES + headBytes);
  value.writeUInt32BE(crc32(value.subarray(PREAMBLE_BYTES)), 6);
  return value;
}

/** The entry; undefined when the value is not one of this key, this version and this layout, or was damaged. */
export function decodeEntry(key: string, value: Buffer): SharedEntry | undefined {
  if (value.byteLength < PREAMBLE_BYTES || value[0] !== MARK || value[1] !== VERSION) return;
  const bodyAt = PREAMBLE_BYTES + value.readUInt32BE(2);
  if (bodyAt > value.byteLength) return;
  if (value.readUInt32BE(6) !== crc32(value.subarray(PREAMBLE_BYTES))) return;
  const head = parseHead(value.toString("utf8", PREAMBLE_BYTES, bodyAt));
  if (head?.k !== key) return;
  return {
    entry: {
      status: head.s,
      headers: head.h,
      body: value.subarray(bodyAt),
      storedAtMs: head.t,
      meta: head.m,
    },
    tags: head.x,
    generation: head.g,
  };
}

function parseHead(text: string): Head | undefined {
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isHead(head) ? head : undefined;
}

function isHead(head: unknown): head is Head {
  if (!isRecord(head)) return false;
  const { k, s, h, m, t, g, x } = head;
  return (
    typeof k === "string" &&
    Number.isInteger(s) &&
    (s as number) >= 100 &&
    (s as number) <= 599 &&
    Number.isFinite(t) &&
    Number.isSafeInteger(g) &&
    isTexts(x) &&
    isRecord(m) &&
    isRecord(h) &&
    Object.values(h).every((field) => typeof field === "string" || isTexts(field))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
