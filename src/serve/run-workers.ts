/** The primary process: forks workers, replaces those that die, and passes signals on. It serves nothing itself. */
import cluster, { type Worker } from "node:cluster";
import type { ParentLog } from "../core/context.ts";
import { createAssembly, tell } from "./ask-workers.ts";
import { isMessage } from "./messages.ts";
import { EXIT_FAILED, EXIT_INVALID, type ServeProcess } from "./serve-process.ts";

export interface WorkersOptions {
  readonly own: ServeProcess;
  readonly count: number;
  readonly log: ParentLog;
  /** Resolves when everything that was logged is written. */
  readonly closeLog: () => Promise<void>;
}

/** A worker, and whether it has been told to go. */
interface Member {
  readonly worker: Worker;
  readonly startedAt: number;
  isUp: boolean;
  isLeaving: boolean;
  /** Takes no more connections. */
  hasClosed: boolean;
  /** Comes in the place of another, which goes on if it fails. */
  readonly isSuccessor: boolean;
}

/** How a start ended: it listens, or it is gone. */
type Outcome = { readonly isUp: true } | { readonly isUp: false; readonly code: number };

/** A worker that dies sooner has died at once. Milliseconds. */
const HEALTHY_MS = 5_000;
/** So often in a row is a worker that died at once replaced. */
const MAX_QUICK_DEATHS = 5;
/** Before the second such replacement; each further one waits twice as long. Milliseconds. */
const BACKOFF_MS = 100;
/** A worker that was refused its configuration is tried again after this, as long as others serve. Milliseconds. */
const REFUSED_MS = 5_000;
/** A successor that does not listen by then has failed. Milliseconds. */
const START_MS = 60_000;

/** Resolves when all workers listen; from then on it goes by signals. Ends the process with the first worker's exit code where that cannot start. */
export async function runWorkers({ own, count, log, closeLog }: WorkersOptions): Promise<void> {
  const members = new Map<Worker, Member>();
  const assembly = createAssembly(() => [...members.values()].filter(isUp).map(workerOf));
  let exitCode: number | undefined;
  let quickDeaths = 0;
  /** Replacements that wait for their time. */
  let waiting = 0;
  let isStarted = false;
  let isRolling = false;
  let isRollWanted = false;

  // One process takes all connections and hands them out: one that is closing hands its own on to the others.
  cluster.schedulingPolicy = cluster.SCHED_RR;
  // Keeps what JSON cannot say, such as the NaN of a gauge.
  cluster.setupPrimary({ serialization: "advanced" });

  function start(isSuccessor = false): Promise<Outcome> {
    return new Promise((resolve) => {
      let worker: Worker;
      try {
        worker = cluster.fork();
      } catch (error) {
        log.error({ err: error }, "a worker could not be started");
        resolve({ isUp: false, code: EXIT_FAILED });
        quickDeaths += 1;
        if (isStarted) fill();
        return;
      }
      const startedAt = performance.now();
      const member: Member = {
        worker,
        startedAt,
        isUp: false,
        isLeaving: false,
        hasClosed: false,
        isSuccessor,
      };
      members.set(worker, member);
      worker.once("listening", () => {
        member.isUp = true;
        resolve({ isUp: true });
      });
      worker.on("message", (message: unknown) => {
        if (!isMessage(message)) return;
        if (message.heddle === "ask") assembly.ask(worker, message);
        if (message.heddle === "answer") assembly.answer(worker, message);
        if (message.heddle === "closed") {
          member.hasClosed = true;
          tellClosed(member);
        }
      });
      const ended = (code: number, signal: string | null): void => {
        if (!members.delete(worker)) return;
        assembly.left(worker);
        resolve({ isUp: false, code });
        bury(member, code, signal);
      };
      worker.once("exit", ended);
      worker.on("error", (error) => {
        log.error({ err: error, worker: worker.process.pid }, "a worker has a broken link");
        // One that could not be forked has no exit.
        if (worker.process.pid === undefined) ended(EXIT_FAILED, null);
      });
    });
  }

  /**
   * Clients are told to leave when nobody listens any more: one that comes back meanwhile would be taken by a worker that
   * is about to close the port, and may be reset with it.
   */
  function tellClosed(member: Member): void {
    if (exitCode === undefined) tell(member.worker, { heddle: "closed" });
    else if ([...members.values()].every(({ hasClosed }) => hasClosed))
      for (const { worker } of members.values()) tell(worker, { heddle: "closed" });
  }

  function bury(member: Member, code: number, signal: string | null): void {
    if (exitCode !== undefined) {
      if (members.size === 0) void end(exitCode);
      else tellClosed(member);
      return;
    }
    if (member.isLeaving) return;
    log.error({ worker: member.worker.process.pid, code, signal }, "a worker has died");
    // The first worker and successors that never listened are waited for by who tells of them.
    if (!isStarted) return;
    if (code === EXIT_INVALID && !member.isUp && [...members.values()].some(isUp)) {
      // A live file that has become wrong must not end those that serve with what it was before.
      if (!member.isSuccessor)
        log.error({ againMs: REFUSED_MS }, "not replaced: the configuration is invalid");
      fill(REFUSED_MS);
      return;
    }
    if (member.isUp || !member.isSuccessor) {
      const wasHealthy = member.isUp && performance.now() - member.startedAt > HEALTHY_MS;
      quickDeaths = wasHealthy ? 0 : quickDeaths + 1;
    }
    fill();
  }

  /** Starts as many as are missing. A successor that is on its way counts: whoever it came for may have died. */
  function fill(waitMs = quickDeaths === 0 ? 0 : BACKOFF_MS * 2 ** (quickDeaths - 1)): void {
    if (exitCode !== undefined || staying() + waiting >= count) return;
    if (quickDeaths > MAX_QUICK_DEATHS) {
      log.error({ deaths: quickDeaths }, "workers die at once again and again: giving up");
      stop(EXIT_FAILED);
      return;
    }
    waiting += 1;
    setTimeout(() => {
      waiting -= 1;
      if (exitCode === undefined && staying() < count) void start();
    }, waitMs);
    fill(waitMs);
  }

  function staying(): number {
    return [...members.values()].filter(isStaying).length;
  }

  function dismiss(member: Member): void {
    member.isLeaving = true;
    // By message where there is somebody to read it: a signal may have come to all processes of a terminal, and a second
    // one ends a worker at once.
    if (member.isUp) tell(member.worker, { heddle: "stop" });
    else member.worker.process.kill("SIGTERM");
  }

  function stop(code: number): void {
    if (exitCode !== undefined) return;
    exitCode = code;
    log.info({ workers: members.size }, "stopping all workers");
    for (const member of members.values()) dismiss(member);
    if (members.size === 0) void end(code);
  }

  async function end(code: number): Promise<void> {
    await closeLog();
    own.exit(code);
  }

  async function roll(): Promise<void> {
    if (!isStarted || isRolling) {
      isRollWanted = true;
      return;
    }
    isRolling = true;
    do {
      isRollWanted = false;
      await rollOnce();
      fill();
    } while (isRollWanted && exitCode === undefined);
    isRolling = false;
  }

  async function rollOnce(): Promise<void> {
    const old = [...members.values()].filter(isStaying);
    log.info({ workers: old.length }, "replacing all workers");
    for (const member of old) {
      if (exitCode !== undefined) return;
      // Has died meanwhile: what came in its place is new.
      if (!members.has(member.worker)) continue;
      const outcome = await within(START_MS, start(true));
      if (exitCode !== undefined) return;
      if (outcome === undefined || !outcome.isUp) {
        for (const one of members.values()) if (one.isSuccessor && !one.isUp) dismiss(one);
        log.error({ code: outcome?.code }, "not replaced: a new worker did not start");
        return;
      }
      dismiss(member);
    }
    log.info({ workers: old.length }, "replaced all workers");
  }

  let signals = 0;
  const onStop = (): void => {
    if (++signals === 1) {
      stop(0);
      return;
    }
    for (const { worker } of members.values()) worker.process.kill("SIGKILL");
    own.exit(EXIT_FAILED);
  };
  own.on("SIGTERM", onStop);
  own.on("SIGINT", onStop);
  own.on("SIGHUP", () => void roll());

  // Alone at first: what keeps it from starting would keep all of them, and is told once.
  const first = await start();
  if (!first.isUp) {
    if (exitCode === undefined) await end(first.code === 0 ? EXIT_FAILED : first.code);
    return;
  }
  isStarted = true;
  await Promise.all(Array.from({ length: count - 1 }, () => start()));
  if (exitCode !== undefined) return;
  log.info({ workers: count }, "workers started");
  if (isRollWanted) void roll();
}

const isStaying = (member: Member): boolean => !member.isLeaving;
const isUp = (member: Member): boolean => member.isUp;
const workerOf = (member: Member): Worker => member.worker;

/** Undefined when the time is up. */
function within<Result>(ms: number, result: Promise<Result>): Promise<Result | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, undefined);
    void result.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
