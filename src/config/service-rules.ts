/** The part of a service's configuration that says how its calls are kept from failing, waiting and being wasted. */
import { type Duration, parseDuration } from "../core/duration.ts";
import {
  type CachePolicy,
  cacheRuleOf,
  type OperationRules,
  type ServiceRules,
  type ValidationMode,
} from "../core/policies.ts";
import { compileRetirement, type Retirement } from "../core/retirement.ts";
import type { ByOperation } from "./known-services.ts";
import { parseSize, type Size } from "./size.ts";

/** What can be said about a service's calls. Every default is on and safe. */
export interface ServiceRulesConfig<Operations extends string = string> {
  /** Second attempts of idempotent calls. `false`: none. Default: `{ budget: 0.2, backoff: "25ms" }`. */
  readonly retry?:
    | false
    | {
        /** Retries are at most this share of calls. Default: 0.2. */
        readonly budget?: number;
        /** The wait before a retry is a random part of this. Default: `"25ms"`. */
        readonly backoff?: Duration;
      };
  /** Leaves a failing service alone. `false`: never. Default: opens at 50 % failures of 20 calls or more in 10 s. */
  readonly breaker?:
    | false
    | {
        /** Share of failed calls at which it opens. Default: 0.5. */
        readonly threshold?: number;
        /** Calls in the window before it may open. Default: 20. */
        readonly minimum?: number;
        /** Default: `"10s"`. */
        readonly window?: Duration;
        /** How long it stays open before a call may try again. Default: `"5s"`. */
        readonly cooldown?: Duration;
        /** Default: `"service"`. */
        readonly per?: "service" | "operation";
      };
  /** Calls that wait for a place; one more is refused. Default: 1024. */
  readonly queue?: number;
  /** Sends an idempotent call a second time when it has no answer after this time; the first answer wins. Default: never. */
  readonly hedge?: Duration;
  /** Identical safe calls under way are made once, for all requests of one caller. Default: true. */
  readonly coalesce?: boolean;
  /** Keeps answers as their own header fields say (RFC 9111), for the caller that got them. Default: true. */
  readonly cache?: boolean;
  /** Holds answers against the document: `"warn"` counts what differs, `"enforce"` refuses it. Default: `"off"`. */
  readonly validate?:
    | ValidationMode
    | {
        readonly mode: ValidationMode;
        /** The share of answers that `"warn"` looks at. Default: 0.1. */
        readonly sample?: number;
      };
  /** The field that tells the service how many milliseconds are left; `false`: none. Default: `"x-deadline-ms"`. */
  readonly deadlineHeader?: string | false;
  /** What holds for single operations, by name. */
  readonly operations?: ByOperation<Operations, OperationRulesConfig>;
  /** Single calls that are made as one bulk call, by the name of the single operation. */
  readonly batch?: ByOperation<Operations, BatchConfig<Operations>>;
}

/**
 * What can be said about one operation, for every call of it. What a call says itself comes first. That it is deprecated
 * or ends concerns the route that it is exposed as: composers may go on calling it.
 */
export interface OperationRulesConfig extends Retirement {
  readonly timeout?: Duration;
  /** Keeps answers, whatever their own header fields say; `false`: keeps none. */
  readonly cache?: CachePolicy;
  /** An earlier good answer may stand in for a failed call for this long. */
  readonly stale?: Duration;
  /** Stands in for a failed call: any JSON value. */
  readonly fallback?: unknown;
  readonly hedge?: Duration;
  /** `false`: no second attempt. */
  readonly retry?: false;
  /**
   * The largest request body, where the operation is exposed; `"none"`: any, which its service and the deadline end.
   * Default: `server.bodyLimit`.
   */
  readonly bodyLimit?: Size | "none";
}

/** How single calls become a bulk call: `{ with: "listProducts", ids: "query.ids", key: "sku" }`. */
export interface BatchConfig<Operations extends string = string> {
  /** The bulk operation. */
  readonly with: Operations;
  /** Where its input takes the list of ids: `"query.ids"`, `"body.ids"`, `"body"`. */
  readonly ids: string;
  /** The property of each item that holds the id. */
  readonly key: string;
  /** The property of the answer that holds the list, nested by dots. Default: the answer itself, or its only list. */
  readonly items?: string;
  /** Ids in one call, at most. Default: 50. */
  readonly max?: number;
}

/** What holds where the configuration does not say. */
export const RULE_DEFAULTS = {
  retry: { budget: 0.2, backoff: "25ms" },
  breaker: { threshold: 0.5, minimum: 20, window: "10s", cooldown: "5s", per: "service" },
  queue: 1_024,
  coalesce: true,
  cache: true,
  validate: "off",
  sample: 0.1,
  deadlineHeader: "x-deadline-ms",
  batchMax: 50,
} as const;

/** The rules of a valid configuration. */
export function compileServiceRules(config: ServiceRulesConfig): ServiceRules {
  const { deadlineHeader = RULE_DEFAULTS.deadlineHeader, validate = RULE_DEFAULTS.validate } =
    config;
  const { mode, sample = RULE_DEFAULTS.sample } =
    typeof validate === "string" ? { mode: validate } : validate;
  return {
    retry: compileRetry(config.retry),
    breaker: compileBreaker(config.breaker),
    queue: config.queue ?? RULE_DEFAULTS.queue,
    hedgeMs: milliseconds(config.hedge),
    coalesce: config.coalesce ?? RULE_DEFAULTS.coalesce,
    cache: config.cache ?? RULE_DEFAULTS.cache,
    validate: { mode, sample },
    deadlineHeader: deadlineHeader === false ? undefined : deadlineHeader.toLowerCase(),
    operations: mapValues(config.operations ?? {}, compileOperation),
    batch: mapValues(config.batch ?? {}, ({ ids, max = RULE_DEFAULTS.batchMax, ...batch }) => ({
      ...batch,
      ids: ids.split("."),
      max,
    })),
  };
}

function compileRetry(retry: ServiceRulesConfig["retry"]): ServiceRules["retry"] {
  if (retry === false) return undefined;
  const { budget, backoff } = { ...RULE_DEFAULTS.retry, ...retry };
  return { budget, backoffMs: parseDuration(backoff) };
}

function compileBreaker(breaker: ServiceRulesConfig["breaker"]): ServiceRules["breaker"] {
  if (breaker === false) return undefined;
  const { threshold, minimum, window, cooldown, per } = { ...RULE_DEFAULTS.breaker, ...breaker };
  return {
    threshold,
    minimumCalls: minimum,
    windowMs: parseDuration(window),
    cooldownMs: parseDuration(cooldown),
    perOperation: per === "operation",
  };
}

function compileOperation(config: OperationRulesConfig): OperationRules {
  const { cache } = config;
  return {
    timeoutMs: milliseconds(config.timeout),
    cache: cache === undefined ? undefined : (cacheRuleOf(cache) ?? false),
    staleMs: milliseconds(config.stale),
    fallback: "fallback" in config ? { value: config.fallback } : undefined,
    hedgeMs: milliseconds(config.hedge),
    retry: config.retry,
    bodyLimitBytes: compileBodyLimit(config.bodyLimit),
    retirement: compileRetirement(config),
  };
}

function compileBodyLimit(limit: OperationRulesConfig["bodyLimit"]): number | undefined {
  if (limit === undefined) return undefined;
  return limit === "none" ? Number.POSITIVE_INFINITY : parseSize(limit);
}

function milliseconds(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : parseDuration(duration);
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  map: (value: In) => Out,
): Readonly<Record<string, Out>> {
  const result: Record<string, Out> = Object.create(null);
  for (const [key, value] of Object.entries(record)) result[key] = map(value);
  return Object.freeze(result);
}
