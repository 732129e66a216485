/** Every metric there is, in one table: its name, its type, what it says, and its labels. */
export const METRICS = {
  requestDuration: {
    name: "http_server_request_duration_seconds",
    type: "histogram",
    help: "Time from the head of a request to the last byte of its answer",
    labelNames: ["method", "route", "status"],
  },
  requestsInFlight: {
    name: "http_server_requests_in_flight",
    type: "gauge",
    help: "Requests whose answer is not complete",
    labelNames: [],
  },
  tunnelsOpen: {
    name: "heddle_tunnels_open",
    type: "gauge",
    help: "WebSocket tunnels that are open",
    labelNames: [],
  },
  tunnelDuration: {
    name: "heddle_tunnel_duration_seconds",
    type: "histogram",
    help: "Time for which tunnels were open",
    labelNames: ["route", "end"],
  },
  tunnelBytes: {
    name: "heddle_tunnel_bytes_total",
    type: "counter",
    help: "Bytes that went through tunnels which have ended, by whom they went to",
    labelNames: ["route", "to"],
  },
  connections: {
    name: "http_server_connections",
    type: "gauge",
    help: "Connections of clients, idle ones among them",
    labelNames: [],
  },
  shed: {
    name: "heddle_shed_requests_total",
    type: "counter",
    help: "Requests that were refused with no work done, because there was too much of it",
    labelNames: ["reason"],
  },
  slowClients: {
    name: "heddle_slow_clients_total",
    type: "counter",
    help: "Clients that were too slow, and what they were too slow with",
    labelNames: ["phase"],
  },
  upstreamDuration: {
    name: "heddle_upstream_request_duration_seconds",
    type: "histogram",
    help: "Time from a call to the head of its answer",
    labelNames: ["service", "operation", "outcome"],
  },
  upstreamActive: {
    name: "heddle_upstream_calls_active",
    type: "gauge",
    help: "Calls that a service is answering",
    labelNames: ["service"],
  },
  upstreamWaiting: {
    name: "heddle_upstream_calls_waiting",
    type: "gauge",
    help: "Calls that wait for a place at a service",
    labelNames: ["service"],
  },
  upstreamAddresses: {
    name: "heddle_upstream_addresses",
    type: "gauge",
    help: "Addresses of a service, by how they are: up, ejected, unhealthy",
    labelNames: ["service", "state"],
  },
  upstreamInFlight: {
    name: "heddle_upstream_in_flight",
    type: "gauge",
    help: "Attempts at a service's addresses whose answer is not complete",
    labelNames: ["service"],
  },
  ejections: {
    name: "heddle_upstream_ejections_total",
    type: "counter",
    help: "Times that an address was left out because its calls failed",
    labelNames: ["service"],
  },
  refused: {
    name: "heddle_upstream_refused_total",
    type: "counter",
    help: "Calls that were refused before they were sent: the queue was full, or the breaker open",
    labelNames: ["service", "operation", "reason"],
  },
  retries: {
    name: "heddle_upstream_retries_total",
    type: "counter",
    help: "Second attempts",
    labelNames: ["service", "operation"],
  },
  retryBudgetSpent: {
    name: "heddle_upstream_retry_budget_spent_total",
    type: "counter",
    help: "Second attempts that were left out because the budget was spent",
    labelNames: ["service", "operation"],
  },
  hedges: {
    name: "heddle_upstream_hedges_total",
    type: "counter",
    help: "Calls that were sent a second time while the first was under way",
    labelNames: ["service", "operation", "won"],
  },
  breakerState: {
    name: "heddle_breaker_state",
    type: "gauge",
    help: "0: closed, 1: half-open, 2: open; without operation where the breaker is the service's",
    labelNames: ["service", "operation"],
  },
  batchSize: {
    name: "heddle_batch_size",
    type: "histogram",
    help: "Single calls that one bulk call answered",
    labelNames: ["service", "operation"],
  },
  degraded: {
    name: "heddle_degraded_calls_total",
    type: "counter",
    help: "Calls that were answered by a stand-in",
    labelNames: ["service", "operation", "kind", "reason"],
  },
  cacheLookups: {
    name: "heddle_cache_lookups_total",
    type: "counter",
    help: "What the cache did for calls that it could have answered",
    labelNames: ["service", "operation", "result"],
  },
  routeCacheLookups: {
    name: "heddle_route_cache_lookups_total",
    type: "counter",
    help: "What the cache did for requests of composed routes that are cached",
    labelNames: ["route", "result"],
  },
  deprecatedRequests: {
    name: "heddle_deprecated_requests_total",
    type: "counter",
    help: "Requests for routes that are deprecated or gone",
    labelNames: ["method", "route"],
  },
  cacheEntries: {
    name: "heddle_cache_entries",
    type: "gauge",
    help: "Answers that are kept in this process",
    labelNames: [],
  },
  cacheBytes: {
    name: "heddle_cache_bytes",
    type: "gauge",
    help: "What the answers that are kept in this process weigh",
    labelNames: [],
  },
  redisUp: {
    name: "heddle_redis_up",
    type: "gauge",
    help: "1: the Redis server answers, 0: it does not, and this process keeps to itself",
    labelNames: [],
  },
  contractDrift: {
    name: "heddle_contract_drift_total",
    type: "counter",
    help: "Differences between a service's answers and its document",
    labelNames: ["service", "operation", "pointer"],
  },
  processes: {
    name: "heddle_processes",
    type: "gauge",
    help: "Processes whose measurements these are: with workers, those that answered in time",
    labelNames: [],
  },
  reloads: {
    name: "heddle_config_reloads_total",
    type: "counter",
    help: "New configurations while the gateway ran; failed: it was invalid, and the one before stays",
    labelNames: ["result"],
  },
  lastReload: {
    name: "heddle_config_last_reload_timestamp_seconds",
    type: "gauge",
    help: "When the configuration was last reloaded with this result, in Unix time",
    labelNames: ["result"],
  },
} as const;

/** Seconds; upper bounds of the buckets of the histograms of time. */
export const BUCKETS: readonly number[] = [
  0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Seconds; upper bounds of the buckets of {@link METRICS.tunnelDuration}. */
export const TUNNEL_BUCKETS: readonly number[] = [1, 10, 60, 300, 900, 3_600, 14_400, 86_400];

/** Calls; upper bounds of the buckets of {@link METRICS.batchSize}. */
export const BATCH_BUCKETS: readonly number[] = [1, 2, 5, 10, 20, 50, 100];

/** The route of requests that have none. */
export const NO_ROUTE = "none";
