/**
 * Does anything stay behind? 100,000 requests of every kind, over services with every fault of the table, with clients
 * of which a tenth leave early, against one gateway process: calls of composers and relayed ones, retries, hedges,
 * breakers that open, queues that overflow, answers that are kept, stand-ins, streams. Then memory (heap and buffers
 * after a collection), sockets, timers and listeners must be what they were after the first tenth, which warms up.
 *
 * The mix is random with a seed (`BENCH_SEED`). Exits with 1 when something has grown, when a request has never ended,
 * or when the gateway has answered 500.
 */
import { loadavg } from "node:os";
import type { Endings } from "./soak/clients.ts";
import type { Figures } from "./soak/figures.ts";
import { startChild } from "./support/child.ts";
import { table } from "./support/report.ts";

const COUNT = Number(process.env.BENCH_COUNT ?? 100_000);
const CLIENTS = Number(process.env.BENCH_CLIENTS ?? 100);
const SEED = process.env.BENCH_SEED ?? "1";
const ROUNDS = 10;
/** Compiled code and caches of V8 come and go; what leaks with requests is far more after 90,000. */
const MOST_MEGABYTES = 4;
const SETTLE_MS = 15_000;
/** What a gateway at rest has: its listening socket, and the pipe to this process. */
const AT_REST: ReadonlySet<string> = new Set(["PipeWrap", "TCPServerWrap"]);

const { child: world, ready } = await startChild<{ serviceUrl: string }>(
  "bench/soak/world-process.ts",
  [SEED],
  1,
);
const started = await startChild<{ url: string }>(
  "bench/soak/gateway-process.ts",
  [ready.serviceUrl],
  0,
);
const { child: gateway } = started;
try {
  const idle = await settled();
  const rows: string[][] = [row("idle", idle, {})];
  let first = idle;
  let last = idle;
  const all: Record<string, number> = {};
  for (let round = 1; round <= ROUNDS; round += 1) {
    const endings = await world.ask<Endings>({
      url: started.ready.url,
      count: Math.round(COUNT / ROUNDS),
      clients: CLIENTS,
    });
    for (const [ending, count] of Object.entries(endings)) all[ending] = (all[ending] ?? 0) + count;
    last = await settled();
    if (round === 1) first = last;
    rows.push(row(`after ${Math.round((COUNT / ROUNDS) * round)}`, last, endings));
  }
  process.stdout.write(
    `\nsoak (Node ${process.versions.node}, seed ${SEED}, load ${loadavg()[0]?.toFixed(1)})\n${table(
      ["requests", "heap MB", "external MB", "rss MB", "sockets, timers...", "listeners", "ends"],
      rows,
    )}\n`,
  );
  const faults = faultsOf(first, last, all);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.stdout.write(
    faults.length === 0 ? "nothing stayed behind\n" : `${faults.length} things are wrong\n`,
  );
  if (faults.length > 0) process.exitCode = 1;
} finally {
  gateway.stop();
  world.stop();
}

/**
 * The figures when what was under way has ended; those of the last look, when it never does. Services hang up at every
 * look: after a call is given up, undici connects once more, to be ready for the next.
 */
async function settled(): Promise<Figures> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    await world.ask({ hangUp: true });
    await new Promise((resolve) => setTimeout(resolve, 250));
    const figures = await gateway.ask<Figures>({});
    const isAtRest = Object.keys(figures.resources).every((kind) => AT_REST.has(kind));
    if (isAtRest || performance.now() > until) return figures;
  }
}

function kinds({ resources }: Figures): string {
  return Object.entries(resources)
    .map(([kind, count]) => `${kind} ${count}`)
    .sort()
    .join(", ");
}

function row(name: string, figures: Figures, endings: Endings): string[] {
  return [
    name,
    figures.heapMegabytes.toFixed(1),
    figures.externalMegabytes.toFixed(1),
    figures.rssMegabytes.toFixed(0),
    kinds(figures),
    String(figures.listeners),
    Object.entries(endings)
      .map(([ending, count]) => `${ending}:${count}`)
      .join(" "),
  ];
}

function faultsOf(first: Figures, last: Figures, endings: Endings): string[] {
  const faults: string[] = [];
  const grown = (what: string, megabytes: number): void => {
    if (megabytes > MOST_MEGABYTES) faults.push(`${what} has grown by ${megabytes.toFixed(1)} MB`);
  };
  grown("the heap", last.heapMegabytes - first.heapMegabytes);
  grown("memory outside of the heap", last.externalMegabytes - first.externalMegabytes);
  if (kinds(first) !== kinds(last))
    faults.push(`resources are ${kinds(last)} and were ${kinds(first)}`);
  if (first.listeners !== last.listeners)
    faults.push(`the process has ${last.listeners} listeners and had ${first.listeners}`);
  for (const ending of ["stuck", "500"]) {
    const count = endings[ending] ?? 0;
    if (count > 0) faults.push(`${count} requests ended with ${ending}`);
  }
  return faults;
}
