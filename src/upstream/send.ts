/** The one function type of the outbound side, and what flows through it. */
import type { RequestContext } from "../core/context.ts";
import type { AnswerHeaders } from "../core/operation.ts";
import type { OperationPlan } from "./plan.ts";

/** A request body on its way out. Iterables are streamed and can be sent only once. */
export type CallBody = string | Uint8Array | AsyncIterable<Uint8Array> | null;

/**
 * Reads a collected body by the operation's plan.
 * @throws UpstreamError `service-contract` when it is not what the document declares.
 */
export type AnswerReader = (status: number, headers: AnswerHeaders, body: Buffer) => unknown;

/** Where an answer came from; layers write it, and observe tells it. */
export interface CallNotes {
  source: "service" | "shared" | "stale" | "default";
}

/** One logical upstream request. */
export interface UpstreamCall {
  readonly service: string;
  readonly operation: OperationPlan;
  readonly method: string;
  /** Origin-form target below the service's address: path and query. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Record<string, string | string[]>;
  readonly body: CallBody;
  /** `collect`: the answer's body is read whole; `stream`: it is handed over as it comes. */
  readonly mode: "collect" | "stream";
  readonly context: RequestContext;
  /** Milliseconds for one attempt; the deadline may leave less. */
  readonly timeoutMs: number;
  /** Ends this call alone. */
  readonly signal?: AbortSignal | undefined;
  /** Present: stands in for a failed call. */
  readonly fallback?: { readonly value: unknown } | undefined;
  /** Milliseconds for which an earlier good answer may stand in. */
  readonly staleMs?: number | undefined;
  /** The part on whose behalf the call was made, noted when it was made. Default: the context's. */
  readonly part?: string | undefined;
  /** How a collected body is read; absent: it is not, and stays bytes. */
  readonly read?: AnswerReader | undefined;
  readonly notes?: CallNotes | undefined;
}

/** Where a streamed body goes: one chunk at a time, with back-pressure. */
export interface BodySink {
  /** Returns false to pause; the stream goes on after {@link AnswerStream.resume}. */
  chunk(chunk: Buffer): boolean;
  end(): void;
  /** The service's body ended early or was aborted: the sink must not look complete. */
  fail(error: Error): void;
}

/** A body that has not been read yet. Exactly one of `pipe`, iteration or `discard` must be used. */
export interface AnswerStream extends AsyncIterable<Buffer> {
  pipe(sink: BodySink): void;
  resume(): void;
  /** Aborts the transfer. */
  discard(): void;
  /** Resolves when nothing more will come, whatever the reason. */
  readonly closed?: Promise<void>;
}

/** What came back. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /**
   * A `Buffer` when the call collects, an {@link AnswerStream} when it streams. Empty where the call's `read` has
   * read it: bytes that live as long as their request cost the garbage collector more than the call itself.
   */
  readonly body: Buffer | AnswerStream;
  /** What the call's `read` made of the body. */
  readonly value?: unknown;
  /** The length of a body that was read. */
  readonly bytes?: number;
  /** Set by the fallback layer: the value that stands in, instead of a body. */
  readonly standIn?: { readonly value: unknown };
}

export type Send = (call: UpstreamCall) => Promise<UpstreamAnswer>;
export type Layer = (next: Send) => Send;
