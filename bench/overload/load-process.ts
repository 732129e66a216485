/** The service behind the gateway, and those who ask it: closed loop to find the peak, open loop to go beyond it. */
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { cpuMicros } from "../requests/candidate.ts";
import { serveParent } from "../support/child.ts";

/** What the service takes, of which none is work. Milliseconds. */
const SERVICE_MS = 10;
const CONNECTIONS = 1_000;
const PROBE_MS = 100;
const AGAIN_MS = 50;
const BODY = JSON.stringify({ id: "o-1", filler: "x".repeat(200) });
const HEAD = { "content-type": "application/json", "content-length": Buffer.byteLength(BODY) };

const service = createServer((_req, res) => {
  setTimeout(() => res.writeHead(200, HEAD).end(BODY), SERVICE_MS);
});
service.keepAliveTimeout = 60_000;
await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));

/** What became of a request: its status (0: none), and the milliseconds that took. */
export type Outcome = readonly [status: number, ms: number];

interface Line {
  readonly socket: Socket;
  taken: ((status: number) => void) | undefined;
}

const free = new Map<number, Line[]>();
let number = 0;

/** As little work as a client can do: this process must be able to ask for more than the gateway can answer. */
function ask(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const line = free.get(port)?.pop() ?? open(port);
    line.taken = resolve;
    number += 1;
    line.socket.write(`GET ${path}${path.endsWith("/") ? number : ""} HTTP/1.1\r\nHost: g\r\n\r\n`);
  });
}

function open(port: number): Line {
  const socket = connect({ port, host: "127.0.0.1" }).setNoDelay(true);
  const line: Line = { socket, taken: undefined };
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    text += chunk;
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (text.length < end + 4 + length) return;
    const status = Number(text.slice(9, 12));
    text = "";
    const { taken } = line;
    line.taken = undefined;
    const lines = free.get(port) ?? [];
    if (lines.push(line) === 1) free.set(port, lines);
    taken?.(status);
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    const lines = free.get(port)?.filter((other) => other !== line);
    if (lines !== undefined) free.set(port, lines);
    line.taken?.(0);
  });
  return line;
}

/**
 * Connections that are open beforehand: Node.js takes one new connection in a turn of its event loop, so that under load
 * whoever comes with a new one waits for that, and not for the gateway's answer.
 */
async function connectAll(port: number, count: number): Promise<void> {
  const lines: Line[] = [];
  for (let made = 0; made < count; made += 1) {
    await ask(port, "/healthz");
    const line = free.get(port)?.pop();
    if (line !== undefined) lines.push(line);
  }
  free.set(port, lines);
}

/**
 * As many at a time as `clients`, for so long. Answers a second. Who is refused comes back later: one that asks again at once
 * makes the gateway refuse all the time, and the peak seem lower than it is.
 */
async function closedLoop(port: number, clients: number, ms: number): Promise<number> {
  const startedMs = performance.now();
  let good = 0;
  async function client(): Promise<void> {
    while (performance.now() - startedMs < ms) {
      if ((await ask(port, "/web/page/")) === 200) good += 1;
      else await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
  await Promise.all(Array.from({ length: clients }, client));
  return (good * 1_000) / (performance.now() - startedMs);
}

/** A probe, as orchestrators send it: over a connection of its own. */
function probe(port: number): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let text = "";
    socket.setEncoding("latin1");
    socket.write("GET /healthz HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(Number(text.slice(9, 12))));
  });
}

/**
 * So many a second, whatever becomes of them; and every 100 ms a probe. Times run from when each was due, and not from when
 * this process came to send it: what it is late with, it would hide (coordinated omission).
 */
async function openLoop(port: number, perSecond: number, ms: number) {
  await connectAll(port, CONNECTIONS);
  const startedMs = performance.now();
  const requests: Outcome[] = [];
  const probes: Outcome[] = [];
  const waiting: Promise<void>[] = [];
  const note = (answer: Promise<number>, dueMs: number, outcomes: Outcome[]): void => {
    const answered = answer.then((status) => {
      outcomes.push([status, performance.now() - startedMs - dueMs]);
    });
    waiting.push(answered);
  };
  const ownMicros = cpuMicros();
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  let offered = 0;
  let probed = 0;
  for (;;) {
    const passedMs = performance.now() - startedMs;
    if (passedMs >= ms) break;
    const due = Math.floor((passedMs * perSecond) / 1_000);
    for (; offered < due; offered += 1) {
      note(ask(port, "/web/page/"), (offered * 1_000) / perSecond, requests);
    }
    for (; probed * PROBE_MS < passedMs; probed += 1) note(probe(port), probed * PROBE_MS, probes);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  own.disable();
  const ownBusy = (cpuMicros() - ownMicros) / 1_000_000 / seconds;
  const inTime = requests.filter(([status]) => status === 200).length;
  await Promise.all(waiting);
  const ownMs = own.percentile(99) / 1_000_000;
  return { offered, seconds, inTime, requests, probes, ownMs, ownBusy };
}

export type OpenLoop = Awaited<ReturnType<typeof openLoop>>;

serveParent(
  { serviceUrl: `http://127.0.0.1:${(service.address() as AddressInfo).port}` },
  (question) => {
    const { port, clients, perSecond, ms } = question as Record<string, number>;
    return perSecond === undefined
      ? closedLoop(Number(port), Number(clients), Number(ms))
      : openLoop(Number(port), perSecond, Number(ms));
  },
);
