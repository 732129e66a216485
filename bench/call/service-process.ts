/** The service behind `bench/call.ts`: answers every request with 1 KB of JSON. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveParent } from "../support/child.ts";

const body = JSON.stringify({ id: "o-1", customerId: "c-1", total: 4200, filler: "x".repeat(900) });
const head = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
const server = createServer((_request, response) => {
  response.writeHead(200, head).end(body);
});
server.keepAliveTimeout = 60_000;
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
serveParent({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, () => undefined);
