/** The part of `Response` (Fetch Standard §5.5) that openapi-fetch and its users read, without the price of the real one. */
import { contentTypeOf } from "./read/answer.ts";
import { decodeText } from "./read/text.ts";
import type { AnswerStream, UpstreamAnswer } from "./send.ts";

export class ThinResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly statusText = "";
  readonly redirected = false;
  readonly type = "default";
  readonly #answer: UpstreamAnswer;
  #headers: Headers | undefined;
  #stream: ReadableStream<Uint8Array> | undefined;

  constructor(answer: UpstreamAnswer) {
    this.#answer = answer;
    this.status = answer.status;
    this.ok = answer.status >= 200 && answer.status < 300;
  }

  get headers(): Headers {
    this.#headers ??= headersOf(this.#answer);
    return this.#headers;
  }

  /** Nothing has read the body yet. */
  get isRaw(): boolean {
    return !("value" in this.#answer);
  }

  /** The body as the operation's plan reads it. */
  value(): unknown {
    return this.#answer.value;
  }

  get body(): ReadableStream<Uint8Array> | null {
    const { body } = this.#answer;
    this.#stream ??= toWebStream(Buffer.isBuffer(body) ? once(body) : body);
    return this.#stream;
  }

  async json(): Promise<unknown> {
    return this.value();
  }

  async text(): Promise<string> {
    return decodeText(await this.#bytes(), contentTypeOf(this.#answer.headers));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.#bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    const type = contentTypeOf(this.#answer.headers);
    return new Blob([new Uint8Array(await this.#bytes())], { type });
  }

  clone(): ThinResponse {
    return new ThinResponse(this.#answer);
  }

  async #bytes(): Promise<Uint8Array> {
    const { body } = this.#answer;
    if (Buffer.isBuffer(body)) return body;
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
}

function headersOf({ headers }: UpstreamAnswer): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) result.append(name, one);
  }
  return result;
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  if (body.length > 0) yield body;
}

/** Pulls from an iterable only when it is read (Streams Standard §4.2), and ends it when it is cancelled. */
function toWebStream(chunks: AsyncIterable<Uint8Array> | AnswerStream): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
      async cancel() {
        await iterator.return?.(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
