/**
 * Time that stands still while anything happens and jumps to the next timer when nothing does: what takes ten seconds in
 * earnest takes none, and takes exactly ten, on any machine. Sockets stay real.
 */
import { syncBuiltinESMExports } from "node:module";
import { performance } from "node:perf_hooks";
import timers from "node:timers";
import { promisify } from "node:util";
import { createCalm } from "./calm.ts";
import { createTimerList, type VirtualTimer } from "./timer-list.ts";

export interface VirtualTime {
  /** Milliseconds since the beginning. */
  now(): number;
  /** Resolves when that much time has passed, or at once when the signal is aborted. Fractions count. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Something has happened on a socket: time stands still a little longer. */
  stir(): void;
  /** Lets time pass until the work is done. */
  run<Value>(work: Promise<Value>): Promise<Value>;
  /** Puts the process's own time back. Timers that were set in between never fire. */
  restore(): void;
}

/**
 * Takes over the timers and the monotonic clock of this process: `setTimeout`, `setInterval`, their siblings in
 * `node:timers`, `AbortSignal.timeout`, `performance.now` and `Date.now`. Intervals never move time, they are served when it has
 * passed them. What a process does meanwhile beside the drill happens in virtual time, too.
 */
export function takeOverTime(): VirtualTime {
  const real = {
    setTimeout: timers.setTimeout,
    setInterval: timers.setInterval,
    clearTimeout: timers.clearTimeout,
    clearInterval: timers.clearInterval,
    sleep: timers.promises.setTimeout,
    abortAfter: AbortSignal.timeout,
  };
  // Whole numbers, and steps that are powers of two, are added up without an error.
  const startMs = Math.ceil(performance.now());
  const list = createTimerList();
  const calm = createCalm((ms) => new Promise((resolve) => real.setTimeout(resolve, ms)));
  let isOver = false;

  const setVirtual =
    (isInterval: boolean) =>
    (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): VirtualTimer =>
      // As Node does: whole milliseconds, at least one.
      list.add(() => callback(...args), Math.max(1, Math.trunc(ms) || 1), isInterval);
  const clear =
    (instead: typeof clearTimeout) =>
    (timer: unknown): void => {
      if (!list.remove(timer)) instead(timer as NodeJS.Timeout);
    };
  const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const timer = list.add(done, ms, false);
      signal?.addEventListener("abort", done, { once: true });
      function done(): void {
        list.remove(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      }
    });
  const sleep = async (
    ms = 1,
    value?: unknown,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<unknown> => {
    signal?.throwIfAborted();
    await wait(Math.max(1, Math.trunc(ms)), signal);
    signal?.throwIfAborted();
    return value;
  };
  const setTimeoutToo = Object.assign(setVirtual(false), { [promisify.custom]: sleep });
  install({
    setTimeout: setTimeoutToo as unknown as typeof setTimeout,
    setInterval: setVirtual(true) as unknown as typeof setInterval,
    clearTimeout: clear(real.clearTimeout) as typeof clearTimeout,
    clearInterval: clear(real.clearInterval) as typeof clearInterval,
    sleep: sleep as typeof real.sleep,
    abortAfter(ms) {
      const controller = new AbortController();
      const reason = new DOMException("The operation was aborted due to timeout", "TimeoutError");
      list.add(() => controller.abort(reason), ms, false);
      return controller.signal;
    },
  });
  performance.now = () => startMs + list.nowMs;
  const wall = Date.now;
  const startWall = wall();
  // Whoever waits until it is later by the wall clock would wait for as long as the machine happens to take.
  Date.now = () => startWall + Math.floor(list.nowMs);

  return {
    now: () => list.nowMs,
    wait,
    stir: calm.stir,
    async run(work) {
      let isDone = false;
      const done = (): void => {
        isDone = true;
      };
      work.then(done, done);
      while (!isDone && !isOver) {
        await calm.wait(() => isDone);
        if (!isDone) await list.passOn();
      }
      return await work;
    },
    restore() {
      isOver = true;
      install(real);
      Date.now = wall;
      Reflect.deleteProperty(performance, "now");
    },
  };
}

interface Clockwork {
  readonly setTimeout: typeof setTimeout;
  readonly setInterval: typeof setInterval;
  readonly clearTimeout: typeof clearTimeout;
  readonly clearInterval: typeof clearInterval;
  readonly sleep: typeof timers.promises.setTimeout;
  readonly abortAfter: typeof AbortSignal.timeout;
}

/** Puts functions in the place of those that there are, for the global names as well as for importers of modules. */
function install({ sleep, abortAfter, ...plain }: Clockwork): void {
  Object.assign(globalThis, plain);
  Object.assign(timers, plain);
  Object.assign(timers.promises, { setTimeout: sleep });
  Object.assign(AbortSignal, { timeout: abortAfter });
  syncBuiltinESMExports();
}
