/** The types that generated clients are written in: one function type an operation, answers by status. */
import type { Duration } from "./duration.ts";
import type { CachePolicy } from "./policies.ts";

/** Every status code that has a name (IANA registry), so that `default` answers can exclude the declared ones. */
export type StatusCode =
  | InformationalCode
  | SuccessCode
  | RedirectCode
  | ClientErrorCode
  | ServerErrorCode;
export type InformationalCode = 100 | 101 | 102 | 103;
export type SuccessCode = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;
export type RedirectCode = 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;
export type ClientErrorCode =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 407
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 418
  | 421
  | 422
  | 423
  | 424
  | 425
  | 426
  | 428
  | 429
  | 431
  | 451;
export type ServerErrorCode = 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;

/** What a service answered: narrow it by `status`. */
export interface Answer<Status extends number, Body> {
  readonly status: Status;
  readonly body: Body;
  /** Lower-case names; a field that came more than once is an array. */
  readonly headers: AnswerHeaders;
}

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** One event of a `text/event-stream` answer (HTML Living Standard §9.2). */
export interface ServerSentEvent<Data = string> {
  readonly event?: string;
  readonly data: Data;
  readonly id?: string;
  readonly retry?: number;
}

/** What can be sent as a file or a binary body. */
export type BinaryInput = Uint8Array | ArrayBuffer | Blob | AsyncIterable<Uint8Array>;

/** What can be said about one call, beside its input. */
export interface CallOptions {
  /** Ends this call's attempts; default: the service's `timeout`, never later than the request's deadline. */
  readonly timeout?: Duration;
  /** A value kept from an earlier good answer may stand in for a failed call for this long. Default: never. */
  readonly stale?: Duration;
  /** The answer is kept for this long, whatever its own header fields say; `false`: it is not kept. */
  readonly cache?: CachePolicy;
  /** A call of an idempotent operation that has no answer after this time is sent a second time. Default: never. */
  readonly hedge?: Duration;
  /** `false`: no second attempt. */
  readonly retry?: false;
  /** Ends this call, beside the request's own signal. */
  readonly signal?: AbortSignal;
  /** Header fields sent in addition to the operation's own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** {@link CallOptions} with a value that stands in for a failed call; the answer is then degraded. */
export interface FallbackOptions<Fallback> extends CallOptions {
  readonly fallback?: Fallback;
}

/**
 * An operation of a service as a function.
 *
 * Resolves to the body of the 2xx answer.
 * @throws UpstreamError with service, operation, status and the service's problem, for every other answer and every
 * failure, unless `fallback` is given; its type then joins the result's type.
 */
export interface Operation<Input, Body, Result> {
  <const Fallback = never>(
    input: Input,
    options?: FallbackOptions<Fallback>,
  ): Promise<Body | Fallback>;
  /** Resolves to a union narrowed by `status` instead of throwing for an answer outside 2xx. */
  result(input: Input, options?: CallOptions): Promise<Result>;
}

/** An {@link Operation} whose input may be left out. */
export interface BareOperation<Input, Body, Result> {
  <const Fallback = never>(
    input?: Input,
    options?: FallbackOptions<Fallback>,
  ): Promise<Body | Fallback>;
  result(input?: Input, options?: CallOptions): Promise<Result>;
}

/** Mixed in where an operation answers one body *or* a stream (several media types): asks for the stream. */
export interface Streaming<Input, Item> {
  stream(input: Input, options?: CallOptions): Promise<AsyncIterable<Item>>;
}
