/**
 * What does a relay cost? CPU per request of 1 KB relayed with the default policies, against hand-written `node:http` +
 * undici dispatch and against `@fastify/reply-from`. The goal: at most 1.5 times the first, and less than the second.
 *
 * Candidates take turns as in `requests.ts`, and share its services and its load.
 */
import { startLoad } from "./requests/load.ts";
import { median, table } from "./support/report.ts";
import { pairedRatio, startCandidate, takeTurns } from "./support/turns.ts";

const FILES = {
  "node:http + undici": "bench/requests/node-proxied.ts",
  heddle: "bench/requests/heddle.ts",
  "@fastify/reply-from": "bench/relay/reply-from.ts",
} as const;
type Name = keyof typeof FILES;

const slice = Number(process.env.BENCH_SLICE ?? 4_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 6);
const starts = Number(process.env.BENCH_STARTS ?? 4);
const warmUp = Number(process.env.BENCH_WARM_UP ?? 20_000);

const load = await startLoad();
try {
  const figures = await takeTurns<Name>({
    names: Object.keys(FILES) as Name[],
    start: (name) => startCandidate(FILES[name], [load.serviceUrl]),
    load,
    path: "/orders/orders/o-{n}",
    starts,
    rounds,
    slice,
    warmUp,
  });
  const floor = figures.get("node:http + undici")?.costs ?? [];
  const peer = figures.get("@fastify/reply-from")?.costs ?? [];
  const rows = [...figures].map(([name, { costs, rates }]) => [
    name,
    median(costs).toFixed(0),
    pairedRatio(costs, floor).toFixed(2),
    pairedRatio(costs, peer).toFixed(2),
    median(rates).toFixed(0),
  ]);
  const where = `Node ${process.versions.node}, ${starts} starts x ${rounds} x ${slice} requests`;
  process.stdout.write(`\n1 KB relayed (${where})\n`);
  const head = ["CPU µs/request, median", "x floor, paired", "x reply-from, paired", "requests/s"];
  process.stdout.write(table(["candidate", ...head], rows));
} finally {
  load.stop();
}
