/** A call as one attempt sends it: with header fields, a limit or an end of its own. */
import type { CallNotes, UpstreamCall } from "./send.ts";

/**
 * For layers below the ones that share answers: what those know a call by is left out. A class for the reason of
 * `OperationCall`, and because spreading a call costs three times as much. The call itself is never written to: its
 * fields are part of what its answer is kept under.
 */
export class AttemptCall implements UpstreamCall {
  readonly service: string;
  readonly operation: UpstreamCall["operation"];
  readonly method: string;
  readonly target: string;
  readonly headers: UpstreamCall["headers"];
  readonly body: UpstreamCall["body"];
  readonly mode: UpstreamCall["mode"];
  readonly context: UpstreamCall["context"];
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly fallback: UpstreamCall["fallback"];
  readonly staleMs: number | undefined;
  /** Decides with `cache` whether the transport keeps the bytes that it has read. */
  readonly standInMs: number | undefined;
  readonly cache: UpstreamCall["cache"];
  readonly part: string | undefined;
  readonly read: UpstreamCall["read"];
  readonly notes: CallNotes | undefined;
  readonly hedgeMs: number | undefined;
  readonly retry: false | undefined;

  constructor(
    call: UpstreamCall,
    headers: UpstreamCall["headers"],
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ) {
    this.service = call.service;
    this.operation = call.operation;
    this.method = call.method;
    this.target = call.target;
    this.headers = headers;
    this.body = call.body;
    this.mode = call.mode;
    this.context = call.context;
    this.timeoutMs = timeoutMs;
    this.signal = signal;
    this.fallback = call.fallback;
    this.staleMs = call.staleMs;
    this.standInMs = call.standInMs;
    this.cache = call.cache;
    this.part = call.part;
    this.read = call.read;
    this.notes = call.notes;
    this.hedgeMs = call.hedgeMs;
    this.retry = call.retry;
  }
}
