/** Services that misbehave as their path says: `/items/{fault}/{id}`. One server for all of them. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const BOMB = gzipSync(Buffer.alloc(8_000_000, " "));
const LARGE = Buffer.alloc(64_000, " ");

type Misbehave = (response: ServerResponse, socket: Socket, id: string) => void;

/** By name. What hangs is ended by the gateway: its deadline, its timeout or its client. */
const FAULTS = {
  well: (response, _socket, id) => json(response, 200, id),
  slow: (response, _socket, id) => {
    const timer = setTimeout(json, 20, response, 200, id);
    response.once("close", () => clearTimeout(timer));
  },
  large: (response) => {
    response.writeHead(200, { "content-type": "application/json", "keep-alive": "timeout=3" });
    for (let chunk = 0; chunk < 6; chunk += 1) response.write(LARGE);
    response.end("{}");
  },
  silent: () => undefined,
  headDrips: (_response, socket) => drip(socket, `${OK}X: `, "x"),
  bodyDrips: (_response, socket) => drip(socket, `${OK}Content-Length: 10000\r\n\r\n`, " "),
  interim: (_response, socket) => drip(socket, "", "HTTP/1.1 102 Processing\r\n\r\n"),
  closed: (_response, socket) => socket.end(),
  reset: (_response, socket) => void socket.resetAndDestroy(),
  cut: (_response, socket) => socket.end(`${OK}Content-Length: 100\r\n\r\n{"half":`),
  cutChunks: (_response, socket) =>
    socket.end(`${OK}Transfer-Encoding: chunked\r\n\r\n8\r\n{"half":\r\n`),
  resetBody: (_response, socket) =>
    void socket.write(`${OK}Content-Length: 100\r\n\r\n{"half":`, () => socket.resetAndDestroy()),
  // Not 500, so that a 500 is the gateway's own.
  failed: (response, _socket, id) => json(response, 507, id),
  away: (response, _socket, id) => json(response, 503, id),
  awayFor: (response, _socket, id) => json(response, 503, id, { "retry-after": "30" }),
  tooMany: (response, _socket, id) => json(response, 429, id, { "retry-after": "30" }),
  gone: (response, _socket, id) => json(response, 404, id),
  noJson: (_response, socket) => socket.end(`${OK}Content-Length: 8\r\n\r\n{"half":`),
  html: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>hello"),
  empty: (response) => response.writeHead(200, { "content-type": "application/json" }).end(),
  longHead: (_response, socket) => socket.end(`${OK}X: ${"x".repeat(70_000)}\r\n\r\n{}`),
  longBody: (_response, socket) => socket.end(`${OK}Content-Length: 90000000\r\n\r\n{`),
  endless: (_response, socket) => {
    socket.write(`${OK}Connection: close\r\n\r\n`);
    const more = (): void => {
      while (!socket.destroyed && socket.write(LARGE));
    };
    socket.on("drain", more);
    more();
  },
  bomb: (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(BOMB);
  },
  redirect: (response) =>
    response.writeHead(302, { location: "http://127.0.0.1:1/elsewhere" }).end(),
  cookie: (response, _socket, id) => json(response, 200, id, { "set-cookie": "a=b" }),
  fresh: (response, _socket, id) =>
    json(response, 200, id, { "cache-control": "public, max-age=1", etag: `"${id}"` }),
} satisfies Record<string, Misbehave>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

function json(
  response: ServerResponse,
  status: number,
  id: string,
  fields: Record<string, string> = {},
): void {
  // A connection that idles is closed a second later by the gateway, so that a soak need not wait for it.
  response.writeHead(status, {
    "content-type": "application/json",
    "keep-alive": "timeout=3",
    ...fields,
  });
  response.end(JSON.stringify({ id, text: "x".repeat(200) }));
}

function drip(socket: Socket, begin: string, line: string): void {
  socket.write(begin);
  const timer = setInterval(() => socket.write(line), 20);
  socket.once("close", () => clearInterval(timer));
}

export interface FaultyServices {
  readonly url: string;
  /** Ends every connection; new ones are taken. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Starts them on a free port of the loopback address. */
export async function startFaultyServices(): Promise<FaultyServices> {
  const sockets = new Set<Socket>();
  const server = createServer((request: IncomingMessage, response) => {
    const [, , name = "", id = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    const fault: Misbehave = FAULTS[name as FaultName] ?? FAULTS.gone;
    request.on("error", () => undefined);
    if (name !== "silent") request.resume();
    fault(response, request.socket, id);
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hangUp,
    close() {
      hangUp();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
