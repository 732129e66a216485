/**
 * What does one request cost? CPU per request of a composed route over three services and of a proxied one,
 * against hand-written `node:http` + undici dispatch and against Koa with openapi-fetch as it is shipped.
 *
 * Every candidate is a process of its own on one core; the services and the load share the other. Candidates take
 * turns, slice by slice and in changing order, and all are started anew several times; the ratio is taken pair by pair.
 */
import { startLoad } from "./requests/load.ts";
import { median, table } from "./support/report.ts";
import { pairedRatio, startCandidate, takeTurns } from "./support/turns.ts";

type Name = "node-composed" | "node-proxied" | "koa-openapi-fetch" | "heddle";

interface Workload {
  readonly title: string;
  readonly path: string;
  readonly floor: Name;
  readonly names: readonly Name[];
}

const WORKLOADS: readonly Workload[] = [
  {
    title: "composed: three services joined in one answer",
    path: "/web/orders/o-{n}",
    floor: "node-composed",
    names: ["node-composed", "heddle", "koa-openapi-fetch"],
  },
  {
    title: "proxied: 1 KB relayed",
    path: "/orders/orders/o-{n}",
    floor: "node-proxied",
    names: ["node-proxied", "heddle"],
  },
];

const slice = Number(process.env.BENCH_SLICE ?? 4_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 6);
const starts = Number(process.env.BENCH_STARTS ?? 4);
const warmUp = Number(process.env.BENCH_WARM_UP ?? 20_000);

const load = await startLoad();
try {
  for (const { title, path, floor, names } of WORKLOADS) {
    const figures = await takeTurns<Name>({
      names,
      start: (name) => startCandidate(`bench/requests/${name}.ts`, [load.serviceUrl]),
      load,
      path,
      starts,
      rounds,
      slice,
      warmUp,
    });
    const rows = [...figures].map(([name, { costs }]) => {
      const others = figures.get(floor)?.costs ?? [];
      return [
        name,
        median(costs).toFixed(0),
        Math.min(...costs).toFixed(0),
        pairedRatio(costs, others).toFixed(2),
        (Math.min(...costs) / Math.min(...others)).toFixed(2),
      ];
    });
    const where = `Node ${process.versions.node}, ${starts} starts x ${rounds} x ${slice} requests`;
    process.stdout.write(`\n${title} (${where})\n`);
    const head = ["CPU µs/request, median", "least", "x floor, paired median", "x floor, least"];
    process.stdout.write(table(["candidate", ...head], rows));
  }
} finally {
  load.stop();
}
