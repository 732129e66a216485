/**
 * What does a hit in the response cache cost? Requests a second and CPU per request of a composed answer that is kept
 * in the process, against Koa and @koa/router answering the same bytes (the target: at least 0.9 of its rate).
 *
 * Each candidate is a process on one core, the load on the other; they take turns, slice by slice, and the ratio is
 * taken pair by pair.
 */
import { startLoad } from "./requests/load.ts";
import { type Child, startChild } from "./support/child.ts";
import { median, table } from "./support/report.ts";

const SLICE = Number(process.env.BENCH_SLICE ?? 8_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 30_000);
const CONNECTIONS = 64;
const PATH = "/web/orders/o-1";
const YARDSTICK = "koa-constant";

const CANDIDATES: readonly (readonly [name: string, file: string, args: readonly string[]])[] = [
  [YARDSTICK, "koa-constant", []],
  ["heddle, hit, public", "heddle-hit", ["public"]],
  ["heddle, hit, for a caller", "heddle-hit", ["private"]],
  ["heddle, not cached", "heddle-hit", ["off"]],
  ["node-constant", "node-constant", []],
];

interface Figures {
  readonly rates: number[];
  readonly costs: number[];
}

interface Running {
  readonly name: string;
  readonly child: Child;
  readonly url: string;
  readonly figures: Figures;
}

const load = await startLoad();
const running: Running[] = [];
// One after the other: two of the same file are bundled to the same place.
for (const [name, file, args] of CANDIDATES) {
  const { child, ready } = await startChild<{ url: string }>(
    `bench/cache-hit/${file}.ts`,
    ["", ...args],
    0,
  );
  running.push({ name, child, url: `${ready.url}${PATH}`, figures: { rates: [], costs: [] } });
}
try {
  const texts = new Set(await Promise.all(running.map(({ url }) => load.once(url))));
  if (texts.size !== 1)
    throw new Error(`the candidates answer differently: ${[...texts].join("\n")}`);
  for (const { url } of running) await load.run(url, WARM_UP, CONNECTIONS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { child, url, figures } of running) {
      const before = await child.ask<number>({});
      const startedMs = performance.now();
      await load.run(url, SLICE, CONNECTIONS);
      const seconds = (performance.now() - startedMs) / 1_000;
      figures.rates.push(SLICE / seconds);
      figures.costs.push(((await child.ask<number>({})) - before) / SLICE);
    }
  }
  const yardstick = running.find(({ name }) => name === YARDSTICK)?.figures;
  const ratio = (own: readonly number[], other: readonly number[] = []): string =>
    median(own.map((value, round) => value / (other[round] ?? Number.NaN))).toFixed(2);
  process.stdout.write(
    `\n${PATH} (Node ${process.versions.node}, ${ROUNDS} x ${SLICE} requests)\n`,
  );
  process.stdout.write(
    table(
      [
        "candidate",
        "requests/s, median",
        "x Koa's rate",
        "CPU µs/request, median",
        "Koa's / own CPU",
      ],
      running.map(({ name, figures: { rates, costs } }) => [
        name,
        median(rates).toFixed(0),
        ratio(rates, yardstick?.rates),
        median(costs).toFixed(1),
        ratio(yardstick?.costs ?? [], costs),
      ]),
    ),
  );
} finally {
  for (const { child } of running) child.stop();
  load.stop();
}
