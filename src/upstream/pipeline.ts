/** THE order of the outbound side: what a call passes through on its way to a service, outermost first. */
import type { Clock } from "../core/deadline.ts";
import type { Store } from "../stores/store.ts";
import type { UpstreamEvents } from "./events.ts";
import { attemptTimeout } from "./layers/attempt-timeout.ts";
import { bulkhead } from "./layers/bulkhead.ts";
import { credentials } from "./layers/credentials.ts";
import { fallback, type KeptAnswer } from "./layers/fallback.ts";
import { observe } from "./layers/observe.ts";
import { once } from "./layers/once.ts";
import type { Layer, Send } from "./send.ts";
import type { ServiceSettings } from "./settings.ts";

export interface PipelineOptions {
  readonly settings: ServiceSettings;
  readonly events: UpstreamEvents;
  /** Good answers, for `stale`. */
  readonly answers: Store<KeptAnswer>;
  readonly clock: Clock;
}

/** One line of the list; `layer` is undefined where it is not configured. */
export interface PipelineLine {
  readonly name: string;
  readonly layer: Layer | undefined;
}

/** The list. A layer that is not configured is left out when the pipeline is built, not skipped by every call. */
export function pipelineOf({
  settings,
  events,
  answers,
  clock,
}: PipelineOptions): readonly PipelineLine[] {
  const { concurrency, headers, forward } = settings;
  const hasCredentials = forward.length > 0 || Object.keys(headers).length > 0;
  return [
    // Sees what the caller gets, stand-ins and queueing included, so that times and outcomes are the caller's.
    { name: "observe", layer: events.call && observe(events.call.bind(events), clock) },
    // Outside of cache: callers that ask the same at the same time look it up once. Not configured yet.
    { name: "coalesce", layer: undefined },
    // Outside of fallback: a fresh answer needs no service, and a stand-in must never be stored. Not configured yet.
    { name: "cache", layer: undefined },
    // Masks what every line below could not mend, a contract that the service broke included.
    { name: "fallback", layer: fallback(answers, forward, clock) },
    // Inside of fallback: each of several callers in a request has its own stand-in, but one call is made.
    { name: "once", layer: once },
    // Outside of the breaker: every try counts, and an open breaker ends the tries. Not configured yet.
    { name: "retry", layer: undefined },
    // Outside of the bulkhead: a service that is known to fail takes no place in the queue. Not configured yet.
    { name: "circuit breaker", layer: undefined },
    // Outside of the timeout: waiting for a place is the gateway's time, not the service's.
    { name: "bulkhead", layer: bulkhead(concurrency) },
    // Every try has the timeout to itself, and never more than the deadline leaves.
    { name: "attempt timeout", layer: attemptTimeout },
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
