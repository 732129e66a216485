/**
 * What happens at twice the load that can be answered? The peak is found with clients that wait for their answers; then
 * twice as many requests a second come, whatever becomes of them. Goals: 90 % of the peak is still answered, refusals
 * take at most 50 ms (p99), and every probe is answered. The gateway has one core, the service and the clients another;
 * so that these are not the limit, the composer works for `BENCH_WORK_MICROS` (500) on each answer.
 */
import type { OpenLoop, Outcome } from "./overload/load-process.ts";
import { type Child, startChild } from "./support/child.ts";
import { percentile, table } from "./support/report.ts";

const seconds = Number(process.env.BENCH_SECONDS ?? 30);
const peakSeconds = Number(process.env.BENCH_PEAK_SECONDS ?? 4);
const factor = Number(process.env.BENCH_FACTOR ?? 2);
const work = process.env.BENCH_WORK_MICROS ?? "500";
const CLIENTS = [32, 64, 128];
const GOOD = 0.9;
const REFUSED_MS = 50;

const { child: load, ready }: { child: Child; ready: { serviceUrl: string } } = await startChild(
  "bench/overload/load-process.ts",
  [],
  1,
);
const { child: gateway, ready: place }: { child: Child; ready: { port: number } } =
  await startChild("bench/overload/gateway.ts", [ready.serviceUrl, work], 0);

const { port } = place;
const closed = (clients: number, ms: number): Promise<number> =>
  load.ask<number>({ port, clients, ms });

const times = (outcomes: readonly Outcome[]): number[] => outcomes.map(([, ms]) => ms);

try {
  await closed(32, 3_000);
  let peak = 0;
  for (const clients of CLIENTS) {
    const perSecond = await closed(clients, peakSeconds * 1_000);
    process.stdout.write(`${clients} clients: ${perSecond.toFixed(0)} answers a second\n`);
    peak = Math.max(peak, perSecond);
  }
  const cpu = await gateway.ask<number>({});
  const open = await load.ask<OpenLoop>({ port, perSecond: peak * factor, ms: seconds * 1_000 });
  const busy = ((await gateway.ask<number>({})) - cpu) / 1_000_000 / open.seconds;
  const good = open.requests.filter(([status]) => status === 200);
  const refused = open.requests.filter(([status]) => status === 503);
  const others = open.requests.length - good.length - refused.length;
  // What came when nobody asked any more does not count.
  const ratio = open.inTime / open.seconds / peak;
  const row = (name: string, outcomes: readonly Outcome[]): string[] => [
    name,
    (outcomes.length / open.seconds).toFixed(0),
    ...[0.5, 0.99, 1].map((share) => percentile(times(outcomes), share).toFixed(1)),
  ];
  const offered = open.offered / open.seconds;
  process.stdout.write(
    `\n${offered.toFixed(0)} requests a second, ${(offered / peak).toFixed(2)} x the peak of ${peak.toFixed(0)}, for ${seconds} s (Node ${process.versions.node}, gateway ${(busy * 100).toFixed(0)} % of a core)\n`,
  );
  const head = ["a second", "p50, ms", "p99, ms", "longest, ms"];
  const rows = [row("answered", good), row("refused", refused), row("probes", open.probes)];
  process.stdout.write(table(["", ...head], rows));
  process.stdout.write(
    `the clients and the service took ${(open.ownBusy * 100).toFixed(0)} % of another core; their process stood still for ${open.ownMs.toFixed(0)} ms (p99), which is in all of these\n`,
  );
  const badProbes = open.probes.filter(([status]) => status !== 200).length;
  const refusedMs = percentile(times(refused), 0.99);
  process.stdout.write(
    `\nanswered, of the peak: ${(ratio * 100).toFixed(0)} % (goal ${GOOD * 100} %); refusals, p99: ${refusedMs.toFixed(1)} ms (goal ${REFUSED_MS} ms); other answers: ${others}; probes not answered with 200: ${badProbes}\n`,
  );
  if (!(ratio >= GOOD && refusedMs <= REFUSED_MS && others === 0 && badProbes === 0)) {
    process.stdout.write("a goal is not reached\n");
    process.exitCode = 1;
  }
} finally {
  gateway.stop();
  load.stop();
}
