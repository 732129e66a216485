import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/observe/metric-names.ts";
import { createMetrics } from "../../src/observe/metrics.ts";

describe("metrics", () => {
  it("count requests and calls by their labels, in seconds", async () => {
    const metrics = createMetrics({ inFlight: () => 3 });
    metrics.request({ method: "GET", route: "/a", status: 200, durationMs: 30 });
    metrics.request({ method: "GET", route: "/a", status: 200, durationMs: 7 });
    metrics.request({ method: "GET", route: undefined, status: 404, durationMs: 1 });
    metrics.call({ service: "orders", operation: "getOrder", outcome: "answered", durationMs: 20 });
    metrics.call({ service: "orders", operation: "getOrder", outcome: "stale", durationMs: 20 });
    const getOrder = { service: "orders", operation: "getOrder" };
    metrics.masked({ ...getOrder, kind: "stale", reason: "service-timeout" });
    const { text } = await metrics.text();
    const lines = text.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        'http_server_request_duration_seconds_bucket{le="0.01",method="GET",route="/a",status="200"} 1',
        'http_server_request_duration_seconds_bucket{le="0.05",method="GET",route="/a",status="200"} 2',
        'http_server_request_duration_seconds_sum{method="GET",route="/a",status="200"} 0.037',
        'http_server_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
        "http_server_requests_in_flight 3",
        'heddle_upstream_request_duration_seconds_count{service="orders",operation="getOrder",outcome="answered"} 1',
        'heddle_degraded_calls_total{service="orders",operation="getOrder",kind="stale",reason="service-timeout"} 1',
      ]),
    );
  });

  it("count every step on the way to a service", async () => {
    const metrics = createMetrics({ inFlight: () => 0 });
    const step = { service: "orders", operation: "getOrder" };
    metrics.retried(step);
    metrics.budgetSpent(step);
    metrics.hedged({ ...step, won: true });
    metrics.refused({ ...step, reason: "queue" });
    metrics.breaker({ service: "orders", operation: undefined, state: "half-open" });
    metrics.address({ service: "orders", state: "ejected" });
    metrics.address({ service: "orders", state: "back" });
    metrics.batched({ ...step, size: 7 });
    metrics.cached({ ...step, result: "hit" });
    metrics.routeCached("/web/orders", "miss");
    metrics.drift({ ...step, pointer: "/lines/*/sku" });
    const { text } = await metrics.text();
    const labels = 'service="orders",operation="getOrder"';
    expect(text.split("\n")).toEqual(
      expect.arrayContaining([
        `heddle_upstream_retries_total{${labels}} 1`,
        `heddle_upstream_retry_budget_spent_total{${labels}} 1`,
        `heddle_upstream_hedges_total{${labels},won="true"} 1`,
        `heddle_upstream_refused_total{${labels},reason="queue"} 1`,
        'heddle_breaker_state{service="orders",operation=""} 1',
        'heddle_upstream_ejections_total{service="orders"} 1',
        `heddle_batch_size_bucket{le="5",${labels}} 0`,
        `heddle_batch_size_bucket{le="10",${labels}} 1`,
        `heddle_cache_lookups_total{${labels},result="hit"} 1`,
        'heddle_route_cache_lookups_total{route="/web/orders",result="miss"} 1',
        `heddle_contract_drift_total{${labels},pointer="/lines/*/sku"} 1`,
      ]),
    );
  });

  it("look at queues, cache and Redis when they are asked for", async () => {
    let redis: "off" | "up" | "down" = "off";
    const metrics = createMetrics({
      inFlight: () => 0,
      calls: () => [{ service: "orders", active: 3, waiting: 2 }],
      addresses: () => [{ service: "orders", up: 2, ejected: 1, unhealthy: 0, inFlight: 7 }],
      cache: () => ({ entries: 5, bytes: 1_234, redis }),
    });
    const lines = async (): Promise<string[]> => (await metrics.text()).text.split("\n");
    const before = await lines();
    expect(before).toEqual(
      expect.arrayContaining([
        'heddle_upstream_calls_active{service="orders"} 3',
        'heddle_upstream_calls_waiting{service="orders"} 2',
        'heddle_upstream_addresses{service="orders",state="up"} 2',
        'heddle_upstream_addresses{service="orders",state="ejected"} 1',
        'heddle_upstream_in_flight{service="orders"} 7',
        "heddle_cache_entries 5",
        "heddle_cache_bytes 1234",
      ]),
    );
    expect(before.filter((line) => line.startsWith("heddle_redis_up"))).toEqual([]);
    redis = "up";
    expect(await lines()).toContain("heddle_redis_up 1");
    redis = "down";
    expect(await lines()).toContain("heddle_redis_up 0");
  });

  it("of two gateways are apart, but the process's are the same", async () => {
    const [one, other] = [
      createMetrics({ inFlight: () => 0 }),
      createMetrics({ inFlight: () => 0 }),
    ];
    one.request({ method: "GET", route: "/a", status: 200, durationMs: 1 });
    const { text } = await other.text();
    expect(text).not.toContain("_count{");
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });

  it("are all in the table, with their help", async () => {
    const { text } = await createMetrics({ inFlight: () => 0 }).text();
    for (const { name, help } of Object.values(METRICS))
      expect(text).toContain(`# HELP ${name} ${help}\n`);
  });
});
