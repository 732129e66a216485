/** Stops a server without losing a request: not one under way, not one that comes on a connection that is kept alive. */
import type { ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { Http2Request } from "./front/http2-messages.ts";
import { lingerOnClose } from "./linger.ts";

/** What listens: of `node:http`, of `node:https`. */
export interface StoppableServer extends NetServer {
  closeAllConnections(): void;
  /** Tells clients of HTTP/2 to open no more streams; those that they have opened are taken. */
  goAway?(): void;
}

/** The answers that are waited for. */
export interface Unfinished {
  readonly size: number;
  all(): readonly ServerResponse[];
  /** Tells answers without an end of their own, such as event streams, to end. */
  drain(): void;
  /** Resolves when there is none. */
  drained(): Promise<void>;
}

export interface StopOptions {
  /** Absent: somebody else's server; only the requests are ours. */
  readonly server: StoppableServer | undefined;
  readonly inFlight: Unfinished;
  /** Resolves when the port is closed by everybody who shares it. Default: nobody else does. */
  readonly othersClosed?: (() => Promise<void>) | undefined;
  /** From now on every answer tells its client to leave. */
  readonly leave: () => void;
  /** How long requests are taken before the port is closed. Milliseconds. */
  readonly drainDelayMs: number;
  /** How long what is under way then may take. Milliseconds. */
  readonly graceMs: number;
}

/**
 * At most this long (and never longer than the delay) is an idle connection kept for one more request, when the port is closed. Milliseconds. A client that
 * has sent nothing for so long is about to send in this very millisecond as rarely as any other.
 */
const QUIET_MS = 500;
/** A connection that has not become one of HTTP, such as half a TLS handshake, cannot be closed from here. Milliseconds. */
const STUCK_MS = 1_000;
/** Of a request that is answered before it was read, this much is still taken. */
const LINGER_BYTES = 16 * 1_024 * 1_024;

/** Resolves when the last answer is complete and every connection closed, or the grace is over and the rest is cut off. */
export async function stopServer(options: StopOptions): Promise<void> {
  const { server, inFlight, drainDelayMs, graceMs, leave } = options;
  if (server === undefined || !server.listening) {
    leave();
    tellClients(inFlight.all());
    inFlight.drain();
    await within(graceMs, inFlight.drained());
    for (const res of inFlight.all()) res.destroy();
    return;
  }
  await pause(drainDelayMs);
  // Connections that wait to be taken would be reset with the port: they are taken when the event loop comes round.
  await turn();
  const closed = closePort(server);
  await options.othersClosed?.();
  // Not before: whoever leaves while the port is open comes back to it, and may be waiting there when it is closed.
  leave();
  server.goAway?.();
  tellClients(inFlight.all());
  // Not before: whoever begins anew finds another gateway now.
  inFlight.drain();
  await within(graceMs, Promise.race([closed, untilQuiet(inFlight, drainDelayMs)]));
  for (const res of inFlight.all()) res.destroy();
  // Only now, as it closes idle connections at once.
  server.close();
  server.closeAllConnections();
  // A request whose client has left is over when its answer has learned of it, not when its connection is gone.
  await within(STUCK_MS, Promise.all([closed, inFlight.drained()]));
}

/** Tells a client that its connection ends with this answer (RFC 9112 §9.6), where that can still be told. */
export function leaveAfter(res: ServerResponse): void {
  if (res.headersSent) return;
  res.shouldKeepAlive = false;
  if (!res.req.complete) lingerOnClose(res.req, LINGER_BYTES);
}

/** Of several requests on one connection none may close it before the last is answered: they are left as they are. */
function tellClients(answers: readonly ServerResponse[]): void {
  const seen = new Set<Socket>();
  const pipelined = new Set<Socket>();
  for (const { req } of answers) {
    // Streams of HTTP/2 share a connection that none of them can close.
    if (req instanceof Http2Request) continue;
    if (seen.has(req.socket)) pipelined.add(req.socket);
    seen.add(req.socket);
  }
  for (const res of answers) {
    if (!(res.req instanceof Http2Request) && !pipelined.has(res.req.socket)) leaveAfter(res);
  }
}

/** Takes no more connections; resolves when those that there are have closed. */
function closePort(server: StoppableServer): Promise<void> {
  return new Promise((resolve) => {
    // Not the method of `node:http`: that closes idle connections with the port, under the hands of whoever is sending.
    NetServer.prototype.close.call(server, () => resolve());
  });
}

/** An answer whose head was sent before has promised its client one more request: that has time to come. */
async function untilQuiet(inFlight: Unfinished, drainDelayMs: number): Promise<void> {
  do {
    await inFlight.drained();
    await pause(Math.min(drainDelayMs, QUIET_MS));
  } while (inFlight.size > 0);
}

/** Resolves with `done`, or when the time is up. */
function within(ms: number, done: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void done.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0) resolve();
    else setTimeout(resolve, ms);
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
