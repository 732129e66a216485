/** The process behind `load.ts`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";
import { serveParent } from "../support/child.ts";

const filler = "x".repeat(800);
const body = (fields: object): string => JSON.stringify({ ...fields, filler });
const ANSWERS: readonly [prefix: string, body: string][] = [
  ["/orders/", body({ id: "o-1", customerId: "c-1", sku: "s-1", total: 4200 })],
  ["/customers/", body({ id: "c-1", name: "Ada" })],
  ["/products/", body({ sku: "s-1", title: "Loom" })],
];

const services = createServer((request, response) => {
  const answer = ANSWERS.find(([prefix]) => request.url?.startsWith(prefix))?.[1];
  response.writeHead(answer === undefined ? 404 : 200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(answer ?? ""),
  });
  response.end(answer);
});
services.keepAliveTimeout = 60_000;
await new Promise<void>((resolve) => services.listen(0, "127.0.0.1", resolve));
const { port } = services.address() as AddressInfo;

const pools = new Map<string, Pool>();
function poolOf(origin: string, connections: number): Pool {
  const known = pools.get(origin);
  if (known !== undefined) return known;
  const pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 60_000 });
  pools.set(origin, pool);
  return pool;
}

/**
 * While it runs, this process never sleeps: waking a sleeping process is charged to whoever writes to it, and a slower
 * candidate, which lets it sleep more often, would pay more of that.
 */
let isAwake = false;
function stayAwake(): void {
  if (isAwake) setImmediate(stayAwake);
}

let number = 0;

async function run(url: URL, count: number, connections: number): Promise<number> {
  const pool = poolOf(url.origin, connections);
  let left = count;
  let failed = 0;
  async function worker(): Promise<void> {
    while (left > 0) {
      left -= 1;
      // `{n}` is another number every time: nothing that could be shared or kept is asked for twice.
      number += 1;
      const { statusCode, body: answer } = await pool.request({
        method: "GET",
        path: decodeURI(url.pathname).replace("{n}", String(number)),
      });
      await answer.dump({ limit: 1_000_000 });
      if (statusCode !== 200) failed += 1;
    }
  }
  isAwake = true;
  stayAwake();
  await Promise.all(Array.from({ length: connections }, worker));
  isAwake = false;
  return failed;
}

serveParent({ serviceUrl: `http://127.0.0.1:${port}` }, async (question) => {
  const url = new URL(String(question.url));
  if (question.text === true) {
    const { body: answer } = await poolOf(url.origin, 64).request({
      method: "GET",
      path: decodeURI(url.pathname).replace("{n}", "0"),
    });
    return answer.text();
  }
  return run(url, Number(question.count), Number(question.connections));
});
