/**
 * What does one request cost? CPU per request of a composed route over three services and of a proxied one,
 * against hand-written `node:http` + undici dispatch and against Koa with openapi-fetch as it is shipped.
 *
 * Every candidate is a process of its own on one core; the services and the load share the other. Candidates take
 * turns, slice by slice, so that a drift of the machine meets all of them; the ratio is taken pair by pair.
 */
import { type Candidate, type CandidateName, startCandidate } from "./requests/candidates.ts";
import { startLoad } from "./requests/load.ts";
import { median, table } from "./support/report.ts";

interface Workload {
  readonly title: string;
  readonly path: string;
  readonly floor: CandidateName;
  readonly candidates: readonly CandidateName[];
}

const WORKLOADS: readonly Workload[] = [
  {
    title: "composed: three services joined in one answer",
    path: "/web/orders/o-{n}",
    floor: "node-composed",
    candidates: ["node-composed", "heddle", "koa-openapi-fetch"],
  },
  {
    title: "proxied: 1 KB relayed",
    path: "/orders/orders/o-{n}",
    floor: "node-proxied",
    candidates: ["node-proxied", "heddle"],
  },
];

/** Requests a slice, slices a candidate, and what is thrown away first. */
const SLICE = Number(process.env.BENCH_SLICE ?? 4_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 10);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 20_000);
const CONNECTIONS = 64;

const load = await startLoad();
try {
  for (const workload of WORKLOADS) {
    const running = new Map<CandidateName, Candidate>();
    try {
      for (const name of workload.candidates)
        running.set(name, await startCandidate(name, load.serviceUrl));
      const answers = new Map<CandidateName, string>();
      for (const [name, candidate] of running) {
        answers.set(name, await load.once(`${candidate.url}${workload.path}`));
      }
      const [expected, ...others] = [...answers.values()].map((text) =>
        JSON.stringify(JSON.parse(text)),
      );
      if (others.some((text) => text !== expected)) {
        throw new Error(
          `the candidates answer differently: ${JSON.stringify([...answers], null, 2)}`,
        );
      }
      for (const candidate of running.values()) {
        await load.run(`${candidate.url}${workload.path}`, WARM_UP, CONNECTIONS);
      }
      const costs = new Map<CandidateName, number[]>(workload.candidates.map((name) => [name, []]));
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [name, candidate] of running) {
          const before = await candidate.cpuMicros();
          await load.run(`${candidate.url}${workload.path}`, SLICE, CONNECTIONS);
          costs.get(name)?.push(((await candidate.cpuMicros()) - before) / SLICE);
        }
      }
      const floor = costs.get(workload.floor) ?? [];
      const rows = workload.candidates.map((name) => {
        const cost = costs.get(name) ?? [];
        const ratios = cost.map((value, round) => value / (floor[round] ?? Number.NaN));
        return [
          name,
          median(cost).toFixed(0),
          Math.min(...cost).toFixed(0),
          median(ratios).toFixed(2),
        ];
      });
      process.stdout.write(
        `\n${workload.title} (Node ${process.versions.node}, ${ROUNDS} x ${SLICE} requests)\n`,
      );
      process.stdout.write(
        table(["candidate", "CPU µs/request, median", "least", "x floor, paired median"], rows),
      );
    } finally {
      for (const candidate of running.values()) candidate.stop();
    }
  }
} finally {
  load.stop();
}
