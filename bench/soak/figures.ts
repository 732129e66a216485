/** What a process holds on to: memory after a collection, and what keeps its event loop alive, by kind. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Figures {
  readonly heapMegabytes: number;
  /** Buffers and other memory outside of the heap. */
  readonly externalMegabytes: number;
  readonly rssMegabytes: number;
  /** Sockets, timers and the like, from `process.getActiveResourcesInfo()`. */
  readonly resources: Readonly<Record<string, number>>;
  /** Of the process itself. */
  readonly listeners: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

export function takeFigures(): Figures {
  // Twice: the memory of buffers is given back while the next collection begins.
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    heapMegabytes: heapUsed / 1e6,
    externalMegabytes: external / 1e6,
    rssMegabytes: rss / 1e6,
    resources: countResources(),
    listeners: process
      .eventNames()
      .reduce((sum, name) => sum + process.listenerCount(name as string), 0),
  };
}

/** By kind. */
export function countResources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
