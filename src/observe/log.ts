/** The gateway's log: pino, one JSON line an event, without worker threads (they cannot be bundled). */
import { type Logger, pino } from "pino";

export interface GatewayLog {
  readonly log: Logger;
  /** Resolves when everything is written, in the order in which it was logged. What is logged later is dropped. */
  close(): Promise<void>;
}

/** Lines are written together, at the latest after this time: under load a write for each would cost as much as the line. */
const MAX_WAIT_MS = 100;
const MIN_WRITE_BYTES = 16_000;

/** Logs to stdout. Lines are collected while others are being written: a request never waits for them. */
export function createLog(level: string): GatewayLog {
  const destination = pino.destination({
    fd: 1,
    sync: false,
    minLength: MIN_WRITE_BYTES,
    periodicFlush: MAX_WAIT_MS,
  });
  let isOpen = true;
  let tell = (): void => {};
  const closed = new Promise<void>((resolve) => {
    tell = () => {
      isOpen = false;
      resolve();
    };
  });
  // A reader of stdout that is gone takes no more lines, and no more is to be done about it.
  destination.on("close", tell).on("error", tell);
  const log = pino(
    {
      level,
      // No process id, no host name: who collects the lines knows where they come from.
      base: null,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write(line) {
        if (isOpen) destination.write(line);
      },
    },
  );
  return {
    log,
    close() {
      if (isOpen) {
        isOpen = false;
        // Not flushSync: that overtakes lines which are being written.
        destination.end();
      }
      return closed;
    },
  };
}
