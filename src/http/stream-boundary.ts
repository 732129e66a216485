/** Where an answer that goes on and on can end without cutting anything in two: between two events, between two lines. */

/** Follows the bytes of a stream. */
export interface StreamBoundary {
  /** Nothing has begun that has not ended; so it is before the first byte. */
  readonly isBetween: boolean;
  /**
   * Follows a chunk from `start` on to the first place in it where something has ended.
   * @returns the index behind that place; the chunk's length where there is none.
   */
  next(chunk: Uint8Array, start: number): number;
}

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;

/** Server-sent events (HTML Living Standard §9.2.5): an event ends with an empty line; a comment is none. */
export class EventBoundary implements StreamBoundary {
  isBetween = true;
  #isLineStart = true;
  /** The line is a comment, and began between two events. */
  #isComment = false;
  #wasCr = false;

  next(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === LF && this.#wasCr) {
        // The second half of a line's end.
        this.#wasCr = false;
        if (this.isBetween) return at + 1;
      } else if (byte === LF || byte === CR) {
        this.#wasCr = byte === CR;
        this.#endLine();
        // A line feed that follows belongs to the line's end.
        if (this.isBetween && !(byte === CR && chunk[at + 1] === LF)) return at + 1;
      } else {
        this.#wasCr = false;
        if (this.#isLineStart) {
          this.#isComment = byte === COLON && this.isBetween;
          this.#isLineStart = false;
          this.isBetween = false;
        }
      }
    }
    return chunk.length;
  }

  #endLine(): void {
    if (this.#isLineStart || this.#isComment) this.isBetween = true;
    this.#isLineStart = true;
    this.#isComment = false;
  }
}

/** NDJSON: one JSON text a line. */
export class LineBoundary implements StreamBoundary {
  isBetween = true;

  next(chunk: Uint8Array, start: number): number {
    const at = chunk.indexOf(LF, start);
    if (start >= chunk.length) return chunk.length;
    this.isBetween = at >= 0;
    return at < 0 ? chunk.length : at + 1;
  }
}

/** Follows a whole chunk. */
export function followAll(boundary: StreamBoundary, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) at = boundary.next(chunk, at);
}
