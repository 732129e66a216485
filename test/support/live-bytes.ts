/** How much memory is alive: what is left after a full collection, so that garbage nobody has swept yet does not count. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Heap and everything outside of it that JavaScript holds on to. */
export function liveBytes(): number {
  collect();
  // Once more: the memory of buffers is given back while the next collection begins.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The most that was alive while `work` ran, beyond what was alive before. */
export async function peakGrowth<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly grownBytes: number }> {
  const before = liveBytes();
  let peak = before;
  const look = (): void => {
    peak = Math.max(peak, liveBytes());
  };
  const timer = setInterval(look, 300);
  try {
    const result = await work();
    look();
    return { result, grownBytes: peak - before };
  } finally {
    clearInterval(timer);
  }
}
