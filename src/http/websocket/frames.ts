/** The frames of WebSocket (RFC 6455 §5.2), as a proxy needs them: where one ends, and a Close frame of its own. */
import type { StreamBoundary } from "../stream-boundary.ts";

const CLOSE = 0x8;
const FIN = 0x80;
const MASKED = 0x80;
/** RFC 6455 §5.5: what a control frame may carry. */
const MAX_CONTROL = 125;

/**
 * Follows the frames of one direction by their heads; payloads are counted, never looked at, so it takes a few numbers
 * whatever comes. Control frames may stand between the fragments of a message (§5.4): behind every frame there is room
 * for one.
 */
export class FrameBoundary implements StreamBoundary {
  isBetween = true;
  /** A Close frame has come whole. */
  sawClose = false;
  /** What came is no frame: there is no telling where the next one begins. */
  isLost = false;
  #opcode = 0;
  /** Bytes of the head so far, and in all. */
  #have = 0;
  #head = 2;
  /** Where the mask begins; before it come the bytes of the length. */
  #lengthEnd = 2;
  /** Of the payload, still to come. */
  #left = 0;

  next(chunk: Uint8Array, start: number): number {
    let at = start;
    while (at < chunk.length && !this.isLost) {
      if (this.#have < this.#head) {
        this.#take(chunk[at] ?? 0);
        at += 1;
      } else {
        const bytes = Math.min(this.#left, chunk.length - at);
        this.#left -= bytes;
        at += bytes;
      }
      if (this.#have === this.#head && this.#left === 0) {
        this.#end();
        return at;
      }
    }
    return chunk.length;
  }

  /** One byte of the head. */
  #take(byte: number): void {
    if (this.#have === 0) {
      this.isBetween = false;
      this.#opcode = byte & 0x0f;
      // §5.2: 3 to 7 and 11 to 15 are reserved; §5.5: a control frame is never in pieces.
      if ((this.#opcode & 0x7) > 2) this.isLost = true;
      if (this.#opcode >= CLOSE && (byte & FIN) === 0) this.isLost = true;
    } else if (this.#have === 1) {
      const length = byte & 0x7f;
      if (this.#opcode >= CLOSE && length > MAX_CONTROL) this.isLost = true;
      this.#left = length < 126 ? length : 0;
      this.#lengthEnd = length === 126 ? 4 : length === 127 ? 10 : 2;
      this.#head = this.#lengthEnd + ((byte & MASKED) === 0 ? 0 : 4);
    } else if (this.#have < this.#lengthEnd) {
      this.#left = this.#left * 256 + byte;
      if (this.#left > Number.MAX_SAFE_INTEGER) this.isLost = true;
    }
    this.#have += 1;
  }

  #end(): void {
    this.isBetween = true;
    this.#have = 0;
    this.#head = 2;
    this.#lengthEnd = 2;
    if (this.#opcode === CLOSE) this.sawClose = true;
  }
}

/**
 * A Close frame (§5.5.1).
 * @param mask four bytes, as every frame towards a server has; undefined: towards a client.
 */
export function closeFrame(code: number, mask: Uint8Array | undefined): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  if (mask === undefined) return Buffer.concat([Buffer.of(FIN | CLOSE, 2), payload]);
  // §5.3
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.of(FIN | CLOSE, MASKED | 2), mask, masked]);
}
