/**
 * What does one upstream call cost? CPU per call of a bound operation, and of the path client, against bare undici
 * dispatch with JSON.parse. All ways run in one process on one core, slice by slice in turns; the service is a process
 * on the other core. The ratio is taken pair by pair.
 */
import { startChild } from "./support/child.ts";
import { median, table } from "./support/report.ts";

const SLICE = Number(process.env.BENCH_SLICE ?? 6_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 12);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 30_000);
const CONCURRENCY = 16;

const service = await startChild<{ url: string }>("bench/call/service-process.ts", [], 1);
const caller = await startChild<{ ways: readonly string[] }>(
  "bench/call/caller-process.ts",
  [service.ready.url],
  0,
);
const { ways } = caller.ready;

async function measure(way: string, count: number): Promise<number> {
  const { cost } = await caller.child.ask<{ cost: number }>({
    way,
    count,
    concurrency: CONCURRENCY,
  });
  return cost;
}

try {
  for (const way of ways) await measure(way, WARM_UP);
  const costs = new Map<string, number[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ways) costs.get(way)?.push(await measure(way, SLICE));
  }
  const floor = costs.get("dispatch") ?? [];
  const rows = ways.map((way) => {
    const cost = costs.get(way) ?? [];
    const pairs = cost.map(
      (value, round) =>
        [value / (floor[round] ?? Number.NaN), value - (floor[round] ?? Number.NaN)] as const,
    );
    return [
      way,
      median(cost).toFixed(1),
      Math.min(...cost).toFixed(1),
      median(pairs.map(([ratio]) => ratio)).toFixed(2),
      median(pairs.map(([, more]) => more)).toFixed(1),
    ];
  });
  process.stdout.write(
    `\nNode ${process.versions.node}, ${ROUNDS} x ${SLICE} calls of 1 KB, three a request\n`,
  );
  process.stdout.write(
    table(["way", "CPU µs/call, median", "least", "x dispatch, paired", "µs more, paired"], rows),
  );
} finally {
  caller.child.stop();
  service.child.stop();
}
