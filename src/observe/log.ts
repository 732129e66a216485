/** The gateway's log: pino, one JSON line an event, without worker threads (they cannot be bundled). */
import { type Logger, pino } from "pino";

export interface GatewayLog {
  readonly log: Logger;
  /** Writes what is still waiting. */
  flush(): void;
}

/** Logs to stdout. Lines are collected and written by the kernel's leave, never while a request waits. */
export function createLog(level: string): GatewayLog {
  const destination = pino.destination({ fd: 1, sync: false });
  const log = pino(
    {
      level,
      // No process id, no host name: who collects the lines knows where they come from.
      base: null,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    log,
    flush() {
      try {
        destination.flushSync();
      } catch {
        // Not open yet, or closed at the other end: there is nothing to be done, and nobody to tell.
      }
    },
  };
}
