/** Requests and answers of HTTP/2 in the form that those of HTTP/1.1 have, where Node.js' own form differs. */
import {
  constants,
  Http2ServerRequest,
  Http2ServerResponse,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import type { ReadableOptions } from "node:stream";

const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;

// The types make fields of getters, and `Omit` makes fields of methods: what is overridden here is told anew.
interface Pushing {
  push(chunk: unknown, encoding?: BufferEncoding): boolean;
}
interface Setting {
  setHeader(name: string, value: number | string | readonly string[]): void;
}
const Request = Http2ServerRequest as unknown as new (
  ...of: RequestParameters
) => Omit<Http2ServerRequest, "complete" | "headers" | "rawHeaders" | "push"> & Pushing;
type RequestParameters = readonly [
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  options: ReadableOptions,
  rawHeaders: readonly string[],
];

/** Without pseudo-header fields; `:authority` is the Host (RFC 9113 §8.3.1). */
export class Http2Request extends Request {
  /** Of the body. */
  bytesCome = 0;
  #ended = false;
  readonly #given: IncomingHttpHeaders;
  readonly #rawGiven: readonly string[];
  #fields: IncomingHttpHeaders | undefined;
  #rawFields: string[] | undefined;

  constructor(...of: RequestParameters) {
    super(...of);
    this.#given = of[1];
    this.#rawGiven = of[3];
  }

  /** Nothing more of the body is to come. */
  get complete(): boolean {
    return this.#ended || this.stream.endAfterHeaders;
  }

  get headers(): IncomingHttpHeaders {
    this.#fields ??= plainFields(this.#given);
    return this.#fields;
  }

  get rawHeaders(): string[] {
    this.#rawFields ??= plainRawFields(this.#rawGiven);
    return this.#rawFields;
  }

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk === null && !this.complete) {
      // Node.js ends the body of a stream that was reset as if it were whole.
      if (this.stream.aborted || this.stream.closed) {
        this.destroy(new Error("the body ended early"));
        return false;
      }
      this.#ended = true;
    }
    if (Buffer.isBuffer(chunk)) this.bytesCome += chunk.length;
    return super.push(chunk, encoding);
  }
}

function plainFields(given: IncomingHttpHeaders): IncomingHttpHeaders {
  const fields: IncomingHttpHeaders = {};
  for (const name of Object.keys(given)) {
    if (!name.startsWith(":")) fields[name] = given[name];
  }
  const authority = given[":authority"];
  if (authority !== undefined) fields.host = String(authority);
  return fields;
}

/** A Host field that says the same as `:authority` is left out; another one makes two of them, which is refused. */
function plainRawFields(given: readonly string[]): string[] {
  const fields: string[] = [];
  let authority: string | undefined;
  for (let at = 0; at < given.length; at += 2) {
    const name = given[at] ?? "";
    const value = given[at + 1] ?? "";
    if (name === ":authority") {
      authority = value;
      fields.push("host", value);
    } else if (!name.startsWith(":") && !(name === "host" && value === authority)) {
      fields.push(name, value);
    }
  }
  return fields;
}

const Response = Http2ServerResponse as unknown as new (
  stream: ServerHttp2Stream,
  options: object,
) => Omit<Http2ServerResponse, "destroyed" | "destroy" | "setHeader" | "writableFinished"> &
  Setting;

export class Http2Response extends Response {
  get destroyed(): boolean {
    return this.stream === undefined || this.stream.destroyed;
  }

  /** Node.js says so of a stream that was reset as well. */
  get writableFinished(): boolean {
    const { stream } = this;
    return this.writableEnded && stream.writableFinished && stream.rstCode === NGHTTP2_NO_ERROR;
  }

  /** RFC 9113 §8.2.2: there are no fields of the connection. Node.js would warn of each. */
  override setHeader(name: string, value: number | string | readonly string[]): void {
    if (name.length !== 10 || name.toLowerCase() !== "connection") super.setHeader(name, value);
  }

  /** Half of an answer must not look like a whole one: Node.js would reset the stream without an error. */
  destroy(): this {
    const { stream } = this;
    if (stream !== undefined && !stream.closed) stream.close(NGHTTP2_INTERNAL_ERROR);
    return this;
  }
}
