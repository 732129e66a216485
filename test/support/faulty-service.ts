/** A service of bare sockets for tests: it misbehaves as told, counts what it is asked, and recovers when told. */
import { createServer, type Server, type Socket } from "node:net";

export interface FaultyServiceOptions {
  /** What it does with a connection, once the first bytes of a request are there. */
  readonly talk: (socket: Socket) => void;
  /** Takes connections and does not read from them; `talk` is not called. */
  readonly neverReads?: boolean;
  /** What it writes when it has recovered. Default: 200 with `{"healthy":true}`. */
  readonly healthy?: string;
}

export interface FaultyService {
  readonly port: number;
  readonly url: string;
  /** Requests that came while it misbehaved; of a service that never reads, known when it has been healed. */
  attempts(): number;
  /** From now on it answers well. Resolves when it has counted what was sent to it before. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

export const HEALTHY =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 16\r\nConnection: close\r\n\r\n{"healthy":true}';

/** Listens on `port` of the loopback address; 0: any that is free. */
export async function startFaultyService(
  { talk, neverReads = false, healthy = HEALTHY }: FaultyServiceOptions,
  port = 0,
): Promise<FaultyService> {
  const open = new Set<Socket>();
  const unread = new Set<Socket>();
  let attempts = 0;
  let isHealthy = false;

  const server = createServer({ pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => undefined);
    if (neverReads && !isHealthy) {
      unread.add(socket);
      return;
    }
    // A connection that was opened in advance is asked nothing until the service is well again.
    socket.once("data", () => {
      if (isHealthy) {
        socket.end(healthy);
        return;
      }
      attempts += 1;
      talk(socket);
    });
    socket.resume();
  });

  /** What the kernel has kept of a connection nobody read from. */
  function readLate(socket: Socket): Promise<void> {
    return new Promise((resolve) => {
      let isAsked = false;
      socket.on("close", () => resolve());
      socket.on("data", () => {
        if (isAsked) return;
        isAsked = true;
        attempts += 1;
      });
      socket.on("end", () => socket.destroy());
      socket.resume();
    });
  }

  await listen(server, port);
  const { port: bound } = server.address() as { port: number };
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    attempts: () => attempts,
    async heal() {
      isHealthy = true;
      await Promise.all([...unread].map(readLate));
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** A port of the loopback address on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Writes `line` as long as the other side takes it. */
export function flood(socket: Socket, line: string | Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(line));
  };
  socket.on("drain", more);
  more();
}

/** Writes `begin` and then `line` again and again, a little at a time, until the other side has had enough. */
export function drip(socket: Socket, begin: string, line: string, everyMs = 15): void {
  socket.write(begin);
  const timer = setInterval(() => socket.write(line), everyMs);
  socket.on("close", () => clearInterval(timer));
}
