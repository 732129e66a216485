/** What a streamed body was read into, piece by piece: its memory is freed once all that is in it has gone on. */
import { freeMemory } from "../../core/free-memory.ts";

/** One read of a connection: the framing of chunks stands between the parts of the body (RFC 9112 §7.1). */
interface Read {
  readonly memory: ArrayBufferLike;
  /** Of the body. */
  bytes: number;
  parts: number;
}

/** Line ends and the length of a chunk up to 16 MB, without extensions. */
const FRAMING_BYTES = 12;
/** More are not under way unless nobody ever releases them, and those are the collector's. */
const MOST = 16;

/**
 * The reads of one body on a connection of its own. A read is over when a later one has come: a connection is read in
 * order, and what the parser puts back for a pause comes again before the next. What is freed must be full of this body, up to
 * the framing: undici has an empty buffer of its own for all answers, and the first read holds the head. Node.js 26 puts what
 * several TLS connections have read into one piece of memory: there a read has to be one part of the body, and all of it.
 */
export class Reads {
  readonly #isAlone: boolean;
  readonly #reads: Read[] = [];

  /** `isAlone`: each read has memory of its own. */
  constructor(isAlone: boolean) {
    this.#isAlone = isAlone;
  }

  /** A part of the body has come, in a read that is worth the trouble. */
  add({ buffer, byteLength }: Buffer): void {
    const last = this.#reads.at(-1);
    if (last?.memory === buffer) {
      last.bytes += byteLength;
      last.parts += 1;
      return;
    }
    this.#reads.push({ memory: buffer, bytes: byteLength, parts: 1 });
    if (this.#reads.length > MOST) this.#reads.shift();
  }

  /** This part and all before it have gone on. */
  release({ buffer, byteLength }: Buffer): void {
    const index = this.#reads.findIndex(({ memory }) => memory === buffer);
    if (index === -1) return;
    // A read that is one part is over as well.
    const isWhole = byteLength === buffer.byteLength;
    for (const read of this.#reads.splice(0, isWhole ? index + 1 : index)) {
      if (this.#isFull(read)) freeMemory(read.memory);
    }
  }

  #isFull({ memory: { byteLength }, bytes, parts }: Read): boolean {
    if (!this.#isAlone) return parts === 1 && bytes === byteLength;
    return bytes + (parts + 1) * FRAMING_BYTES >= byteLength;
  }
}
