/** THE order of the outbound side: what a call passes through on its way to a service, outermost first. */
import type { Clock } from "../core/deadline.ts";
import { createOwnOrigins, type OwnOrigins } from "./balance/own-origins.ts";
import { createKeptAnswers } from "./cache/kept-answers.ts";
import type { Random } from "./chance.ts";
import type { UpstreamEvents } from "./events.ts";
import type { Inspect } from "./inspect.ts";
import { attemptTimeout } from "./layers/attempt-timeout.ts";
import { batch } from "./layers/batch.ts";
import { createBulkhead } from "./layers/bulkhead.ts";
import { type CacheLayerOptions, cache } from "./layers/cache.ts";
import { createCircuitBreaker } from "./layers/circuit-breaker.ts";
import { coalesce } from "./layers/coalesce.ts";
import { credentials } from "./layers/credentials.ts";
import { deadlineHeader } from "./layers/deadline-header.ts";
import { fallback } from "./layers/fallback.ts";
import { hedge } from "./layers/hedge.ts";
import { observe } from "./layers/observe.ts";
import { once } from "./layers/once.ts";
import { retry } from "./layers/retry.ts";
import { validate } from "./layers/validate.ts";
import type { WallClock } from "./operation-call.ts";
import type { LoadSchemas } from "./plan.ts";
import { RetryBudget } from "./retry-budget.ts";
import type { Layer, Send, UpstreamCall } from "./send.ts";
import type { ServiceSettings } from "./settings.ts";

export interface PipelineOptions {
  readonly settings: ServiceSettings;
  readonly events: UpstreamEvents;
  /** Where answers are kept; absent: nowhere. */
  readonly kept?: Omit<CacheLayerOptions, "settings" | "events" | "now" | "origins"> | undefined;
  /** Where the service is. Default: at the addresses of its settings. */
  readonly origins?: OwnOrigins;
  readonly clock: Clock;
  readonly now: WallClock;
  readonly random: Random;
  /** What answers must be; absent: nobody asks. */
  readonly loadSchemas?: LoadSchemas | undefined;
  /** Told of every part that has a state. */
  readonly inspect?: Inspect;
}

/** One line of the list; `layer` is undefined where it is not configured. */
export interface PipelineLine {
  readonly name: string;
  readonly layer: Layer | undefined;
}

/** Of hedged calls, where configuration has no retries. */
const HEDGE_BUDGET = 0.2;

/** The list. A layer that is not configured is left out when the pipeline is built, not skipped by every call. */
export function pipelineOf({
  settings,
  events,
  kept,
  clock,
  now,
  random,
  inspect,
  loadSchemas,
  origins = createOwnOrigins(settings.addresses ?? [settings]),
}: PipelineOptions): readonly PipelineLine[] {
  const { concurrency, queue, headers, forward, hedgeMs } = settings;
  const standIns = kept && createKeptAnswers(settings, kept.store, now);
  const hasCredentials = forward.length > 0 || Object.keys(headers).length > 0;
  const budget = new RetryBudget(settings.retry?.budget ?? HEDGE_BUDGET);
  const breaker =
    settings.breaker && createCircuitBreaker({ rule: settings.breaker, clock, events });
  const bulkhead = createBulkhead({ concurrency, queue, events });
  const isRefusing = (call: UpstreamCall): boolean => breaker?.isRefusing(call) ?? false;
  const isBusy = (call: UpstreamCall): boolean => bulkhead.isFull() || isRefusing(call);
  const { validate: rule } = settings;
  const checksAnswers =
    rule.mode === "off" || loadSchemas === undefined
      ? undefined
      : { rule, load: loadSchemas, events, random };
  inspect?.("bulkhead", bulkhead);
  inspect?.("retryBudget", budget);
  if (breaker !== undefined) inspect?.("breaker", breaker);
  return [
    // Sees what the caller gets, stand-ins and queueing included, so that times and outcomes are the caller's.
    { name: "observe", layer: events.call && observe(events.call.bind(events), clock) },
    // Masks what every line below could not mend, a contract that the service broke included.
    { name: "fallback", layer: fallback({ kept: standIns, events, now }) },
    // Inside of fallback: each of several callers in a request has its own stand-in, but one call is made.
    { name: "once", layer: once },
    // Inside of once: an id is asked for once. Makes its bulk calls from the top of this list.
    {
      name: "batch",
      layer: Object.keys(settings.batch).length > 0 ? batch(events) : undefined,
    },
    // Inside of fallback: stand-ins are each caller's own. Outside of cache: who asks the same at the same time looks it
    // up once.
    { name: "coalesce", layer: settings.coalesce ? coalesce(clock) : undefined },
    // Inside of fallback: a stand-in is never kept. Outside of all that calls the service: what is kept needs none of it.
    { name: "cache", layer: kept && cache({ ...kept, settings, events, now, origins }) },
    // Inside of cache and coalesce: what differs is told once, and never kept. Outside of retry: a service that breaks
    // its contract will do so again.
    { name: "validate", layer: checksAnswers && validate(checksAnswers) },
    // Outside of the breaker: every try counts, and an open breaker ends the tries.
    {
      name: "retry",
      layer:
        settings.retry && retry({ rule: settings.retry, budget, events, random, now, isRefusing }),
    },
    // Inside of retry: what failed before the second try was due is retry's matter. Not for calls that do not ask.
    {
      name: "hedge",
      layer: hedge({ hedgeMs, budget, earns: settings.retry === undefined, events, isBusy }),
    },
    // Outside of the bulkhead: a service that is known to fail takes no place in the queue.
    { name: "circuit breaker", layer: breaker?.layer },
    // Outside of the timeout: waiting for a place is the gateway's time, not the service's.
    { name: "bulkhead", layer: bulkhead.layer },
    // Every try has the timeout to itself, and never more than the deadline leaves.
    { name: "attempt timeout", layer: attemptTimeout },
    // Inside of every wait: what is left is told when the attempt begins.
    {
      name: "deadline header",
      layer:
        settings.deadlineHeader === undefined ? undefined : deadlineHeader(settings.deadlineHeader),
    },
    // Last, so that no layer above stores, shares or logs a credential.
    { name: "credentials", layer: hasCredentials ? credentials(headers, forward) : undefined },
  ];
}

/** Puts layers around a transport: the first listed is the outermost. */
export function stack(layers: readonly (Layer | undefined)[], transport: Send): Send {
  return layers.reduceRight<Send>((next, layer) => layer?.(next) ?? next, transport);
}

/** The outbound side of one service. */
export function buildPipeline(options: PipelineOptions, transport: Send): Send {
  return stack(
    pipelineOf(options).map(({ layer }) => layer),
    transport,
  );
}
