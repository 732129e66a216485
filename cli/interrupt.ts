/** SIGINT, SIGTERM and the end of npm: what was started is stopped in order, then the process ends, with 130 or 143. */
import { EXIT } from "./command-error.ts";

/** May resolve to what the process ends with in the place of 143. */
type Cleanup = () => Promise<unknown>;

export interface InterruptOptions {
  /** How long it may take, in milliseconds. Default, and least: 15,000. `Infinity`: it has an end of its own. */
  readonly patienceMs?: number;
}

/** A second signal does not wait at all. */
const PATIENCE_MS = 15_000;

const TERMINATED = 143;

/** How often a process that npm has started looks whether npm's shell is still there. */
const LOOK_EVERY_MS = 250;

const cleanups: Cleanup[] = [];
let longestMs = PATIENCE_MS;
let stopping = false;

/** Has something done before the process ends by a signal; what was started last is stopped first. */
export function onInterrupt(cleanup: Cleanup, { patienceMs = 0 }: InterruptOptions = {}): void {
  cleanups.push(cleanup);
  longestMs = Math.max(longestMs, patienceMs);
}

/** Listens to the signals. A second one ends the process at once. */
export function handleSignals(): void {
  process.on("SIGINT", () => stop(EXIT.interrupted));
  process.on("SIGTERM", () => stop(TERMINATED));
  if (process.env.npm_lifecycle_event !== undefined) followParent();
}

/**
 * npm runs scripts in a shell and passes signals on to that; the shell ends by them and passes nothing on. Whoever has
 * lost the parent that it began with was meant as well. (Windows keeps the number of a parent that is gone.)
 */
function followParent(): void {
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    // The shell ends by the very signal that came here as well (Ctrl-C): that is no second one.
    if (!stopping) stop(TERMINATED);
  }, LOOK_EVERY_MS);
  timer.unref();
}

function stop(code: number): void {
  if (stopping || cleanups.length === 0) process.exit(code);
  stopping = true;
  if (Number.isFinite(longestMs)) setTimeout(() => process.exit(code), longestMs);
  void cleanUp().then((own) => process.exit(code === TERMINATED ? (own ?? code) : code));
}

/** Stops what was started, last first. Gives the first exit code that one of them has. */
export async function cleanUp(): Promise<number | undefined> {
  let code: number | undefined;
  for (const cleanup of cleanups.splice(0).reverse()) {
    const own = await cleanup().catch(() => undefined);
    if (typeof own === "number") code ??= own;
  }
  return code;
}
