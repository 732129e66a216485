/**
 * What does a large body cost in memory? 300 MB relayed, down (with a length, and in chunks) and up: how much more the
 * process holds at its most than before, outside of the JavaScript heap as well; beside it, `@fastify/reply-from`. The
 * goal: under 30 MB.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { type Child, startChild } from "./support/child.ts";
import { table } from "./support/report.ts";

const megabytes = Number(process.env.BENCH_MEGABYTES ?? 300);
const WARM_UP = 8;
const FILES = {
  heddle: "bench/relay-memory/gateway.ts",
  "@fastify/reply-from": "bench/relay-memory/reply-from.ts",
} as const;
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
  const [wanted = 0, piece = 0] = (req.url?.split("/").at(-1) ?? "").split("-").map(Number);
  const bytes = wanted * MEGABYTE.length;
  // A service that says the length before, or one that streams a file as it reads it.
  if (piece === 0) res.writeHead(200, { "content-length": bytes });
  const body = piece === 0 ? MEGABYTE : MEGABYTE.subarray(0, piece);
  for (let sent = 0; sent < bytes; sent += body.length) {
    if (!res.write(body)) await once(res, "drain");
  }
  res.end();
});
service.listen(0, "127.0.0.1");
await once(service, "listening");
const { port } = service.address() as AddressInfo;

async function download(url: string, count = megabytes, pieces = ""): Promise<number> {
  const asking = request(`${url}/files/files/${count}${pieces}`, { agent: false }).end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return bytes;
}

async function upload(url: string, count = megabytes): Promise<number> {
  const sending = request(`${url}/files/files/1`, { method: "PUT", agent: false });
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

const RELAYS = {
  download,
  "download, chunked": (url: string) => download(url, megabytes, "-65536"),
  upload,
};
const inMegabytes = (bytes: number): string => (bytes / MEGABYTE.length).toFixed(1);

try {
  const rows: string[][] = [];
  for (const [who, file] of Object.entries(FILES)) {
    for (const [name, relay] of Object.entries(RELAYS)) {
      // In a process of its own each: what one has left behind would be the other's idle.
      const { child, ready }: { child: Child; ready: { url: string } } = await startChild(
        file,
        [`http://127.0.0.1:${port}`],
        0,
      );
      try {
        // The code itself is loaded and compiled with the first bodies.
        await download(ready.url, WARM_UP);
        await upload(ready.url, WARM_UP);
        const idle = await child.ask<Memory>({ from: "now" });
        const startedMs = performance.now();
        const bytes = await relay(ready.url);
        const seconds = (performance.now() - startedMs) / 1_000;
        if (bytes !== megabytes * MEGABYTE.length) throw new Error(`${name}: ${bytes} bytes came`);
        const most = await child.ask<Memory>({ from: "most" });
        rows.push([
          `${who}, ${name}`,
          inMegabytes(idle.rss),
          inMegabytes(most.rss - idle.rss),
          inMegabytes(most.external - idle.external),
          (megabytes / seconds).toFixed(0),
        ]);
      } finally {
        child.stop();
      }
    }
  }
  process.stdout.write(`\n${megabytes} MB relayed (Node ${process.versions.node})\n`);
  const head = ["idle RSS, MB", "more RSS, MB", "more external, MB", "MB/s"];
  process.stdout.write(table(["", ...head], rows));
} finally {
  service.close();
  service.closeAllConnections();
}
