/** A body that is in memory already, handed over as a stream. */
import type { AnswerStream, BodySink } from "../send.ts";

const CLOSED = Promise.resolve();

export class KeptStream implements AnswerStream {
  readonly #body: Buffer;
  readonly closed: Promise<void> = CLOSED;

  constructor(body: Buffer) {
    this.#body = body;
  }

  pipe(sink: BodySink): void {
    // Whatever the sink thinks of the length: it is in memory anyway.
    if (this.#body.length > 0) sink.chunk(this.#body);
    sink.end();
  }

  resume(): void {}

  discard(): void {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    if (this.#body.length > 0) yield this.#body;
  }
}
