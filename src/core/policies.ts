/** What can be said about calls beside their input: as a user writes it, and as layers read it. */
import { type Duration, parseDuration } from "./duration.ts";
import type { CompiledRetirement } from "./retirement.ts";

/** How long a good answer is kept and given out, whatever its own header fields say. */
export interface CacheOptions {
  /** Fresh for this long. Default: as long as the answer's own header fields say. */
  readonly ttl?: Duration;
  /** Given out for this long after that, while it is fetched anew or when that fails (RFC 5861). Default: not at all. */
  readonly stale?: Duration;
  /** 404 and 410 are kept for this long. Default: not at all. */
  readonly negative?: Duration;
  /** Names by which answers are invalidated together. Default: none. */
  readonly tags?: readonly string[];
  /**
   * The same for every caller: one answer serves all. Write the reason, or `true`. Default: an answer is kept for the
   * caller whose credentials were sent with the call.
   */
  readonly public?: boolean | string;
}

/** A time, all that can be said, or `false`: nothing is kept. */
export type CachePolicy = Duration | CacheOptions | false;

/** {@link CacheOptions}, compiled. */
export interface CacheRule {
  /** 0: as the answer's own header fields say. */
  readonly ttlMs: number;
  readonly staleMs: number;
  readonly negativeMs: number;
  readonly tags: readonly string[];
  readonly isPublic: boolean;
}

const NO_TAGS: readonly string[] = Object.freeze([]);

/** The rule of a policy; undefined where nothing is to be kept. */
export function cacheRuleOf(policy: CachePolicy): CacheRule | undefined {
  if (policy === false) return undefined;
  const options: CacheOptions = typeof policy === "string" ? { ttl: policy } : policy;
  return Object.freeze({
    ttlMs: options.ttl === undefined ? 0 : parseDuration(options.ttl),
    staleMs: options.stale === undefined ? 0 : parseDuration(options.stale),
    negativeMs: options.negative === undefined ? 0 : parseDuration(options.negative),
    tags: options.tags ?? NO_TAGS,
    isPublic: options.public !== undefined && options.public !== false,
  });
}

/** Second attempts of idempotent calls (RFC 9110 §9.2.2). */
export interface RetryRule {
  /** Retries are at most this share of the calls of a service, from 0 to 1. */
  readonly budget: number;
  /** The first wait is a random part of this. */
  readonly backoffMs: number;
}

/** When a service is taken for failing, and for how long it is left alone. */
export interface BreakerRule {
  /** Opens when this share of the calls within the window has failed, from 0 to 1. */
  readonly threshold: number;
  /** And at least so many were made. */
  readonly minimumCalls: number;
  readonly windowMs: number;
  /** Until the first probe. */
  readonly cooldownMs: number;
  /** One breaker for each operation, instead of one for the service. */
  readonly perOperation: boolean;
}

/** Single calls of one tick, made as one bulk call. */
export interface BatchRule {
  /** Name of the bulk operation. */
  readonly with: string;
  /** Where its input takes the ids: `["query", "ids"]`, `["body", "ids"]`, `["body"]`. */
  readonly ids: readonly string[];
  /** The property of an item that holds its id; of nested items by dots. */
  readonly key: string;
  /** The list in the answer, by dots; undefined: the answer itself, or the only list that it has. */
  readonly items?: string | undefined;
  /** Ids in one bulk call, at most. */
  readonly max: number;
}

export type ValidationMode = "off" | "warn" | "enforce";

/** How a service's answers are held against its document. */
export interface ValidationRule {
  readonly mode: ValidationMode;
  /** The share of answers that is looked at where the mode is `warn`, from 0 to 1. */
  readonly sample: number;
}

/** What configuration says of one operation; undefined: what holds for its service. */
export interface OperationRules {
  readonly timeoutMs: number | undefined;
  /** `false`: never kept. */
  readonly cache: CacheRule | false | undefined;
  /** An earlier good answer may stand in for this long. */
  readonly staleMs: number | undefined;
  /** Stands in for a failed call. */
  readonly fallback: { readonly value: unknown } | undefined;
  readonly hedgeMs: number | undefined;
  readonly retry: false | undefined;
  /** Of a relayed request; `Infinity`: any. */
  readonly bodyLimitBytes: number | undefined;
  /** Of the route that the operation is exposed as. */
  readonly retirement?: CompiledRetirement | undefined;
}

/** What the outbound side does for every call of a service. Undefined: it does not. */
export interface ServiceRules {
  readonly retry: RetryRule | undefined;
  readonly breaker: BreakerRule | undefined;
  /** Calls that wait for a place; one more is refused. */
  readonly queue: number;
  readonly hedgeMs: number | undefined;
  readonly coalesce: boolean;
  /** Whether answers are kept as their own header fields say (RFC 9111). */
  readonly cache: boolean;
  readonly validate: ValidationRule;
  /** Tells the service how many milliseconds are left, in this field (lower case). */
  readonly deadlineHeader: string | undefined;
  /** By operation name; null-prototype. */
  readonly operations: Readonly<Record<string, OperationRules>>;
  /** By the name of the single operation; null-prototype. */
  readonly batch: Readonly<Record<string, BatchRule>>;
}
