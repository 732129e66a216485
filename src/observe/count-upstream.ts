/** Counts what happens on the way to services. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { createChildren } from "./children.ts";
import { BATCH_BUCKETS, BUCKETS, METRICS } from "./metric-names.ts";
import { createTimings } from "./timings.ts";

interface Step {
  readonly service: string;
  readonly operation: string;
}

/** Every event of the outbound side that is counted, under its name there. */
export interface UpstreamCounters {
  call(call: Step & { readonly outcome: string; readonly durationMs: number }): void;
  masked(step: Step & { readonly kind: string; readonly reason: string }): void;
  retried(step: Step): void;
  budgetSpent(step: Step): void;
  hedged(step: Step & { readonly won: boolean }): void;
  refused(step: Step & { readonly reason: string }): void;
  breaker(change: {
    readonly service: string;
    readonly operation: string | undefined;
    readonly state: "closed" | "open" | "half-open";
  }): void;
  address(event: { readonly service: string; readonly state: string }): void;
  batched(step: Step & { readonly size: number }): void;
  cached(step: Step & { readonly result: string }): void;
  drift(step: Step & { readonly pointer: string }): void;
  /** Its breakers are no more: what they said is not to be shown for ever. */
  forget(service: string): void;
}

const BREAKER_VALUES = { closed: 0, "half-open": 1, open: 2 } as const;

export function countUpstream(registers: Registry[]): UpstreamCounters {
  const calls = createTimings({ ...METRICS.upstreamDuration, buckets: BUCKETS, registers });
  const batches = new Histogram({ ...METRICS.batchSize, buckets: [...BATCH_BUCKETS], registers });
  const degraded = new Counter({ ...METRICS.degraded, registers });
  const retries = new Counter({ ...METRICS.retries, registers });
  const spent = new Counter({ ...METRICS.retryBudgetSpent, registers });
  const hedges = new Counter({ ...METRICS.hedges, registers });
  const refused = new Counter({ ...METRICS.refused, registers });
  const ejections = new Counter({ ...METRICS.ejections, registers });
  const breakers = new Gauge({ ...METRICS.breakerState, aggregator: "max", registers });
  const lookups = new Counter({ ...METRICS.cacheLookups, registers });
  const drift = new Counter({ ...METRICS.contractDrift, registers });
  const operationsOf = new Map<string, Set<string>>();
  // Labels are bound once; their number is bounded by the operations and outcomes that occur.
  const callChildren = createChildren((service, operation, outcome) =>
    calls({ service, operation, outcome }),
  );
  return {
    call({ service, operation, outcome, durationMs }) {
      callChildren(service, operation, outcome).observe(durationMs / 1_000);
    },
    masked({ service, operation, kind, reason }) {
      degraded.inc({ service, operation, kind, reason });
    },
    retried({ service, operation }) {
      retries.inc({ service, operation });
    },
    budgetSpent({ service, operation }) {
      spent.inc({ service, operation });
    },
    hedged({ service, operation, won }) {
      hedges.inc({ service, operation, won: String(won) });
    },
    refused({ service, operation, reason }) {
      refused.inc({ service, operation, reason });
    },
    breaker({ service, operation = "", state }) {
      const known = operationsOf.get(service) ?? new Set();
      operationsOf.set(service, known.add(operation));
      breakers.set({ service, operation }, BREAKER_VALUES[state]);
    },
    address({ service, state }) {
      if (state === "ejected") ejections.inc({ service });
    },
    batched({ service, operation, size }) {
      batches.observe({ service, operation }, size);
    },
    cached({ service, operation, result }) {
      lookups.inc({ service, operation, result });
    },
    drift({ service, operation, pointer }) {
      drift.inc({ service, operation, pointer });
    },
    forget(service) {
      for (const operation of operationsOf.get(service) ?? [])
        breakers.remove({ service, operation });
      operationsOf.delete(service);
    },
  };
}
