/** Pieces of a body that have been handed to whoever sends them on, and whose memory is free once they must have gone. */
import { FREED_BYTES, freeMemory, isWhole } from "../core/free-memory.ts";

/**
 * Who sends on asks for more while less than a high-water mark waits to be written: 64 KB at the most, in undici and in
 * Node.js. What is this far behind has been written; several times that, because nothing may be freed too early.
 */
const BEHIND_BYTES = 262_144;

export class PassedOn {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  /** The next piece was asked for: `chunk` was taken. */
  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    for (;;) {
      const [oldest] = this.#chunks;
      if (oldest === undefined || this.#bytes - oldest.byteLength < BEHIND_BYTES) return;
      this.#chunks.shift();
      this.#bytes -= oldest.byteLength;
      if (oldest.byteLength >= FREED_BYTES && isWhole(oldest)) freeMemory(oldest.buffer);
    }
  }
}
