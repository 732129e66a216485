/**
 * What do bulk calls save? A page that joins twenty products by `each`: upstream requests and CPU a page, with single
 * calls and with `batch`. All ways run in one process on one core, slice by slice in turns; the service is a process on
 * the other core.
 */
import { startChild } from "./support/child.ts";
import { median, table } from "./support/report.ts";

const SLICE = Number(process.env.BENCH_SLICE ?? 400);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 10);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 2_000);
const CONCURRENCY = 8;

const service = await startChild<{ url: string }>("bench/batch/service-process.ts", [], 1);
const caller = await startChild<{ ways: readonly string[] }>(
  "bench/batch/caller-process.ts",
  [service.ready.url],
  0,
);
const { ways } = caller.ready;

interface Measured {
  readonly cost: number;
  readonly requests: number;
}

const asked = async (): Promise<number> =>
  (await service.child.ask<{ requests: number }>({})).requests;

async function measure(way: string, count: number): Promise<Measured> {
  const before = await asked();
  const { cost } = await caller.child.ask<{ cost: number }>({
    way,
    count,
    concurrency: CONCURRENCY,
  });
  return { cost, requests: ((await asked()) - before) / count };
}

try {
  for (const way of ways) await measure(way, WARM_UP);
  const found = new Map<string, Measured[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ways) found.get(way)?.push(await measure(way, SLICE));
  }
  const floor = found.get(ways[0] ?? "") ?? [];
  const rows = ways.map((way) => {
    const all = found.get(way) ?? [];
    const ratios = all.map(({ cost }, round) => cost / (floor[round]?.cost ?? Number.NaN));
    return [
      way,
      median(all.map(({ requests }) => requests)).toFixed(1),
      median(all.map(({ cost }) => cost)).toFixed(0),
      median(ratios).toFixed(2),
    ];
  });
  process.stdout.write(
    `\nNode ${process.versions.node}, ${ROUNDS} x ${SLICE} pages of twenty products of 1 KB\n`,
  );
  process.stdout.write(
    table(["way", "requests/page", "CPU µs/page, median", "x single calls, paired"], rows),
  );
} finally {
  caller.child.stop();
  service.child.stop();
}
