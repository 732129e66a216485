/**
 * What do the layers between a composer and the wire cost? CPU per request of a composed route over three services:
 * - `bare`: the gateway without any layer, calls go straight to the transport;
 * - `off`: with the layers that cannot be switched off (observe, fallback, once, bulkhead, timeouts);
 * - `default`: as it is shipped: deadlines told, retries, breaker, coalescing, cache.
 *
 * Every candidate is a process of its own on one core; the services and the load share the other. Candidates take
 * turns, slice by slice and in changing order, so that a drift of the machine meets all of them; the ratio is taken
 * round by round. All are started anew several times: some processes of each kind end up with a garbage collector that
 * has far more to carry than others (V8 decides early which literals are to be old at birth). No two requests are the same: otherwise coalescing would save more than all layers cost.
 * Exits with 1 when `default` costs more than 1.15 of `bare`.
 */
import { loadavg } from "node:os";
import { type Candidate, serving } from "./layers/candidates.ts";
import { startLoad } from "./requests/load.ts";
import { median, table } from "./support/report.ts";

const NAMES = ["bare", "off", "default"] as const;
type Name = (typeof NAMES)[number];

/** Requests a slice, slices a candidate, and what is thrown away first. */
const SLICE = Number(process.env.BENCH_SLICE ?? 4_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
const STARTS = Number(process.env.BENCH_STARTS ?? 4);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 12_000);
const CONNECTIONS = 64;
const MOST = 1.15;

const load = await startLoad();
const costs: Record<Name, number[]> = { bare: [], off: [], default: [] };

async function measure(running: ReadonlyMap<Name, Candidate>): Promise<void> {
  const answers = new Set<string>();
  for (const { url } of running.values()) answers.add(await load.once(`${url}/web/orders/1`));
  if (answers.size !== 1) throw new Error(`the candidates answer differently: ${[...answers]}`);
  const slice = ({ url }: Candidate, count: number): Promise<void> =>
    load.run(`${url}/web/orders/{n}`, count, CONNECTIONS);
  for (const candidate of running.values()) await slice(candidate, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < NAMES.length; turn += 1) {
      const name = NAMES[(round + turn) % NAMES.length] ?? "bare";
      const candidate = running.get(name) as Candidate;
      const before = await candidate.cpuMicros();
      await slice(candidate, SLICE);
      costs[name].push(((await candidate.cpuMicros()) - before) / SLICE);
    }
  }
}

try {
  for (let start = 0; start < STARTS; start += 1) {
    const running = new Map<Name, Candidate>();
    try {
      for (const name of NAMES) running.set(name, await serving(name, load.serviceUrl));
      await measure(running);
    } finally {
      for (const candidate of running.values()) candidate.stop();
    }
  }
  const ratioOf = (name: Name): number =>
    median(costs[name].map((cost, round) => cost / (costs.bare[round] ?? Number.NaN)));
  const rows = NAMES.map((name) => [
    name,
    median(costs[name]).toFixed(0),
    Math.min(...costs[name]).toFixed(0),
    ratioOf(name).toFixed(3),
    (Math.min(...costs[name]) / Math.min(...costs.bare)).toFixed(3),
  ]);
  const where = `Node ${process.versions.node}, ${STARTS} starts x ${ROUNDS} x ${SLICE} requests, load ${loadavg()[0]?.toFixed(1)}`;
  process.stdout.write(`\none request, three calls (${where})\n`);
  process.stdout.write(
    table(
      ["layers", "CPU µs/request, median", "least", "x bare, paired median", "x bare, least"],
      rows,
    ),
  );
  if (ratioOf("default") > MOST) {
    process.stdout.write(`\nthe default layers cost more than ${MOST} of the bare transport\n`);
    process.exitCode = 1;
  }
} finally {
  load.stop();
}
