/** What the gateway measures (prom-client), in the text format that Prometheus reads. */
import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from "prom-client";
import { type AddressFigures, addAddressGauges } from "./address-gauges.ts";
import { createChildren, createPairs } from "./children.ts";
import { countUpstream, type UpstreamCounters } from "./count-upstream.ts";
import { BUCKETS, METRICS, NO_ROUTE, TUNNEL_BUCKETS } from "./metric-names.ts";
import { createTimings } from "./timings.ts";

export interface MeasuredRequest {
  readonly method: string;
  /** The template; undefined: no route was found. */
  readonly route: string | undefined;
  readonly status: number;
  readonly durationMs: number;
}

export interface MeasuredTunnel {
  /** The template. */
  readonly route: string;
  readonly end: string;
  readonly durationMs: number;
  readonly bytesToService: number;
  readonly bytesToClient: number;
}

/** What is looked at when somebody asks. */
export interface Gauges {
  /** Requests whose answer is not complete. */
  inFlight(): number;
  /** Tunnels that are open. */
  tunnels?(): number;
  /** Of clients. */
  connections?(): number;
  /** By service: calls that it is answering, and calls that wait. */
  calls?(): Iterable<{
    readonly service: string;
    readonly active: number;
    readonly waiting: number;
  }>;
  addresses?(): Iterable<AddressFigures>;
  /** Answers that are kept; `redis`: whether the server answers, where there is one. */
  cache?(): {
    readonly entries: number;
    readonly bytes: number;
    readonly redis: "off" | "up" | "down";
  };
}

export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** The measurements of several processes as those of one. @param all of {@link Metrics.json} */
export async function joinMetrics(all: readonly unknown[]): Promise<MetricsText> {
  const joined = AggregatorRegistry.aggregate(all as object[]);
  return { contentType: joined.contentType, text: await joined.metrics() };
}

export interface Metrics extends UpstreamCounters {
  request(measured: MeasuredRequest): void;
  /** A tunnel that has ended. */
  tunnel(measured: MeasuredTunnel): void;
  /** A look-up for a composed route that is cached. */
  routeCached(route: string, result: string): void;
  /** A request for a route that is deprecated or gone. */
  deprecated(method: string, route: string): void;
  /** A new configuration was taken up, or not. `at`: Unix seconds. */
  reloaded(result: "ok" | "failed", at: number): void;
  /** A request that was refused because there was too much to do. */
  shed(reason: string): void;
  slowClient(phase: string): void;
  /** Everything measured so far. */
  text(): Promise<MetricsText>;
  /** The same as plain data, for {@link joinMetrics}. */
  json(): Promise<unknown>;
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

export function createMetrics(gauges: Gauges): Metrics {
  const own = new Registry();
  const registers = [own];
  const requests = createTimings({ ...METRICS.requestDuration, buckets: BUCKETS, registers });
  const lookups = new Counter({ ...METRICS.routeCacheLookups, registers });
  const deprecated = new Counter({ ...METRICS.deprecatedRequests, registers });
  const tunnels = new Histogram({
    ...METRICS.tunnelDuration,
    buckets: [...TUNNEL_BUCKETS],
    registers,
  });
  const tunnelBytes = new Counter({ ...METRICS.tunnelBytes, registers });
  const shed = new Counter({ ...METRICS.shed, registers });
  const slow = new Counter({ ...METRICS.slowClients, registers });
  const upstream = countUpstream(registers);
  const reloads = new Counter({ ...METRICS.reloads, registers });
  const lastReload = new Gauge({ ...METRICS.lastReload, aggregator: "max", registers });
  addGauges(gauges, registers);
  addAddressGauges(gauges.addresses?.bind(gauges), registers);
  // Copies what is there: last.
  const registry = Registry.merge([processRegistry(), own]);
  // Labels are bound once; their number is bounded by the routes, methods and statuses that occur.
  const requestChildren = createChildren((route, method, status) =>
    requests({ method, route, status }),
  );

  const lookupsOf = createPairs((route, result) => lookups.labels({ route, result }));

  const deprecatedOf = createPairs((method, route) => deprecated.labels({ method, route }));

  return {
    ...upstream,
    request({ method, route = NO_ROUTE, status, durationMs }) {
      requestChildren(route, method, status).observe(durationMs / 1_000);
    },
    tunnel({ route, end, durationMs, bytesToService, bytesToClient }) {
      tunnels.observe({ route, end }, durationMs / 1_000);
      tunnelBytes.inc({ route, to: "service" }, bytesToService);
      tunnelBytes.inc({ route, to: "client" }, bytesToClient);
    },
    routeCached(route, result) {
      lookupsOf(route, result).inc();
    },
    deprecated(method, route) {
      deprecatedOf(method, route).inc();
    },
    reloaded(result, at) {
      reloads.inc({ result });
      lastReload.set({ result }, at);
    },
    shed(reason) {
      shed.inc({ reason });
    },
    slowClient(phase) {
      slow.inc({ phase });
    },
    async text() {
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    json: () => registry.getMetricsAsJSON(),
  };
}

function addGauges(
  { inFlight, tunnels, connections, calls, cache }: Gauges,
  registers: Registry[],
): void {
  new Gauge({ ...METRICS.processes, registers }).set(1);
  new Gauge({
    ...METRICS.requestsInFlight,
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  new Gauge({
    ...METRICS.tunnelsOpen,
    registers,
    collect() {
      this.set(tunnels?.() ?? 0);
    },
  });
  new Gauge({
    ...METRICS.connections,
    registers,
    collect() {
      this.set(connections?.() ?? 0);
    },
  });
  const ofCalls = (metric: typeof METRICS.upstreamActive | typeof METRICS.upstreamWaiting) =>
    new Gauge({
      ...metric,
      registers,
      collect() {
        // Services come and go.
        this.reset();
        for (const { service, active, waiting } of calls?.() ?? [])
          this.set({ service }, metric === METRICS.upstreamActive ? active : waiting);
      },
    });
  ofCalls(METRICS.upstreamActive);
  ofCalls(METRICS.upstreamWaiting);
  new Gauge({
    ...METRICS.cacheEntries,
    registers,
    collect() {
      this.set(cache?.().entries ?? 0);
    },
  });
  new Gauge({
    ...METRICS.cacheBytes,
    registers,
    collect() {
      this.set(cache?.().bytes ?? 0);
    },
  });
  // Only where there is one: nobody wants to be told that a server which they do not have is down.
  new Gauge({
    ...METRICS.redisUp,
    // Of several processes: one that has lost it is what an alert is for.
    aggregator: "min",
    registers,
    collect() {
      const redis = cache?.().redis ?? "off";
      if (redis === "off") this.remove();
      else this.set(redis === "up" ? 1 : 0);
    },
  });
}
