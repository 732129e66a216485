/** The part of `Request` (Fetch Standard §5.4) that openapi-fetch and its middleware use. */
import type { Caller } from "./operation-call.ts";
import type { UpstreamCall } from "./send.ts";

/** A call on its way through openapi-fetch. */
export interface Outgoing {
  readonly call: UpstreamCall;
  readonly caller: Caller;
  /** The answer's body is given out as it comes. */
  readonly raw: boolean;
}

interface ThinRequestInit {
  readonly method?: string;
  readonly headers?: Headers;
  readonly signal?: AbortSignal;
  readonly outgoing: Outgoing;
}

export class ThinRequest {
  /** Absolute; the service's name stands for its address. */
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;
  readonly outgoing: Outgoing;

  constructor(input: string | ThinRequest, init: Partial<ThinRequestInit> = {}) {
    const base = typeof input === "string" ? undefined : input;
    const outgoing = init.outgoing ?? base?.outgoing;
    if (outgoing === undefined)
      throw new TypeError("a request of this client is made by its methods only");
    this.url = typeof input === "string" ? input : input.url;
    this.method = init.method ?? base?.method ?? "GET";
    this.headers = new Headers(init.headers ?? base?.headers);
    this.signal = init.signal ?? base?.signal;
    this.outgoing = outgoing;
  }

  get body(): unknown {
    return this.outgoing.call.body;
  }

  clone(): ThinRequest {
    return new ThinRequest(this);
  }
}
