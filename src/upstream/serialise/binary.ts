/** Bodies that are bytes, and what counts as bytes. */
import type { BinaryInput } from "../../core/operation.ts";
import { isRange } from "../../http/media-type.ts";
import type { MediaPlan } from "../plan.ts";
import type { CallBody } from "../send.ts";
import type { WriteBody } from "./body.ts";
import { impossibleInput, type Place } from "./place.ts";

/** Whether a value can be sent as a file or a binary body. */
export function isBinary(value: unknown): value is BinaryInput {
  if (typeof value !== "object" || value === null) return false;
  return (
    value instanceof Uint8Array ||
    value instanceof ArrayBuffer ||
    value instanceof Blob ||
    Symbol.asyncIterator in value
  );
}

/** The bytes of a binary value, streamed where they are not in memory. */
export function bytesOf(value: BinaryInput): Uint8Array | AsyncIterable<Uint8Array> {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof Blob) return value.stream() as AsyncIterable<Uint8Array>;
  return value;
}

/** Length in bytes, where it is known before sending. */
export function lengthOf(value: BinaryInput): number | undefined {
  if (value instanceof Blob) return value.size;
  return value instanceof Uint8Array || value instanceof ArrayBuffer ? value.byteLength : undefined;
}

/** Compiles `binary`. A Blob brings its type where the document leaves it open; a stream of unknown length is chunked. */
export function compileBinary(_media: MediaPlan, place: Place): WriteBody {
  return function writeBinary(value, contentType, fields): CallBody {
    const blobType = value instanceof Blob ? value.type : "";
    fields["content-type"] = isRange(contentType)
      ? blobType || "application/octet-stream"
      : contentType;
    if (typeof value === "string") return value;
    if (!isBinary(value)) {
      throw impossibleInput(
        place,
        "must be a Uint8Array, ArrayBuffer, Blob, async iterable of bytes or string",
      );
    }
    const length = lengthOf(value);
    if (value instanceof Blob) fields["content-length"] = String(length);
    return bytesOf(value);
  };
}
