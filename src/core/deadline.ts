/** When a whole request ends: one timer a request, one place where everything done on its behalf learns of it. */
import { GatewayError } from "./errors.ts";

/** Milliseconds on a monotonic clock; handed in, so that tests can hold it still. */
export type Clock = () => number;

/** Whoever wants to know that what it works for has ended. */
export interface Abortable {
  aborted(reason: unknown): void;
}

/** The end of one request. Make it with {@link createDeadline}, and `dispose()` it in `finally`. */
export interface Deadline {
  /** Milliseconds from its start to its end. */
  readonly timeoutMs: number;
  /** What it would have been, had the caller not asked for less: a service that had little of this is not slow. */
  readonly fullMs: number;
  /** The deadline has passed, or {@link Deadline.cancel} was called. */
  readonly aborted: boolean;
  /** Why: a `deadline-exceeded` problem, or what `cancel` was given. */
  readonly reason: unknown;
  /** Aborts with `reason`. Made when it is first asked for: most requests need none, and it is dear. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never below zero. */
  remainingMs(): number;
  /** Calls `member.aborted` once, when this ends; not when it has ended already. */
  watch(member: Abortable): void;
  unwatch(member: Abortable): void;
  /** @throws the reason when this has ended. */
  throwIfAborted(): void;
  /** Ends everything now, for example because the client left. The first reason stays. */
  cancel(reason: unknown): void;
  /** Frees the timer. */
  dispose(): void;
}

/** The deadline of an inbound request, to whoever writes its answer. */
export interface RequestDeadline extends Deadline {
  /** No time ends this any more, only `cancel`: for an answer that has begun and goes on for as long as it is read. */
  lift(): void;
}

/**
 * Starts a deadline of `timeoutMs` milliseconds.
 * @param startMs on that clock. Default: now.
 */
export function createDeadline(
  timeoutMs: number,
  clock: Clock = () => performance.now(),
  fullMs: number = timeoutMs,
  startMs: number = clock(),
): RequestDeadline {
  return new TimedDeadline(timeoutMs, clock, fullMs, startMs);
}

class TimedDeadline implements RequestDeadline {
  readonly timeoutMs: number;
  readonly fullMs: number;
  readonly #clock: Clock;
  #endMs: number;
  /** Set when somebody first wants to know: an answer that is there at once needs none. */
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;
  /** Few wait at a time, and a list is cheaper for few. */
  #members: Abortable[] | undefined;
  /** All of them, once they are many. */
  #crowd: Set<Abortable> | undefined;
  #controller: AbortController | undefined;
  aborted = false;
  reason: unknown;

  constructor(timeoutMs: number, clock: Clock, fullMs: number, startMs: number) {
    this.timeoutMs = timeoutMs;
    this.fullMs = fullMs;
    this.#clock = clock;
    this.#endMs = startMs + timeoutMs;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
      else this.#start();
    }
    return this.#controller.signal;
  }

  remainingMs(): number {
    return Math.max(0, this.#endMs - this.#clock());
  }

  watch(member: Abortable): void {
    this.#members ??= [];
    if (this.#crowd !== undefined) this.#crowd.add(member);
    else if (this.#members.length < CROWD) this.#members.push(member);
    else this.#crowd = new Set([...this.#members, member]);
    if (this.#timer === undefined) this.#start();
  }

  unwatch(member: Abortable): void {
    const members = this.#members;
    if (this.#crowd?.delete(member) === true || members === undefined) return;
    const at = members.lastIndexOf(member);
    if (at < 0) return;
    const last = members.pop();
    if (last !== undefined && last !== member) members[at] = last;
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  pass(): void {
    const detail = `the deadline of ${this.timeoutMs} ms has passed`;
    this.cancel(new GatewayError("deadline-exceeded", { detail }));
  }

  cancel(reason: unknown): void {
    clearTimeout(this.#timer);
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    const members = this.#crowd ?? this.#members;
    this.#members = undefined;
    this.#crowd = undefined;
    if (members !== undefined) for (const member of members) member.aborted(reason);
  }

  lift(): void {
    this.#endMs = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #start(): void {
    if (this.#timer !== undefined || this.#isDisposed || this.aborted) return;
    if (this.#endMs === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(pass, this.remainingMs(), this);
  }
}

/** From so many members on, looking for one in a list costs more than a set. */
const CROWD = 64;

function pass(deadline: TimedDeadline): void {
  deadline.pass();
}
