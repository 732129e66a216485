/** One request and its answer on a stream of HTTP/2 (RFC 9113 §8). */
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from "node:http2";
import type { Dispatcher } from "undici";

export interface ExchangeHooks {
  /** Its place on the connection is free. */
  over(): void;
  /** It was refused before anybody looked at it (RFC 9113 §8.7); true: somebody else takes care of it. */
  refused(): boolean;
  /** It was given up without a sign of life from the service. */
  silent(): void;
}

type Handler = Required<
  Pick<
    Dispatcher.DispatchHandler,
    "onRequestStart" | "onResponseStart" | "onResponseData" | "onResponseEnd" | "onResponseError"
  >
>;

/** RFC 9113 §8.2.2: of a connection of HTTP/1.1, and errors here. `host` is `:authority`. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = constants;

export class Exchange implements Dispatcher.DispatchController {
  readonly #options: Dispatcher.DispatchOptions;
  readonly #handler: Handler;
  readonly #hooks: ExchangeHooks;
  #stream: ClientHttp2Stream | undefined;
  #isOver = false;
  #isHeaded = false;
  /** Bytes of the body that the head has promised; undefined: it has not said. */
  #leftBytes: number | undefined;
  aborted = false;
  paused = false;
  reason: Error | null = null;

  constructor(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
    hooks: ExchangeHooks,
  ) {
    this.#options = options;
    this.#handler = handler as Handler;
    this.#hooks = hooks;
  }

  begin(session: ClientHttp2Session, origin: URL): void {
    const { body, bodyTimeout } = this.#options;
    this.#handler.onRequestStart(this, undefined);
    if (this.#isOver) return;
    let stream: ClientHttp2Stream;
    try {
      const isEmpty = body === null || body === undefined;
      stream = session.request(headOf(this.#options, origin), { endStream: isEmpty });
    } catch (error) {
      this.#fail(cannotBeSent(error));
      return;
    }
    this.#stream = stream;
    // Interim answers (RFC 9110 §15.2), of which there may be several.
    stream.on("headers", (headers) => this.#head(headers));
    stream.on("response", (headers) => {
      if (typeof bodyTimeout === "number" && bodyTimeout > 0) this.#watchSilence(bodyTimeout);
      this.#head(headers);
    });
    stream.on("data", (chunk: Buffer) => this.#data(chunk));
    stream.on("end", () => this.#end(stream));
    stream.on("error", (error) => this.#broken(stream, causeOf(error)));
    stream.on("close", () => {
      this.#broken(stream, new Error(`the stream was closed with the code ${stream.rstCode}`));
    });
    if (body !== null && body !== undefined) void this.#write(stream, body);
  }

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
    if (!this.#finish()) return;
    this.#stream?.close(NGHTTP2_CANCEL);
    if (!this.#isHeaded) this.#hooks.silent();
  }

  pause(): void {
    this.paused = true;
    this.#stream?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#stream?.resume();
  }

  #head(headers: IncomingHttpHeaders): void {
    if (this.#isOver) return;
    const { ":status": status = 0, ...fields } = headers;
    const code = Number(status);
    if (code >= 200) {
      this.#isHeaded = true;
      const length = fields["content-length"];
      const hasBody = this.#options.method !== "HEAD" && code !== 204 && code !== 304;
      if (hasBody && length !== undefined) this.#leftBytes = Number(length);
    }
    this.#handler.onResponseStart(this, code, fields);
  }

  #data(chunk: Buffer): void {
    if (this.#isOver) return;
    if (this.#leftBytes !== undefined) this.#leftBytes -= chunk.length;
    this.#handler.onResponseData(this, chunk);
  }

  /**
   * Node.js ends a stream that is reset as well: only its code tells the two apart. Of one that is reset with NO_ERROR
   * before its end, against RFC 9113 §8.1, only a length that was promised does.
   */
  #end(stream: ClientHttp2Stream): void {
    if (stream.rstCode !== NGHTTP2_NO_ERROR || !this.#isHeaded) return;
    if (this.#leftBytes !== undefined && this.#leftBytes !== 0) {
      this.#broken(stream, new Error("the body is not as long as its head has said"));
      return;
    }
    if (!this.#finish()) return;
    // RFC 9113 §8.1: the answer is complete before the request is; nobody reads the rest.
    if (!stream.writableEnded) stream.close(NGHTTP2_NO_ERROR);
    this.#handler.onResponseEnd(this, {});
  }

  #broken({ rstCode }: ClientHttp2Stream, error: Error): void {
    if (this.#isOver) return;
    const isUnseen = rstCode === NGHTTP2_REFUSED_STREAM && !this.#isHeaded;
    if (isUnseen && isKept(this.#options.body) && this.#hooks.refused()) {
      this.#isOver = true;
      this.#hooks.over();
      return;
    }
    this.#fail(error);
  }

  #fail(error: Error): void {
    if (!this.#finish()) return;
    this.#stream?.close(NGHTTP2_CANCEL);
    this.#handler.onResponseError(this, error);
  }

  #finish(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#hooks.over();
    return true;
  }

  #watchSilence(bodyTimeout: number): void {
    this.#stream?.setTimeout(bodyTimeout, () => {
      // Whoever does not read is not kept waiting by the service.
      if (this.paused) this.#watchSilence(bodyTimeout);
      else this.#fail(silence());
    });
  }

  async #write(
    stream: ClientHttp2Stream,
    body: NonNullable<Dispatcher.DispatchOptions["body"]>,
  ): Promise<void> {
    if (typeof body === "string" || body instanceof Uint8Array) {
      stream.end(body);
      return;
    }
    try {
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        if (this.#isOver) return;
        if (!stream.write(chunk)) await drained(stream);
      }
      stream.end();
    } catch (error) {
      this.#fail(error as Error);
    }
  }
}

/** Whether a body can be sent a second time. */
function isKept(body: Dispatcher.DispatchOptions["body"]): boolean {
  return body === null || body === undefined || typeof body === "string" || Buffer.isBuffer(body);
}

function headOf(
  { method, path, headers, body }: Dispatcher.DispatchOptions,
  origin: URL,
): OutgoingHttpHeaders {
  const head: OutgoingHttpHeaders = {
    ":method": method,
    ":scheme": origin.protocol.slice(0, -1),
    ":authority": origin.host,
    ":path": path,
  };
  for (const [name, value] of Object.entries(headers as Record<string, string | string[]>)) {
    if (!OF_CONNECTION.has(name)) head[name] = value;
  }
  if (typeof body === "string") head["content-length"] = String(Buffer.byteLength(body));
  else if (body instanceof Uint8Array) head["content-length"] = String(body.byteLength);
  return head;
}

/** Resolves when more can be written, or nothing more will be. */
function drained(stream: ClientHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off("drain", done).off("close", done);
      resolve();
    };
    stream.on("drain", done).on("close", done);
  });
}

/** A stream that waited for its connection is told that it was cancelled; why, its cause says. */
function causeOf(error: Error): Error {
  return error.cause instanceof Error ? error.cause : error;
}

/** As undici says it, for the table of failures. */
function cannotBeSent(error: unknown): Error {
  const { message } = error as Error;
  return Object.assign(new Error(message, { cause: error }), { code: "UND_ERR_INVALID_ARG" });
}

function silence(): Error {
  return Object.assign(new Error("the body stopped"), { code: "UND_ERR_BODY_TIMEOUT" });
}
