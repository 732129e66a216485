/** Tells when nothing happens in this process any more and nothing is on its way: then time may pass. */
import { performance } from "node:perf_hooks";
import { areOthersAtWork } from "./other-threads.ts";

export interface Calm {
  /** Something has happened. */
  stir(): void;
  /** Resolves when it is calm, or as soon as `isEnough`. */
  wait(isEnough: () => boolean): Promise<void>;
}

/** Of looks at the event loop. */
const LOOK_MS = 1;
/** Looks in a row that saw nothing. What goes over the loopback takes microseconds. */
const LOOKS = 3;
/** Looks in a row at something busy that nothing comes of: it goes round, and only time can end it. */
const ROUNDS = 50;
/** Whoever is never calm is not waited for: something of the project's own that goes on for ever. */
const MOST_LOOKS = 10_000;
/** A look alone keeps the loop busy for less than this. */
const IDLE_MS = 0.25;

/** Work that has been handed to the system or to other threads: files, names, connections, writes. */
const UNDER_WAY =
  /Req(?:Wrap|Callback|Promise)?$|Request$|Job$|ConnectWrap|WriteWrap|SendWrap|ShutdownWrap|ZLIB|Compress/i;

/** @param sleep by the clock on the wall. */
export function createCalm(sleep: (ms: number) => Promise<unknown>): Calm {
  let stirred = 0;
  let idleMs = IDLE_MS;
  /** Looks in a row in which nothing has happened and nothing was on its way, however busy it was. */
  let fruitless = 0;
  return {
    stir() {
      stirred += 1;
    },
    async wait(isEnough) {
      let calm = 0;
      let looks = 0;
      while (calm < LOOKS && looks < MOST_LOOKS && !isEnough()) {
        const before = stirred;
        const from = performance.eventLoopUtilization();
        await sleep(LOOK_MS);
        const { active } = performance.eventLoopUtilization(from);
        fruitless = stirred === before && !isUnderWay() ? fruitless + 1 : 0;
        const goesRound = fruitless > ROUNDS;
        const isCalm = fruitless > 0 && (active < idleMs || goesRound);
        calm = isCalm ? calm + 1 : 0;
        // Dear, and so the last to be asked. What goes round keeps the collector of garbage at work.
        if (calm === LOOKS && !goesRound && areOthersAtWork()) calm = 0;
        looks += 1;
        // On a machine where looking alone takes that long, it would never be calm.
        if (looks % 1_000 === 0) idleMs *= 2;
      }
    },
  };
}

function isUnderWay(): boolean {
  return process.getActiveResourcesInfo().some((name) => UNDER_WAY.test(name));
}
