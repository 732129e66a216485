import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/observe/metric-names.ts";
import { createMetrics } from "../../src/observe/metrics.ts";

describe("metrics", () => {
  it("count requests and calls by their labels, in seconds", async () => {
    const metrics = createMetrics(() => 3);
    metrics.request({ method: "GET", route: "/a", status: 200, durationMs: 30 });
    metrics.request({ method: "GET", route: "/a", status: 200, durationMs: 7 });
    metrics.request({ method: "GET", route: undefined, status: 404, durationMs: 1 });
    metrics.call({ service: "orders", operation: "getOrder", outcome: "answered", durationMs: 20 });
    metrics.call({ service: "orders", operation: "getOrder", outcome: "stale", durationMs: 20 });
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
        'heddle_degraded_calls_total{service="orders",operation="getOrder",kind="stale"} 1',
      ]),
    );
    expect(text).not.toContain('kind="answered"');
  });

  it("of two gateways are apart, but the process's are the same", async () => {
    const [one, other] = [createMetrics(() => 0), createMetrics(() => 0)];
    one.request({ method: "GET", route: "/a", status: 200, durationMs: 1 });
    const { text } = await other.text();
    expect(text).not.toContain("_count{");
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });

  it("are all in the table, with their help", async () => {
    const { text } = await createMetrics(() => 0).text();
    for (const { name, help } of Object.values(METRICS))
      expect(text).toContain(`# HELP ${name} ${help}\n`);
  });
});
