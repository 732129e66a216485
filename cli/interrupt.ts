/** SIGINT and SIGTERM: what was started is stopped in order, then the process ends with 130 or 143. */
import { EXIT } from "./command-error.ts";

type Cleanup = () => Promise<void>;

/** Longer than a server's default grace; a second signal does not wait at all. */
const PATIENCE_MS = 15_000;

const TERMINATED = 143;
const cleanups: Cleanup[] = [];
let stopping = false;

/** Has something done before the process ends by a signal; what was started last is stopped first. */
export function onInterrupt(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** Listens to the signals. A second one ends the process at once. */
export function handleSignals(): void {
  process.on("SIGINT", () => stop(EXIT.interrupted));
  process.on("SIGTERM", () => stop(TERMINATED));
}

function stop(code: number): void {
  if (stopping || cleanups.length === 0) process.exit(code);
  stopping = true;
  setTimeout(() => process.exit(code), PATIENCE_MS);
  void cleanUp().finally(() => process.exit(code));
}

/** Stops what was started, last first. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup().catch(() => {});
}
