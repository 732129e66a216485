/** What the gateway measures (prom-client), in the text format that Prometheus reads. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { BUCKETS, METRICS, NO_ROUTE } from "./metric-names.ts";

export interface MeasuredRequest {
  readonly method: string;
  /** The template; undefined: no route was found. */
  readonly route: string | undefined;
  readonly status: number;
  readonly durationMs: number;
}

export interface MeasuredCall {
  readonly service: string;
  readonly operation: string;
  readonly outcome: string;
  readonly durationMs: number;
}

export interface Metrics {
  request(measured: MeasuredRequest): void;
  call(measured: MeasuredCall): void;
  /** Everything measured so far. */
  text(): Promise<{ readonly contentType: string; readonly text: string }>;
}

interface Child {
  observe(seconds: number): void;
}

/** One for the whole process, whatever the number of gateways: its observers can never be taken down again. */
let ofProcess: Registry | undefined;

function processRegistry(): Registry {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** @param inFlight counts requests whose answer is not complete. */
export function createMetrics(inFlight: () => number): Metrics {
  const own = new Registry();
  const registers = [own];
  const buckets = [...BUCKETS];
  const requests = new Histogram({ ...METRICS.requestDuration, buckets, registers });
  const calls = new Histogram({ ...METRICS.upstreamDuration, buckets, registers });
  const degraded = new Counter({ ...METRICS.degraded, registers });
  new Gauge({
    ...METRICS.requestsInFlight,
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  const registry = Registry.merge([processRegistry(), own]);
  // Labels are bound once; their number is bounded by the routes, operations, methods and statuses that occur.
  // A map in a map costs less than a key put together for every call.
  const requestChildren = createChildren((route, method, status) =>
    requests.labels({ method, route, status }),
  );
  const callChildren = createChildren((service, operation, outcome) =>
    calls.labels({ service, operation, outcome }),
  );

  return {
    request({ method, route = NO_ROUTE, status, durationMs }) {
      requestChildren(route, method, status).observe(durationMs / 1_000);
    },
    call({ service, operation, outcome, durationMs }) {
      callChildren(service, operation, outcome).observe(durationMs / 1_000);
      if (outcome === "stale" || outcome === "default")
        degraded.inc({ service, operation, kind: outcome });
    },
    async text() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

type MakeChild = (first: string, second: string, third: string | number) => Child;

/** Finds the observer of three labels, and makes it once. */
function createChildren(make: MakeChild): MakeChild {
  const root = new Map<string, Map<string, Map<string | number, Child>>>();
  return function childOf(first, second, third) {
    const known = root.get(first)?.get(second)?.get(third);
    if (known !== undefined) return known;
    const child = make(first, second, third);
    const seconds = root.get(first) ?? new Map<string, Map<string | number, Child>>();
    const thirds = seconds.get(second) ?? new Map<string | number, Child>();
    root.set(first, seconds.set(second, thirds.set(third, child)));
    return child;
  };
}
