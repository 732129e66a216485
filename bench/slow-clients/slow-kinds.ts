/** Clients that hold a connection and give or take next to nothing, each in a way of its own. */
import { connect, type Socket } from "node:net";

export const KINDS = ["head", "body", "read", "idle"] as const;
export type Kind = (typeof KINDS)[number];

/** What each begins with. */
const BEGINNINGS: Readonly<Record<Kind, string>> = {
  head: "GET /files/files/small HTTP/1.1\r\nHost: g\r\nX-Slow: ",
  body: "PUT /files/files/small HTTP/1.1\r\nHost: g\r\nContent-Length: 100000\r\n\r\nx",
  read: "GET /files/files/large HTTP/1.1\r\nHost: g\r\n\r\n",
  idle: "GET /files/files/small HTTP/1.1\r\nHost: g\r\n\r\n",
};
/** One byte more, so often: never still, and far too slow. Milliseconds. */
const DRIP_MS = 700;

export interface SlowClient {
  readonly kind: Kind;
  /** Until the client saw its end; one that does not read cannot. Milliseconds. */
  closedMs: number | undefined;
  readonly socket: Socket;
}

/** Opens a connection and is slow on it. */
export function startSlowClient(kind: Kind, port: number): SlowClient {
  const socket = connect({ port, host: "127.0.0.1" });
  const client: SlowClient = { kind, closedMs: undefined, socket };
  let startedMs = performance.now();
  // It idles from its answer on.
  if (kind === "idle") {
    socket.once("data", () => {
      startedMs = performance.now();
    });
  }
  socket.on("error", () => {});
  socket.write(BEGINNINGS[kind], "latin1");
  if (kind === "read") socket.pause();
  else socket.resume();
  const drip =
    kind === "head" || kind === "body" ? setInterval(() => socket.write("x"), DRIP_MS) : undefined;
  socket.on("close", () => {
    clearInterval(drip);
    client.closedMs = performance.now() - startedMs;
  });
  return client;
}
