/** The gateway's log: pino, one JSON line an event, without worker threads (they cannot be bundled). */
import { type Logger, type LoggerOptions, pino } from "pino";
import type { RequestEntry } from "../core/request-entry.ts";
import { LineBuffer } from "./line-buffer.ts";
import { formatRequestLine } from "./request-line.ts";
import { serializeError } from "./serialize-error.ts";

export interface GatewayLog {
  readonly log: Logger;
  /** The line of a request, as `log.info` would write it. */
  request(entry: RequestEntry): void;
  /** From now on; children that there are keep theirs. */
  setLevel(level: string): void;
  /** Resolves when everything is written, in the order in which it was logged. What is logged later is dropped. */
  close(): Promise<void>;
}

/** Lines are written together, at the latest after this time. */
const MAX_WAIT_MS = 100;

/** How the lines look. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    // No process id, no host name: who collects the lines knows where they come from.
    base: null,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError },
  };
}

/** Logs to stdout. Lines are collected while others are being written: a request never waits for them. */
export function createLog(level: string): GatewayLog {
  const destination = pino.destination({ fd: 1, sync: false, contentMode: "buffer" });
  // Collected here, and not by its `minLength`, which looks at all that wait for every line.
  const waiting = new LineBuffer((lines) => destination.write(lines as never));
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
  destination.on("close", tell).on("error", () => {
    tell();
    // Or it would go on trying when the process ends: on a full disk for ever.
    destination.destroy();
  });
  // Ends in the middle of its work: what was logged says why.
  // First of all who listen: pino's own listener writes what it has been given, once.
  process.prependListener("exit", flush);

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (isOpen) waiting.flush();
  }

  function write(line: string): void {
    if (!isOpen) return;
    waiting.add(line);
    timer ??= setTimeout(flush, MAX_WAIT_MS);
  }

  const log = pino(logOptions(level), { write });
  return {
    log,
    request(entry) {
      if (log.isLevelEnabled("info")) write(formatRequestLine(entry, Date.now()));
    },
    setLevel(next) {
      log.level = next;
    },
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
