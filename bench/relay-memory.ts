/**
 * What does a large body cost in memory? 300 MB relayed, down and up: how much more the gateway's process holds at its
 * most than before, outside of the JavaScript heap as well. The goal: under 30 MB.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { type Child, startChild } from "./support/child.ts";
import { table } from "./support/report.ts";

const megabytes = Number(process.env.BENCH_MEGABYTES ?? 300);
const WARM_UP = 8;
const MEGABYTE = Buffer.alloc(1_048_576, "heddle");

interface Memory {
  readonly rss: number;
  readonly external: number;
}

const service = createServer(async (req, res) => {
  if (req.method === "PUT") {
    let bytes = 0;
    for await (const chunk of req) bytes += (chunk as Buffer).length;
    res.end(String(bytes));
    return;
  }
  const wanted = Number(req.url?.split("/").at(-1));
  res.writeHead(200, { "content-length": wanted * MEGABYTE.length });
  for (let count = 0; count < wanted; count += 1) {
    if (!res.write(MEGABYTE)) await once(res, "drain");
  }
  res.end();
});
service.listen(0, "127.0.0.1");
await once(service, "listening");
const { port } = service.address() as AddressInfo;

const { child, ready }: { child: Child; ready: { url: string } } = await startChild(
  "bench/relay-memory/gateway.ts",
  [`http://127.0.0.1:${port}`],
  0,
);

async function download(count = megabytes): Promise<number> {
  const asking = request(`${ready.url}/files/files/${count}`, { agent: false }).end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
}

async function upload(count = megabytes): Promise<number> {
  const sending = request(`${ready.url}/files/files/1`, { method: "PUT", agent: false });
  const answered = once(sending, "response") as Promise<[IncomingMessage]>;
  for (let sent = 0; sent < count; sent += 1) {
    if (!sending.write(MEGABYTE)) await once(sending, "drain");
  }
  sending.end();
  const [answer] = await answered;
  let text = "";
  for await (const chunk of answer) text += chunk;
  return Number(text);
}

const inMegabytes = (bytes: number): string => (bytes / MEGABYTE.length).toFixed(1);

try {
  const rows: string[][] = [];
  // The code itself is loaded and compiled with the first bodies.
  await download(WARM_UP);
  await upload(WARM_UP);
  for (const [name, relay] of Object.entries({ download, upload })) {
    const idle = await child.ask<Memory>({ from: "now" });
    const startedMs = performance.now();
    const bytes = await relay();
    const seconds = (performance.now() - startedMs) / 1_000;
    if (bytes !== megabytes * MEGABYTE.length) throw new Error(`${name}: ${bytes} bytes came`);
    const most = await child.ask<Memory>({ from: "most" });
    rows.push([
      name,
      inMegabytes(idle.rss),
      inMegabytes(most.rss - idle.rss),
      inMegabytes(most.external - idle.external),
      (megabytes / seconds).toFixed(0),
    ]);
  }
  process.stdout.write(`\n${megabytes} MB relayed (Node ${process.versions.node})\n`);
  const head = ["idle RSS, MB", "more RSS, MB", "more external, MB", "MB/s"];
  process.stdout.write(table(["", ...head], rows));
} finally {
  child.stop();
  service.close();
  service.closeAllConnections();
}
