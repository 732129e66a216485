/** Many attempts on one signal with one listener: Node warns at the eleventh, and removes each in linear time. */

/** Whoever wants to know that a signal aborted. */
export interface Abortable {
  aborted(signal: AbortSignal): void;
}

/** The listener of one signal (DOM Standard: a listener may be an object). */
class Watch {
  readonly members = new Set<Abortable>();

  handleEvent(event: Event): void {
    const signal = event.target as AbortSignal;
    watches.delete(signal);
    for (const member of this.members) member.aborted(signal);
    this.members.clear();
  }
}

const watches = new WeakMap<AbortSignal, Watch>();

/** Calls `member.aborted` once when the signal aborts. End it with {@link unwatchAbort}. */
export function watchAbort(signal: AbortSignal, member: Abortable): void {
  let watch = watches.get(signal);
  if (watch === undefined) {
    watch = new Watch();
    watches.set(signal, watch);
    signal.addEventListener("abort", watch);
  }
  watch.members.add(member);
}

/** Leaves nothing behind: the last one takes the listener away. */
export function unwatchAbort(signal: AbortSignal, member: Abortable): void {
  const watch = watches.get(signal);
  if (watch?.members.delete(member) && watch.members.size === 0) {
    watches.delete(signal);
    signal.removeEventListener("abort", watch);
  }
}
