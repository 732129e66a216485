/** A body on its way to its reader, of which a copy is made for the cache. */
import type { AnswerStream, BodySink } from "../send.ts";
import { ownBytes } from "./kept-answer.ts";

/** What becomes of the copy: the whole body, or undefined when it will never be whole. Called once. */
export type Settle = (body: Buffer | undefined) => void;

/**
 * The reader gets every byte, whatever becomes of the copy. While there is one, the service is read as fast as it
 * answers: others wait for the copy, and a slow reader must not keep them.
 */
export class StoringStream implements AnswerStream, BodySink {
  readonly #inner: AnswerStream;
  readonly #maxBytes: number;
  #settle: Settle | undefined;
  #copy: Buffer[] = [];
  #bytes = 0;
  #sink: BodySink | undefined;
  /** What the reader has not taken yet. */
  #waiting: Buffer[] = [];
  #paused = false;
  #ended = false;
  #taken = false;

  /** @param abandoned is told of a body that is over, or has broken off, while nobody reads it */
  constructor(inner: AnswerStream, maxBytes: number, settle: Settle, abandoned: () => void) {
    this.#inner = inner;
    this.#maxBytes = maxBytes;
    this.#settle = settle;
    const tell = (): void => {
      if (!this.#taken) abandoned();
    };
    // A short body is over before anyone could have begun to read it.
    void inner.closed?.then(() => {
      if (!this.#taken) setImmediate(tell);
    });
  }

  get closed(): Promise<void> {
    return this.#inner.closed ?? Promise.resolve();
  }

  pipe(sink: BodySink): void {
    this.#sink = sink;
    this.keepOnly();
  }

  /** Reads the body, without a reader for the copy alone. */
  keepOnly(): void {
    this.#taken = true;
    this.#inner.pipe(this);
  }

  resume(): void {
    this.#paused = false;
    while (!this.#paused) {
      const chunk = this.#waiting.shift();
      if (chunk === undefined) break;
      if (this.#sink?.chunk(chunk) === false) this.#paused = true;
    }
    if (this.#paused) return;
    if (this.#ended) this.#finish();
    else this.#inner.resume();
  }

  /** What was copied, or will not be, is nobody's but the reader's. */
  release(chunk: Buffer): void {
    if (this.#settle === undefined) this.#inner.release?.(chunk);
  }

  discard(): void {
    this.#done(undefined);
    this.#inner.discard();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    this.#taken = true;
    try {
      for await (const chunk of this.#inner) {
        this.#take(chunk);
        yield chunk;
      }
      this.#whole();
    } finally {
      this.#done(undefined);
    }
  }

  chunk(chunk: Buffer): boolean {
    this.#take(chunk);
    if (this.#sink === undefined) {
      if (this.#settle === undefined) this.#inner.discard();
      return this.#settle !== undefined;
    }
    if (this.#paused) this.#waiting.push(chunk);
    else if (!this.#sink.chunk(chunk)) this.#paused = true;
    return !this.#paused || this.#settle !== undefined;
  }

  end(): void {
    // First: who asks again as soon as the answer is there finds it.
    this.#whole();
    this.#ended = true;
    if (!this.#paused) this.#finish();
  }

  fail(error: Error): void {
    // RFC 9111 §3.3: an incomplete answer is no answer.
    this.#done(undefined);
    const sink = this.#sink;
    this.#sink = undefined;
    sink?.fail(error);
  }

  #finish(): void {
    const sink = this.#sink;
    this.#sink = undefined;
    sink?.end();
  }

  #take(chunk: Buffer): void {
    if (this.#settle === undefined) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.#done(undefined);
    else this.#copy.push(chunk);
  }

  #whole(): void {
    if (this.#settle !== undefined) this.#done(ownBytes(this.#copy, this.#bytes));
  }

  #done(body: Buffer | undefined): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#copy = [];
    settle?.(body);
  }
}
