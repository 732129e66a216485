/** A call as one attempt sends it: with header fields, a limit or an end of its own. */
import type { RequestContext } from "../core/context.ts";
import { DerivedCall } from "./derived-call.ts";
import type { CallNotes, UpstreamCall } from "./send.ts";

/**
 * For layers below the ones that share answers: what those know a call by is left out. The call itself is never written
 * to: its fields are part of what its answer is kept under.
 */
export class AttemptCall extends DerivedCall implements UpstreamCall {
  readonly headers: UpstreamCall["headers"];
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly context: RequestContext;

  constructor(
    given: UpstreamCall,
    headers: UpstreamCall["headers"],
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ) {
    super(given);
    this.headers = headers;
    this.timeoutMs = timeoutMs;
    this.signal = signal;
    this.context = given.context;
  }

  get mode(): UpstreamCall["mode"] {
    return this.given.mode;
  }

  get fallback(): UpstreamCall["fallback"] {
    return this.given.fallback;
  }

  get staleMs(): number | undefined {
    return this.given.staleMs;
  }

  /** Decides with `cache` whether the transport keeps the bytes that it has read. */
  get standInMs(): number | undefined {
    return this.given.standInMs;
  }

  get part(): string | undefined {
    return this.given.part;
  }

  get notes(): CallNotes | undefined {
    return this.given.notes;
  }
}
