/** Calls that are made of another one. */
import type { UpstreamCall } from "./send.ts";

/**
 * What it does not say itself is as the call says of which it was made. Asked for, not copied: most of it is asked for
 * once or not at all. A spread of it has none of this.
 */
export abstract class DerivedCall {
  protected readonly given: UpstreamCall;

  constructor(given: UpstreamCall) {
    this.given = given;
  }

  get service(): string {
    return this.given.service;
  }

  get operation(): UpstreamCall["operation"] {
    return this.given.operation;
  }

  get method(): string {
    return this.given.method;
  }

  get target(): string {
    return this.given.target;
  }

  get body(): UpstreamCall["body"] {
    return this.given.body;
  }

  get read(): UpstreamCall["read"] {
    return this.given.read;
  }

  get cache(): UpstreamCall["cache"] {
    return this.given.cache;
  }

  get hedgeMs(): number | undefined {
    return this.given.hedgeMs;
  }

  get retry(): false | undefined {
    return this.given.retry;
  }

  get upgrade(): UpstreamCall["upgrade"] {
    return this.given.upgrade;
  }

  get silenceMs(): number | undefined {
    return this.given.silenceMs;
  }
}

/** One that asks for the same, to the last field: what is known of the one's answer holds for the other's. */
export abstract class SameCall extends DerivedCall {
  get headers(): UpstreamCall["headers"] {
    return this.given.headers;
  }

  get timeoutMs(): number {
    return this.given.timeoutMs;
  }

  get identity(): string | undefined {
    return this.given.identity;
  }

  get partition(): string | undefined {
    return this.given.partition;
  }
}
