/** Many attempts on one signal with one listener: Node warns at the eleventh, and removes each in linear time. */
import type { Abortable } from "../../core/deadline.ts";

/** The listener of one signal (DOM Standard §2.7: a listener may be an object). */
class Watch {
  readonly members = new Set<Abortable>();

  handleEvent(event: Event): void {
    const signal = event.target as WatchedSignal;
    signal[WATCH] = undefined;
    for (const member of this.members) member.aborted(signal.reason);
    this.members.clear();
  }
}

/** On the signal itself: in a WeakMap, entries that live as long as a request cost the garbage collector too much. */
const WATCH = Symbol("heddle.watch");

interface WatchedSignal extends AbortSignal {
  [WATCH]?: Watch | undefined;
}

/** Calls `member.aborted` once when the signal aborts. End it with {@link unwatchAbort}. */
export function watchAbort(signal: WatchedSignal, member: Abortable): void {
  let watch = signal[WATCH];
  if (watch === undefined) {
    watch = new Watch();
    signal[WATCH] = watch;
    signal.addEventListener("abort", watch);
  }
  watch.members.add(member);
}

/** Leaves nothing behind: the last one takes the listener away. */
export function unwatchAbort(signal: WatchedSignal, member: Abortable): void {
  const watch = signal[WATCH];
  if (watch?.members.delete(member) && watch.members.size === 0) {
    signal[WATCH] = undefined;
    signal.removeEventListener("abort", watch);
  }
}
