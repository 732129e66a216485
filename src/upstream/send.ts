/** The one function type of the outbound side, and what flows through it. */
import type { Duplex } from "node:stream";
import type { RequestContext } from "../core/context.ts";
import type { AnswerHeaders } from "../core/operation.ts";
import type { CacheRule } from "../core/policies.ts";
import type { BatchTicket } from "./batch/compiled-batch.ts";
import type { OperationPlan } from "./plan.ts";

/** A request body on its way out. Iterables are streamed and can be sent only once. */
export type CallBody = string | Uint8Array | AsyncIterable<Uint8Array> | null;

/**
 * Reads a collected body by the operation's plan.
 * @throws UpstreamError `service-contract` when it is not what the document declares.
 */
export type AnswerReader = (status: number, headers: AnswerHeaders, body: Buffer) => unknown;

/** What layers learn about a call on its way; observe and the server tell it. */
export interface CallNotes {
  /** Where the answer came from. */
  source: "service" | "shared" | "cache" | "stale" | "default";
  /** Tries that were begun. */
  attempts: number;
  /** What the cache did, as a member of `Cache-Status` (RFC 9211) without the cache's name: `hit; ttl=30`. */
  cacheStatus: string | undefined;
  /** Of a service with several addresses, the one of the last attempt: the next goes elsewhere. */
  triedAt?: object;
}

/** What every call starts with. */
export function newNotes(): CallNotes {
  return { source: "service", attempts: 0, cacheStatus: undefined };
}

/** Another protocol that is asked for on the call's connection (RFC 9110 §7.8). */
export interface Upgrade {
  readonly protocol: "websocket";
  /** Why an answer of 101 is not what was asked for; undefined: it is. */
  fault(headers: AnswerHeaders): string | undefined;
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
  /** The answer is kept for this long to stand in for a failed call; default: `staleMs`. */
  readonly standInMs?: number | undefined;
  /** The part on whose behalf the call was made, noted when it was made. Default: the context's. */
  readonly part?: string | undefined;
  /** How a collected body is read; absent: it is not, and stays bytes. */
  readonly read?: AnswerReader | undefined;
  readonly notes?: CallNotes | undefined;
  /**
   * What is asked for, without who asks: method, target, and of a composer's call its own header fields. Calls of one
   * service with one identity and one partition can share an answer. Undefined: this call's cannot be shared (it is
   * not GET or HEAD, or has a body).
   */
  readonly identity?: string | undefined;
  /** The caller-bound half of every key: what goes on of the caller's credentials; `""`: nothing, the same for all. */
  readonly partition?: string | undefined;
  /** Present: the call may be made as one of several in a bulk call. */
  readonly batch?: BatchTicket | undefined;
  /** What `once` and `coalesce` know the call by, where that has been put together already. See `sharing-key.ts`. */
  readonly sharingKey?: string | undefined;
  /** `false`: not with calls under way, because only the answer will say which of the call's header fields matter. */
  readonly shares?: false | undefined;
  /** How long the answer is kept; `false`: not at all; undefined: as its own header fields say. */
  readonly cache?: CacheRule | false | undefined;
  /** After this time an idempotent call is sent a second time. */
  readonly hedgeMs?: number | undefined;
  /** `false`: no second attempt. */
  readonly retry?: false | undefined;
  /** Milliseconds for which a streamed body may be silent, where that is longer than for others. */
  readonly silenceMs?: number | undefined;
  readonly upgrade?: Upgrade | undefined;
}

/** Where a streamed body goes: one chunk at a time, with back-pressure. */
export interface BodySink {
  /** Returns false to pause; the stream goes on after {@link AnswerStream.resume}. */
  chunk(chunk: Buffer): boolean;
  end(): void;
  /** The last chunk and the end in one, where both are there. Absent: they are handed over one by one. */
  last?(chunk: Buffer): void;
  /** The service's body ended early or was aborted: the sink must not look complete. */
  fail(error: Error): void;
}

/** A body that has not been read yet. Exactly one of `pipe`, iteration or `discard` must be used. */
export interface AnswerStream extends AsyncIterable<Buffer> {
  pipe(sink: BodySink): void;
  resume(): void;
  /** Aborts the transfer. */
  discard(): void;
  /** A sink has written this chunk, and those before it: their memory is free. Absent: somebody else has them too. */
  release?(chunk: Buffer): void;
  /** Resolves when nothing more will come, whatever the reason. */
  readonly closed?: Promise<void>;
  /** The service broke it off before its end. */
  readonly cut?: boolean;
}

/** What came back. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /**
   * A `Buffer` when the call collects, an {@link AnswerStream} when it streams. Empty where the call's `read` has
   * read it and nothing could keep it: bytes that live as long as their request cost the garbage collector more than the
   * call itself.
   */
  readonly body: Buffer | AnswerStream;
  /** What the call's `read` made of the body. */
  readonly value?: unknown;
  /** The length of a body that was read. */
  readonly bytes?: number;
  /** Of a call with `upgrade`, with status 101: speaks the other protocol from here on. Whoever gets it ends it. */
  readonly socket?: Duplex;
  /** Set by the fallback layer: the value that stands in, instead of a body. */
  readonly standIn?: { readonly value: unknown };
}

export type Send = (call: UpstreamCall) => Promise<UpstreamAnswer>;
export type Layer = (next: Send) => Send;
