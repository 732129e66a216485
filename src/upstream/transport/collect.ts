/** An attempt whose answer is read whole, up to a limit. */
import type { Dispatcher } from "undici";
import type { AnswerHeaders } from "../../core/operation.ts";
import { mayBeKept } from "../cache/how-kept.ts";
import type { UpstreamAnswer, UpstreamCall } from "../send.ts";
import { Attempt } from "./attempt.ts";
import { tooLong } from "./failures.ts";

const EMPTY = Buffer.alloc(0);

export class CollectAttempt extends Attempt {
  readonly #maxBytes: number;
  #status = 0;
  #headers: AnswerHeaders = {};
  #first: Buffer | undefined;
  #more: Buffer[] | undefined;
  #bytes = 0;

  constructor(
    call: UpstreamCall,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
    maxBytes: number,
  ) {
    super(call, resolve, reject);
    this.#maxBytes = maxBytes;
  }

  protected override head(status: number, headers: AnswerHeaders): void {
    this.#status = status;
    this.#headers = headers;
    // Refused before a byte of it is kept. The answer to HEAD only tells the length (RFC 9110 §9.3.2).
    const length = headers["content-length"];
    if (length !== undefined && Number(length) > this.#maxBytes && this.call.method !== "HEAD") {
      this.#tooLong();
    }
  }

  override onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.#tooLong();
    else if (this.#first === undefined) this.#first = chunk;
    else if (this.#more === undefined) this.#more = [this.#first, chunk];
    else this.#more.push(chunk);
  }

  override onResponseEnd(): void {
    if (!this.finish()) return;
    const body =
      this.#more === undefined ? (this.#first ?? EMPTY) : Buffer.concat(this.#more, this.#bytes);
    const status = this.#status;
    const headers = this.#headers;
    const { read } = this.call;
    this.#first = undefined;
    this.#more = undefined;
    if (read === undefined) {
      this.resolve({ status, headers, body });
      return;
    }
    try {
      const value = read(status, headers, body);
      const bytes = body.length;
      const kept = mayBeKept(this.call, headers) ? body : EMPTY;
      this.resolve(new ReadAnswer(status, headers, kept, value, bytes));
    } catch (error) {
      this.reject(error);
    }
  }

  protected override failed(error: unknown): void {
    this.reject(error);
  }

  #tooLong(): void {
    this.#first = undefined;
    this.#more = undefined;
    this.fail(tooLong(this.call, this.#maxBytes));
  }
}

/** A class for the reason of `OperationCall`. */
class ReadAnswer implements UpstreamAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  readonly value: unknown;
  readonly bytes: number;

  constructor(status: number, headers: AnswerHeaders, body: Buffer, value: unknown, bytes: number) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.value = value;
    this.bytes = bytes;
  }
}
