/** Where the interpreter stands after a decision and inside of a loop. */
import type { Frame } from "./flow.ts";
import { traces } from "./uses.ts";
import { union, type Value } from "./value.ts";

/** The frame of what may be left out. */
export function branchOf(frame: Frame, ...because: readonly Value[]): Frame {
  return { ...frame, isBranch: true, because: union(frame.because, traces(...because)) };
}

/** The frame of what is done for every item. */
export function loopOf(frame: Frame, ...of: readonly Value[]): Frame {
  return { ...frame, isLoop: true, because: union(frame.because, traces(...of)) };
}

/** The frame with what has been decided before in its function: what follows an early `return` may be left out. */
export function currentOf(frame: Frame): Frame {
  const { mayHaveLeft, leftBecause } = frame.activation;
  return {
    ...frame,
    isBranch: frame.isBranch || mayHaveLeft,
    because: union(frame.because, leftBecause),
  };
}
