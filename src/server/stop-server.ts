/** Stops a server without cutting off answers that are under way, as long as the grace lasts. */
import type { Server, ServerResponse } from "node:http";

export interface StopOptions {
  /** Absent: somebody else's server; only the requests are ours. */
  readonly server: Server | undefined;
  /** Answers that are not complete. Whoever adds one removes it when it closes. */
  readonly inFlight: ReadonlySet<ServerResponse>;
  readonly graceMs: number;
}

/** Resolves when the last answer is complete, or the grace is over and the rest is cut off. */
export async function stopServer({ server, inFlight, graceMs }: StopOptions): Promise<void> {
  // Takes no more connections, and closes those that are idle.
  const closed = server === undefined ? undefined : new Promise<void>((resolve) => server.close(() => resolve()));
  for (const res of inFlight) {
    // Told to the client (RFC 9112 §9.6), so that it does not send its next request into a closing connection.
    if (!res.headersSent) res.shouldKeepAlive = false;
  }
  await within(graceMs, drained(inFlight));
  for (const res of inFlight) res.destroy();
  server?.closeAllConnections();
  await closed;
}

async function drained(inFlight: ReadonlySet<ServerResponse>): Promise<void> {
  // More may come on connections that are open; they are waited for as well.
  while (inFlight.size > 0) {
    await Promise.all([...inFlight].map((res) => new Promise<void>((resolve) => res.on("close", resolve))));
  }
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
