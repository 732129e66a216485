/** The gateway's log: pino, one JSON line an event, without worker threads (they cannot be bundled). */
import { type Logger, pino } from "pino";
import { serializeError } from "./serialize-error.ts";

export interface GatewayLog {
  readonly log: Logger;
  /** Resolves when everything is written, in the order in which it was logged. What is logged later is dropped. */
  close(): Promise<void>;
}

/** Lines are written together, at the latest after this time: under load a write for each would cost as much as the line. */
const MAX_WAIT_MS = 100;
const MIN_WRITE_LENGTH = 65_536;

/** Logs to stdout. Lines are collected while others are being written: a request never waits for them. */
export function createLog(level: string): GatewayLog {
  const destination = pino.destination({ fd: 1, sync: false });
  // Collected here, and not by its `minLength`: for every line it would count the bytes of all that wait.
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;
  let tell = (): void => {};
  const closed = new Promise<void>((resolve) => {
    tell = () => {
      isOpen = false;
      process.off("exit", flush);
      resolve();
    };
  });
  // A reader of stdout that is gone takes no more lines, and no more is to be done about it.
  destination.on("close", tell).on("error", tell);
  // Ends in the middle of its work: what was logged says why.
  process.on("exit", flush);

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!isOpen || waiting === "") return;
    const lines = waiting;
    waiting = "";
    destination.write(lines);
  }

  function write(line: string): void {
    if (!isOpen) return;
    waiting += line;
    if (waiting.length >= MIN_WRITE_LENGTH) flush();
    else timer ??= setTimeout(flush, MAX_WAIT_MS);
  }

  const log = pino(
    {
      level,
      // No process id, no host name: who collects the lines knows where they come from.
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
    },
    { write },
  );
  return {
    log,
    close() {
      if (isOpen) {
        flush();
        isOpen = false;
        // Not flushSync: that overtakes lines which are being written.
        destination.end();
      }
      return closed;
    },
  };
}
