/** An attempt whose body is handed over as it comes, no faster than it is taken. */
import type { Dispatcher } from "undici";
import { UpstreamError } from "../../core/errors.ts";
import { FREED_BYTES } from "../../core/free-memory.ts";
import type { AnswerHeaders } from "../../core/operation.ts";
import type { AnswerStream, BodySink, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { Attempt } from "./attempt.ts";
import { Reads } from "./reads.ts";

/** What may wait in memory for a reader before the service is made to wait. */
const MAX_WAITING_BYTES = 65_536;

/** Why a reader that stops early ends the transfer; nobody sees it. */
const DISCARDED = new Error("discarded");

export class StreamAttempt extends Attempt implements AnswerStream {
  readonly #isAlone: boolean;
  /** From the first that is worth it. */
  #reads: Reads | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #sink: BodySink | undefined;
  #paused = false;
  #ended = false;
  #error: unknown;
  /** An iterator that waits for the next chunk. */
  #wake: (() => void) | undefined;
  #closed: Promise<void> | undefined;
  #close: (() => void) | undefined;

  /** `isAlone`: each read of a connection has memory of its own. */
  constructor(
    call: UpstreamCall,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
    isAlone = false,
  ) {
    super(call, resolve, reject);
    this.#isAlone = isAlone;
  }

  get closed(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      if (this.over) resolve();
      else this.#close = resolve;
    });
    return this.#closed;
  }

  get cut(): boolean {
    return this.#error instanceof UpstreamError && this.#error.code === "service-failed";
  }

  pipe(sink: BodySink): void {
    this.#take();
    this.#sink = sink;
    this.#flush();
  }

  resume(): void {
    this.#paused = false;
    this.#flush();
  }

  discard(): void {
    this.#waiting = [];
    this.fail(DISCARDED);
  }

  release(chunk: Buffer): void {
    this.#reads?.release(chunk);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, undefined> {
    this.#take();
    try {
      for (;;) {
        const chunk = this.#waiting.shift();
        if (chunk !== undefined) {
          this.#waitingBytes -= chunk.length;
          if (this.#waiting.length === 0) this.controller?.resume();
          yield chunk;
        } else if (this.#error !== undefined) {
          throw this.#error;
        } else if (this.#ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.discard();
    }
  }

  protected override head(status: number, headers: AnswerHeaders): void {
    // Always: a body that nobody begins to read would hold its connection for ever.
    this.arm();
    this.resolve({ status, headers, body: this });
  }

  override onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over) return;
    if (this.#sink !== undefined && chunk.buffer.byteLength >= FREED_BYTES) {
      this.#reads ??= new Reads(this.#isAlone);
      this.#reads.add(chunk);
    }
    if (this.#sink !== undefined && !this.#paused && this.#waiting.length === 0) {
      if (!this.#sink.chunk(chunk)) {
        this.#paused = true;
        controller.pause();
      }
      return;
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#paused || this.#waitingBytes > MAX_WAITING_BYTES) controller.pause();
    this.#wakeReader();
  }

  override onResponseEnd(): void {
    if (!this.finish()) return;
    this.#ended = true;
    this.#settle();
  }

  protected override failed(error: unknown): void {
    if (!this.headed) this.reject(error);
    this.#error = error;
    this.#settle();
  }

  /** Somebody reads: from here on only the deadline and the service's silence end the transfer. */
  #take(): void {
    this.disarm();
  }

  #flush(): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    // A short answer has come as a whole before anybody takes it.
    if (this.#ended && this.#waiting.length === 1 && sink.last !== undefined) {
      this.#sink = undefined;
      sink.last(this.#waiting.pop() as Buffer);
      return;
    }
    while (this.#waiting.length > 0 && !this.#paused) {
      const chunk = this.#waiting.shift() as Buffer;
      this.#waitingBytes -= chunk.length;
      if (!sink.chunk(chunk)) this.#paused = true;
    }
    if (this.#paused) return;
    if (this.over) this.#finishSink(sink);
    else this.controller?.resume();
  }

  #settle(): void {
    this.#close?.();
    this.#wakeReader();
    const sink = this.#sink;
    if (sink !== undefined && (this.#error !== undefined || this.#waiting.length === 0)) {
      this.#finishSink(sink);
    }
  }

  #finishSink(sink: BodySink): void {
    this.#sink = undefined;
    if (this.#ended) sink.end();
    else if (this.#error !== DISCARDED) sink.fail(asError(this.#error));
  }

  #wakeReader(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error
    ? reason
    : new Error("the transfer was aborted", { cause: reason });
}
