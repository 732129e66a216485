/** A TCP proxy that misbehaves when told to: refuses, delays, freezes, cuts. */

import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** Sockets of clients that are open. */
  readonly connections: number;
  /** Connections that were accepted, ever. */
  readonly accepted: number;
  /** Bytes and connections pass as if it were not there. What was held back goes on. */
  heal(): Promise<void>;
  /** New connections are refused; those that are open stay. */
  refuse(): Promise<void>;
  /** What comes from the server takes so much longer. */
  delay(ms: number): void;
  /** Connections are accepted, and nothing moves. */
  freeze(): void;
  /** Resets every connection. */
  cut(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  const timers = new Set<NodeJS.Timeout>();
  let delayMs = 0;
  let isFrozen = false;
  let accepted = 0;
  let listener: Server | undefined = await listen(0);
  const { port } = listener.address() as AddressInfo;

  function listen(at: number): Promise<Server> {
    const created = createServer(accept);
    return new Promise((resolve, reject) => {
      created.once("error", reject);
      created.listen(at, "127.0.0.1", () => resolve(created));
    });
  }

  function accept(client: Socket): void {
    accepted += 1;
    const server = connect(target, "127.0.0.1");
    const pair = { client, server };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
    client.on("data", (chunk) => server.write(chunk));
    server.on("data", (chunk) => {
      if (delayMs === 0) return void client.write(chunk);
      const timer = setTimeout(() => {
        timers.delete(timer);
        client.write(chunk);
      }, delayMs);
      timers.add(timer);
    });
    if (isFrozen) hold(pair);
  }

  function hold({ client, server }: Pair): void {
    client.pause();
    server.pause();
  }

  return {
    port,
    get connections() {
      return pairs.size;
    },
    get accepted() {
      return accepted;
    },
    async heal() {
      delayMs = 0;
      isFrozen = false;
      for (const { client, server } of pairs) {
        client.resume();
        server.resume();
      }
      listener ??= await listen(port);
    },
    async refuse() {
      const closing = listener;
      listener = undefined;
      // `close` waits for connections: only the listening ends.
      closing?.close();
      await new Promise((resolve) => setImmediate(resolve));
    },
    delay(ms) {
      delayMs = ms;
    },
    freeze() {
      isFrozen = true;
      for (const pair of pairs) hold(pair);
    },
    cut() {
      for (const { client } of pairs) client.resetAndDestroy();
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const closing = listener;
      listener = undefined;
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
    },
  };
}
