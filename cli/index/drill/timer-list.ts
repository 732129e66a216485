/** The timers of a virtual time, and the time itself. */

/** As much of `NodeJS.Timeout` as anybody uses. */
export interface VirtualTimer {
  refresh(): VirtualTimer;
  ref(): VirtualTimer;
  unref(): VirtualTimer;
  hasRef(): boolean;
  close(): VirtualTimer;
  [Symbol.toPrimitive](): number;
  [Symbol.dispose](): void;
}

export interface TimerList {
  readonly nowMs: number;
  add(callback: () => void, ms: number, isInterval: boolean): VirtualTimer;
  /** False: it is none of these. */
  remove(timer: unknown): boolean;
  /** Moves time on to the next timer that is no interval, and serves everything that is due then. */
  passOn(): Promise<void>;
}

interface Entry {
  readonly id: number;
  readonly callback: () => void;
  readonly ms: number;
  readonly isInterval: boolean;
  dueMs: number;
  order: number;
}

export function createTimerList(): TimerList {
  const waiting = new Map<object, Entry>();
  const byId = new Map<number, object>();
  const mine = new WeakSet<object>();
  let nowMs = 0;
  let order = 0;

  const put = (timer: object, entry: Entry): void => {
    order += 1;
    entry.order = order;
    entry.dueMs = nowMs + entry.ms;
    waiting.set(timer, entry);
    byId.set(entry.id, timer);
  };
  const remove = (timer: unknown): boolean => {
    const known = typeof timer === "object" && timer !== null ? timer : byId.get(Number(timer));
    if (known === undefined || !mine.has(known)) return false;
    byId.delete(waiting.get(known)?.id ?? 0);
    waiting.delete(known);
    return true;
  };

  return {
    get nowMs() {
      return nowMs;
    },
    add(callback, ms, isInterval) {
      const entry: Entry = { id: ++order, callback, ms, isInterval, dueMs: 0, order };
      const timer: VirtualTimer = {
        refresh() {
          put(timer, entry);
          return timer;
        },
        // Whether a process lives on for it is not for this time to say.
        ref: () => timer,
        unref: () => timer,
        hasRef: () => true,
        close() {
          remove(timer);
          return timer;
        },
        [Symbol.toPrimitive]: () => entry.id,
        [Symbol.dispose]: () => {
          remove(timer);
        },
      };
      mine.add(timer);
      put(timer, entry);
      return timer;
    },
    remove,
    async passOn() {
      let next = Number.POSITIVE_INFINITY;
      for (const { dueMs, isInterval } of waiting.values())
        if (!isInterval && dueMs < next) next = dueMs;
      if (next === Number.POSITIVE_INFINITY) return;
      nowMs = Math.max(nowMs, next);
      const due = [...waiting].filter(([, { dueMs }]) => dueMs <= nowMs);
      due.sort(([, one], [, other]) => one.dueMs - other.dueMs || one.order - other.order);
      for (const [timer, entry] of due) {
        // Cleared, or set anew, by one that was served before it.
        if (waiting.get(timer) !== entry || entry.dueMs > nowMs) continue;
        if (entry.isInterval) put(timer, entry);
        else remove(timer);
        serve(entry.callback);
        // Promises go before the next timer, as in Node.
        await new Promise<void>((resolve) => process.nextTick(resolve));
      }
    },
  };
}

/** What it throws is uncaught, as with any timer, and keeps no other from being served. */
function serve(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
}
