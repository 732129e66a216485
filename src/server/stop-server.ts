/** Stops a server without cutting off answers that are under way, as long as the grace lasts. */
import type { Server } from "node:http";
import type { InFlight } from "./in-flight.ts";

export interface StopOptions {
  /** Absent: somebody else's server; only the requests are ours. */
  readonly server: Server | undefined;
  readonly inFlight: InFlight;
  readonly graceMs: number;
}

/** Resolves when the last answer is complete, or the grace is over and the rest is cut off. */
export async function stopServer({ server, inFlight, graceMs }: StopOptions): Promise<void> {
  // Takes no more connections, and closes those that are idle.
  const closed =
    server === undefined
      ? undefined
      : new Promise<void>((resolve) => server.close(() => resolve()));
  for (const res of inFlight.all()) {
    // Told to the client (RFC 9112 §9.6), so that it does not send its next request into a closing connection.
    if (!res.headersSent) res.shouldKeepAlive = false;
  }
  await within(graceMs, inFlight.drained());
  for (const res of inFlight.all()) res.destroy();
  server?.closeAllConnections();
  await closed;
}

/** Resolves with `done`, or when the time is up. */
function within(ms: number, done: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void done.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
