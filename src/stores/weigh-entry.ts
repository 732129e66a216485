/** What a kept answer takes in memory, and how its body is kept from taking more than that. */
import type { KeptEntry } from "./answer-store.ts";

/** Of an object, a list, a header field, a tag in the index: about. */
const OBJECT_BYTES = 48;
const NUMBER_BYTES = 8;
/** A Buffer and the memory that it has to itself. */
const BUFFER_BYTES = 200;

/** About what it takes to keep the entry, in bytes. */
export function weighEntry(entry: KeptEntry, tags: readonly string[]): number {
  return (
    BUFFER_BYTES +
    entry.body.buffer.byteLength +
    weigh(entry.headers) +
    weigh(entry.meta) +
    // Twice: in the list of the entry, and in the index.
    2 * weigh(tags)
  );
}

function weigh(value: unknown): number {
  if (typeof value === "string") return OBJECT_BYTES / 2 + value.length;
  if (typeof value !== "object" || value === null) return NUMBER_BYTES;
  if (ArrayBuffer.isView(value)) return BUFFER_BYTES + value.byteLength;
  let bytes = OBJECT_BYTES;
  for (const [name, member] of Object.entries(value)) bytes += name.length + weigh(member);
  return bytes;
}

/**
 * The same entry, with a body that has its memory to itself. Small buffers are cut from shared slabs, and what a
 * socket reads from its chunk: a body of 100 bytes would hold on to 64 KiB that no bound knows of.
 */
export function compactBody(entry: KeptEntry): KeptEntry {
  const { body } = entry;
  const spare = body.buffer.byteLength - body.byteLength;
  if (spare <= body.byteLength / 8) return entry;
  const own = Buffer.allocUnsafeSlow(body.byteLength);
  body.copy(own);
  return { ...entry, body: own };
}
