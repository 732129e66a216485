/** What the outbound side tells about its calls, for logs and metrics. */
import type { RequestContext } from "../core/context.ts";

/**
 * How a call ended. `answered`: by the service, whatever the status. `shared`: by an identical call under way, or as
 * one of several in a bulk call. `cache`: by an answer that was kept. `stale`, `default`: by a stand-in. `failed`: with
 * an error. `aborted`: given up, because the client left or the rest of the request failed; no fault of the service.
 */
export type CallOutcome =
  | "answered"
  | "shared"
  | "cache"
  | "stale"
  | "default"
  | "failed"
  | "aborted";

export interface CallEvent {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  /** What the service answered, where it did. */
  readonly status: number | undefined;
  readonly durationMs: number;
  readonly outcome: CallOutcome;
  /** Of a failed call. */
  readonly error: unknown;
  readonly context: RequestContext;
}

/** Something that happened on the way of a call, to be counted. */
export interface StepEvent {
  readonly service: string;
  readonly operation: string;
}

/** A failure that a stand-in masks. */
export interface MaskedEvent extends StepEvent {
  readonly kind: "stale" | "default";
  /** The problem code of the failure. */
  readonly reason: string;
  /** JSON pointer of the part in the answer; `""`: none. */
  readonly part: string;
  readonly error: unknown;
  readonly context: RequestContext;
}

export type BreakerState = "closed" | "open" | "half-open";

export interface BreakerEvent {
  readonly service: string;
  /** Undefined: the breaker is the service's. */
  readonly operation: string | undefined;
  readonly state: BreakerState;
}

/** Something that happened to one address of a service. */
export interface AddressEvent {
  readonly service: string;
  /** Scheme, host and port; where names are resolved, with the place that the name stands for. */
  readonly address: string;
  /**
   * `ejected`: its calls failed, and it is left alone for `forMs`; `back`: it is given another chance. `unhealthy`,
   * `healthy`: its health page says so. `joined`, `left`: the list of addresses has changed.
   */
  readonly state: "ejected" | "back" | "unhealthy" | "healthy" | "joined" | "left";
  readonly forMs?: number;
}

/** Why a call was refused before it was sent. */
export type RefusalReason = "queue" | "breaker";

/** What the cache did for a call that it could have answered. */
export type CacheResult = "hit" | "stale" | "miss" | "revalidated" | "bypass";

/** What is told as it happens. None may throw. */
export interface UpstreamEvents {
  /** Once a call, when its answer's head is there. */
  call?(event: CallEvent): void;
  masked?(event: MaskedEvent): void;
  retried?(event: StepEvent): void;
  /** A retry was wanted, and the budget had none left. */
  budgetSpent?(event: StepEvent): void;
  /** `won`: the second attempt answered first. */
  hedged?(event: StepEvent & { readonly won: boolean }): void;
  refused?(event: StepEvent & { readonly reason: RefusalReason }): void;
  breaker?(event: BreakerEvent): void;
  batched?(event: StepEvent & { readonly size: number }): void;
  cached?(event: StepEvent & { readonly result: CacheResult }): void;
  address?(event: AddressEvent): void;
  /** An answer differs from the document, at this JSON pointer. */
  drift?(event: StepEvent & { readonly pointer: string; readonly keyword: string }): void;
}
