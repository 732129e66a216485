/**
 * What does a hit in the response cache cost? Requests a second and CPU per request of a composed answer that is kept
 * in the process, against Koa and @koa/router answering the same bytes (the target: at least 0.9 of its rate).
 *
 * Each candidate is a process on one core, the load on the other; they take turns, slice by slice and in changing order,
 * all are started anew several times, and the ratio is taken pair by pair.
 */
import { startLoad } from "./requests/load.ts";
import { median, table } from "./support/report.ts";
import { pairedRatio, startCandidate, takeTurns } from "./support/turns.ts";

const slice = Number(process.env.BENCH_SLICE ?? 8_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 8);
const starts = Number(process.env.BENCH_STARTS ?? 3);
const warmUp = Number(process.env.BENCH_WARM_UP ?? 30_000);
const PATH = "/web/orders/o-1";

const CANDIDATES = {
  "koa-constant": ["koa-constant"],
  "heddle, hit, public": ["heddle-hit", "public"],
  "heddle, hit, for a caller": ["heddle-hit", "private"],
  "heddle, not cached": ["heddle-hit", "off"],
  "node-constant": ["node-constant"],
} as const;
type Name = keyof typeof CANDIDATES;

const load = await startLoad();
try {
  const figures = await takeTurns<Name>({
    names: Object.keys(CANDIDATES) as Name[],
    start: (name) => {
      const [file, ...args] = CANDIDATES[name];
      return startCandidate(`bench/cache-hit/${file}.ts`, ["", ...args]);
    },
    load,
    path: PATH,
    starts,
    rounds,
    slice,
    warmUp,
  });
  const koa = figures.get("koa-constant");
  const rows = [...figures].map(([name, { rates, costs }]) => [
    name,
    median(rates).toFixed(0),
    pairedRatio(rates, koa?.rates).toFixed(2),
    median(costs).toFixed(1),
    Math.min(...costs).toFixed(1),
    pairedRatio(koa?.costs ?? [], costs).toFixed(2),
  ]);
  const where = `Node ${process.versions.node}, ${starts} starts x ${rounds} x ${slice} requests`;
  process.stdout.write(`\n${PATH} (${where})\n`);
  const head = ["requests/s, median", "x Koa's rate", "CPU µs/request, median", "least"];
  process.stdout.write(table(["candidate", ...head, "Koa's / own CPU"], rows));
} finally {
  load.stop();
}
