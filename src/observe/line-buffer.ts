/** Lines that wait to be written together. */

/** A write for each line would cost as much as the line; more than this is written at once. */
const SIZE = 65_536;
/** UTF-8 takes at most three bytes for a UTF-16 code unit (RFC 3629 §3). */
const MAX_BYTES_PER_UNIT = 3;

/**
 * Lines as bytes, in order. Not as one growing text: the pieces that a text is put together from live until it is
 * written, and the garbage collector carries them about until then.
 */
export class LineBuffer {
  readonly #write: (lines: Uint8Array) => void;
  #bytes: Buffer | undefined;
  #length = 0;

  /** @param write is handed the lines, and keeps them. */
  constructor(write: (lines: Uint8Array) => void) {
    this.#write = write;
  }

  /** Takes a line, and writes those before it when there is no room for one more. */
  add(line: string): void {
    if (this.#length + line.length * MAX_BYTES_PER_UNIT > SIZE) this.flush();
    if (line.length * MAX_BYTES_PER_UNIT > SIZE) {
      this.#write(Buffer.from(line));
      return;
    }
    this.#bytes ??= Buffer.allocUnsafeSlow(SIZE);
    this.#length += this.#bytes.write(line, this.#length, "utf8");
  }

  /** Writes what waits. */
  flush(): void {
    if (this.#bytes === undefined) return;
    const lines = this.#bytes.subarray(0, this.#length);
    this.#bytes = undefined;
    this.#length = 0;
    this.#write(lines);
  }
}
