/** A relayed call that asks for another protocol on its connection (RFC 9110 §7.8). */
import { DerivedCall } from "./derived-call.ts";
import type { CallNotes, Upgrade, UpstreamCall } from "./send.ts";

/** It belongs to its caller alone: nothing of its answer is shared, kept, or replaced by a stand-in. */
export class UpgradeCall extends DerivedCall implements UpstreamCall {
  readonly #upgrade: Upgrade;
  readonly mode = "stream";
  readonly context: UpstreamCall["context"];

  constructor(given: UpstreamCall, upgrade: Upgrade) {
    super(given);
    this.#upgrade = upgrade;
    this.context = given.context;
  }

  override get upgrade(): Upgrade {
    return this.#upgrade;
  }

  get headers(): UpstreamCall["headers"] {
    return this.given.headers;
  }

  get timeoutMs(): number {
    return this.given.timeoutMs;
  }

  get notes(): CallNotes | undefined {
    return this.given.notes;
  }

  override get cache(): false {
    return false;
  }

  override get hedgeMs(): undefined {
    return undefined;
  }
}
