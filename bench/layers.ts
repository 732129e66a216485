/**
 * What do the layers between a composer and the wire cost? CPU per request of a composed route over three services:
 * - `bare`: the gateway without any layer, calls go straight to the transport;
 * - `off`: with the layers that cannot be switched off (observe, fallback, once, bulkhead, timeouts);
 * - `default`: as it is shipped: deadlines told, retries, breaker, coalescing, cache.
 *
 * Every candidate is a process of its own on one core; the services and the load share the other. Candidates take
 * turns, slice by slice and in changing order, and all are started anew several times; the ratio is taken pair by pair.
 * No two requests are the same: otherwise coalescing would save more than all layers cost.
 * Exits with 1 when `default` costs more than 1.15 of `bare`.
 */
import { loadavg } from "node:os";
import { startLoad } from "./requests/load.ts";
import { median, table } from "./support/report.ts";
import { pairedRatio, startCandidate, takeTurns } from "./support/turns.ts";

const NAMES = ["bare", "off", "default"] as const;
type Name = (typeof NAMES)[number];

const slice = Number(process.env.BENCH_SLICE ?? 4_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 6);
const starts = Number(process.env.BENCH_STARTS ?? 4);
const warmUp = Number(process.env.BENCH_WARM_UP ?? 20_000);
const MOST = 1.15;
/** The rest of that gateway is the same to the byte. */
const BARE = ["src/upstream/pipeline.ts", "bench/layers/bare-pipeline.ts"] as const;

const load = await startLoad();
try {
  const figures = await takeTurns<Name>({
    names: NAMES,
    start: (name) =>
      startCandidate(
        "bench/layers/gateway.ts",
        [load.serviceUrl, name],
        name === "bare" ? BARE : undefined,
      ),
    load,
    path: "/web/orders/{n}",
    starts,
    rounds,
    slice,
    warmUp,
  });
  const bare = figures.get("bare")?.costs ?? [];
  const rows = [...figures].map(([name, { costs }]) => [
    name,
    median(costs).toFixed(0),
    Math.min(...costs).toFixed(0),
    pairedRatio(costs, bare).toFixed(3),
    (Math.min(...costs) / Math.min(...bare)).toFixed(3),
  ]);
  const where = `Node ${process.versions.node}, ${starts} starts x ${rounds} x ${slice} requests, load ${loadavg()[0]?.toFixed(1)}`;
  process.stdout.write(`\none request, three calls (${where})\n`);
  const head = ["CPU µs/request, median", "least", "x bare, paired median", "x bare, least"];
  process.stdout.write(table(["layers", ...head], rows));
  if (pairedRatio(figures.get("default")?.costs ?? [], bare) > MOST) {
    process.stdout.write(`\nthe default layers cost more than ${MOST} of the bare transport\n`);
    process.exitCode = 1;
  }
} finally {
  load.stop();
}
