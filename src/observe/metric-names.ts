/** Every metric there is, in one table: its name, what it says, and its labels. */
export const METRICS = {
  requestDuration: {
    name: "http_server_request_duration_seconds",
    help: "Time from the head of a request to the last byte of its answer",
    labelNames: ["method", "route", "status"],
  },
  requestsInFlight: {
    name: "http_server_requests_in_flight",
    help: "Requests whose answer is not complete",
    labelNames: [],
  },
  upstreamDuration: {
    name: "heddle_upstream_request_duration_seconds",
    help: "Time from a call to the head of its answer",
    labelNames: ["service", "operation", "outcome"],
  },
  degraded: {
    name: "heddle_degraded_calls_total",
    help: "Calls that were answered by a stand-in",
    labelNames: ["service", "operation", "kind"],
  },
} as const;

/** Seconds; upper bounds of the buckets of both histograms. */
export const BUCKETS: readonly number[] = [
  0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** The route of requests that have none. */
export const NO_ROUTE = "none";
