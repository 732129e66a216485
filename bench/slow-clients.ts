/**
 * Do slow clients keep others from being answered, and for how long do they hold what they hold? A thousand connections
 * that drip the head or the body of a request, do not read their answer, or idle; beside them a client that asks all the
 * time. It holds when that one is always answered, and when every slow one is closed within its limit and 2 s.
 * `BENCH_LIMITS=default` takes the limits that a gateway has when nothing is configured, instead of 5 s each.
 */
import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { KINDS, type Kind, type SlowClient, startSlowClient } from "./slow-clients/slow-kinds.ts";
import { socketMemory } from "./slow-clients/socket-memory.ts";
import { type Child, startChild } from "./support/child.ts";
import { percentile, table } from "./support/report.ts";

const count = Number(process.env.BENCH_CLIENTS ?? 1_000);
const isDefault = process.env.BENCH_LIMITS === "default";
const limitSeconds: Readonly<Record<Kind, number>> = isDefault
  ? { head: 10, body: 20, read: 20, idle: 65 }
  : { head: 5, body: 5, read: 5, idle: 5 };
/** How much later than its limit a client may be closed. */
const SLACK_SECONDS = 2;
/** Whoever does not read is slow from when all buffers between are full. */
const FILL_SECONDS = 2.5;
const PROBE_MS = 50;
/** Of the client that asks all the time. */
const OWN_CONNECTIONS = 4;
const BATCH = 4;
const BATCH_MS = 20;
/**
 * Megabytes: more than the buffers of a connection hold, and not much more. All three ends are on this machine, and where
 * the system runs out of memory for sockets it makes connections wait for seconds, whatever the gateway does.
 */
const LARGE = Number(process.env.BENCH_LARGE ?? 5);
const MEGABYTE = Buffer.alloc(1_048_576, "heddle");

function* largeBody(): Generator<Buffer> {
  for (let sent = 0; sent < LARGE; sent += 1) yield MEGABYTE;
}

const service = createServer((req, res) => {
  if (!req.url?.endsWith("large")) {
    req.resume();
    res.end('{"a":1}');
    return;
  }
  res.writeHead(200, { "content-length": LARGE * MEGABYTE.length });
  // Its client does not read it to the end.
  pipeline(Readable.from(largeBody()), res).catch(() => {});
});
service.listen(0, "127.0.0.1");
await once(service, "listening");

const limits = {
  headTimeout: `${limitSeconds.head}s`,
  bodyTimeout: `${limitSeconds.body}s`,
  readTimeout: `${limitSeconds.read}s`,
  idleTimeout: `${limitSeconds.idle}s`,
};
const { child, ready }: { child: Child; ready: { url: string } } = await startChild(
  "bench/slow-clients/gateway.ts",
  [`http://127.0.0.1:${(service.address() as AddressInfo).port}`, JSON.stringify(limits)],
  0,
);
const port = Number(new URL(ready.url).port);

const probes: number[] = [];
let failed = 0;
const agent = new Agent({ keepAlive: true, maxSockets: OWN_CONNECTIONS });

async function ask(path: string): Promise<{ status: number | undefined; text: string }> {
  const [answer] = (await once(get(`${ready.url}${path}`, { agent }), "response")) as [
    IncomingMessage,
  ];
  let text = "";
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode, text };
}

async function probe(): Promise<void> {
  const startedMs = performance.now();
  const answer = await ask("/files/files/small").catch(() => undefined);
  if (answer?.status !== 200) failed += 1;
  probes.push(performance.now() - startedMs);
}

/** Clients that were closed because they did not read: who could get a whole answer into the buffers is none of them. */
async function closedUnread(): Promise<number> {
  const count = /^heddle_slow_clients_total\{phase="read"\} (\d+)/m;
  return Number(count.exec((await ask("/metrics")).text)?.[1] ?? 0);
}

/** Connections of clients that the gateway has, by its own count. */
async function connections(): Promise<number> {
  return Number(/^http_server_connections (\d+)/m.exec((await ask("/metrics")).text)?.[1]);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

try {
  await probe();
  probes.length = 0;
  failed = 0;
  const rssBefore = await child.ask<number>({});
  const startedMs = performance.now();
  const probing = setInterval(() => void probe(), PROBE_MS);
  const clients: SlowClient[] = [];
  // All of them at once would be a load of another kind.
  for (let index = 0; index < count; index += 1) {
    clients.push(startSlowClient(KINDS[index % KINDS.length] ?? "head", port));
    if (index % BATCH === 0) await pause(BATCH_MS);
  }
  const isSeen = (kind: Kind): boolean => kind !== "read";
  let rssMost = rssBefore;
  let held = 0;
  let inSockets = 0;
  const openedMs = performance.now() - startedMs;
  const longest = Math.max(...Object.values(limitSeconds));
  const endMs = openedMs + (longest + SLACK_SECONDS + FILL_SECONDS) * 1_000;
  while (performance.now() - startedMs < endMs) {
    await pause(250);
    rssMost = Math.max(rssMost, await child.ask<number>({}));
    held = Math.max(held, await connections());
    inSockets = Math.max(inSockets, socketMemory()?.held ?? 0);
  }
  // The connections of the client that asks all the time.
  const left = await connections();
  const told = await closedUnread();
  clearInterval(probing);
  // Whoever does not read sees no end either: those are what the gateway counts beyond all others.
  const open = clients.filter(({ kind, closedMs }) => isSeen(kind) && closedMs === undefined);
  const unread = Math.max(
    left - open.length - OWN_CONNECTIONS,
    clients.filter(({ kind }) => kind === "read").length - told,
  );
  for (const { socket } of clients) socket.destroy();
  const rows = KINDS.map((kind) => {
    const all = clients.filter((client) => client.kind === kind);
    const seconds = all.flatMap(({ closedMs }) => (closedMs === undefined ? [] : closedMs / 1_000));
    const late = isSeen(kind)
      ? all.length - seconds.filter((one) => one <= limitSeconds[kind] + SLACK_SECONDS).length
      : unread;
    const last = isSeen(kind) ? Math.max(...seconds).toFixed(1) : "counted";
    return [kind, String(all.length), String(limitSeconds[kind]), last, String(late)];
  });
  process.stdout.write(`\n${count} slow clients (Node ${process.versions.node})\n`);
  const head = ["clients", "limit, s", "last closed after, s", "not in time"];
  process.stdout.write(table(["slow with", ...head], rows));
  const ms = (share: number): string => percentile(probes, share).toFixed(1);
  process.stdout.write(
    `\nother requests: ${probes.length}, failed ${failed}, p50 ${ms(0.5)} ms, p99 ${ms(0.99)} ms, longest ${ms(1)} ms\n`,
  );
  const more = ((rssMost - rssBefore) / MEGABYTE.length).toFixed(0);
  process.stdout.write(`connections: ${held} at the most, ${left} at the end; RSS +${more} MB\n`);
  const mark = socketMemory()?.mark.toFixed(0) ?? "?";
  process.stdout.write(
    `sockets of the machine: ${inSockets.toFixed(0)} MB at the most, pressed from ${mark} MB on\n`,
  );
  const isKept = failed === 0 && held >= count && rows.every((row) => row.at(-1) === "0");
  if (!isKept) {
    process.stdout.write("it does not hold\n");
    process.exitCode = 1;
  }
} finally {
  agent.destroy();
  child.stop();
  service.close();
  service.closeAllConnections();
}
