/** A call under way and everyone who waits for it: it lasts as long as anyone does. */
import type { Abortable, Clock, Deadline } from "../../core/deadline.ts";
import type { CacheRule } from "../../core/policies.ts";
import type { Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import type { FlightCall } from "./flight-call.ts";
import { FlightMember } from "./flight-member.ts";
import { ownCopy } from "./own-copy.ts";
import { degradeAll, tellFirst, tellOther } from "./shared-notes.ts";
import type { YoungMap } from "./young-map.ts";

/** Where flights are found: key -> flight. */
export type Flights = Pick<YoungMap<Flight>, "get" | "set" | "delete" | "size">;

/**
 * The deadline of a shared call: over when the last of its members has left, and with as much time as the most patient
 * of them has. It has no timer; every member has its own request's.
 *
 * It stands in a map that outlives it, whose old tables the collector keeps for a while: nothing may hang on it when it
 * is over.
 */
export class Flight implements Deadline {
  readonly #flights: Flights;
  readonly #clock: Clock;
  readonly #begunMs: number;
  readonly #writes: number;
  #key: string;
  /** As whoever began it made it. */
  #first: UpstreamCall | undefined;
  /** Who began it: nearly always the only one. */
  #member: FlightMember | undefined;
  #others: Set<FlightMember> | undefined;
  #watcher: Abortable | undefined;
  #watchers: Set<Abortable> | undefined;
  #controller: AbortController | undefined;
  /** Of the call that is made, while it is under way. */
  #flown: FlightCall | undefined;
  aborted = false;
  reason: unknown;

  /** @param writes that had ended when it began */
  constructor(key: string, flights: Flights, call: UpstreamCall, writes: number, clock: Clock) {
    this.#key = key;
    this.#flights = flights;
    this.#clock = clock;
    this.#begunMs = clock();
    this.#writes = writes;
    this.#first = call;
  }

  get timeoutMs(): number {
    return this.#first?.context.deadline.timeoutMs ?? 0;
  }

  get fullMs(): number {
    return this.#first?.context.deadline.fullMs ?? 0;
  }

  /**
   * Whether it would serve a call with the same key. Not when something was written since it began: who has changed
   * something must see it. Not when it is as old as an attempt may be: what hangs must not take in ever more callers.
   * And not when the call's deadline is later than its timeout, while the attempt under way has no timer because the
   * first deadline was to end it.
   */
  takes(call: UpstreamCall, writes: number): boolean {
    const first = this.#first;
    if (this.#writes !== writes || first === undefined || !keepsFor(first, call)) return false;
    const attemptMs = first.timeoutMs;
    const ageMs = this.#clock() - this.#begunMs;
    if (ageMs >= attemptMs) return false;
    const firstMs = ageMs + first.context.deadline.remainingMs();
    return firstMs > attemptMs || call.context.deadline.remainingMs() <= attemptMs;
  }

  /** Waits on behalf of a call: until the answer is there, or the call's own request has ended. */
  join(call: UpstreamCall): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const member = new FlightMember(call, this, resolve, reject);
      if (this.#first === call) this.#member = member;
      else {
        this.#others ??= new Set();
        this.#others.add(member);
      }
      member.begin();
    });
  }

  /** The one call that is made for all. */
  send(next: Send, flown: FlightCall): void {
    this.#flown = flown;
    sent(next, flown).then(
      (answer) => this.#land(answer, flown),
      (error: unknown) => this.#crash(error, flown),
    );
  }

  /** The service has been asked. */
  get isSent(): boolean {
    return this.#flown !== undefined && this.#flown.attempts > 0;
  }

  leave(member: FlightMember, reason: unknown): void {
    if (this.#member === member) this.#member = undefined;
    else this.#others?.delete(member);
    if (this.#member === undefined && (this.#others?.size ?? 0) === 0) this.cancel(reason);
  }

  /** Gives everyone the answer: as it is to who began the call, copies to others, whose requests are others. */
  #land(answer: UpstreamAnswer, { notes, context }: FlightCall): void {
    const member = this.#member;
    const others = this.#others;
    this.#end();
    if (member !== undefined) {
      tellFirst(member.call, notes);
      degradeAll(context.degradations, member.call);
      member.answered(answer);
    }
    if (others === undefined) return;
    for (const other of others) {
      tellOther(other.call, notes);
      degradeAll(context.degradations, other.call);
      // Bytes that have been read are for the layers above, not for callers.
      const { body, value } = answer;
      const isRead = other.call.read !== undefined;
      other.answered({
        ...answer,
        body: isRead ? body : ownCopy(body),
        value: ownCopy(value),
      });
    }
  }

  /** Gives everyone the failure. */
  #crash(error: unknown, { notes }: FlightCall): void {
    const member = this.#member;
    const others = this.#others;
    this.#end();
    if (member !== undefined) {
      tellFirst(member.call, notes);
      member.failed(error);
    }
    if (others === undefined) return;
    for (const other of others) {
      tellOther(other.call, notes);
      other.failed(error);
    }
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  remainingMs(): number {
    let leftMs = this.#member?.call.context.deadline.remainingMs() ?? 0;
    if (this.#others === undefined) return leftMs;
    for (const { call } of this.#others) {
      leftMs = Math.max(leftMs, call.context.deadline.remainingMs());
    }
    return leftMs;
  }

  watch(watcher: Abortable): void {
    if (this.#watcher === undefined) {
      this.#watcher = watcher;
      return;
    }
    this.#watchers ??= new Set();
    this.#watchers.add(watcher);
  }

  unwatch(watcher: Abortable): void {
    if (this.#watcher === watcher) this.#watcher = undefined;
    else this.#watchers?.delete(watcher);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** The last member has left. */
  cancel(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const watcher = this.#watcher;
    const watchers = this.#watchers;
    this.#watchers = undefined;
    this.#watcher = undefined;
    this.#end();
    this.#controller?.abort(reason);
    watcher?.aborted(reason);
    if (watchers !== undefined) for (const one of watchers) one.aborted(reason);
  }

  dispose(): void {}

  /** Takes it out of the map, and everything off it. A later flight of the same key may stand there by now. */
  #end(): void {
    if (this.#flights.get(this.#key) === this) this.#flights.delete(this.#key);
    this.#key = "";
    this.#first = undefined;
    this.#member = undefined;
    this.#others = undefined;
    this.#flown = undefined;
  }
}

/** A layer below that throws instead of rejecting must not leave callers waiting. */
function sent(next: Send, call: UpstreamCall): Promise<UpstreamAnswer> {
  try {
    return next(call);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Whether what is kept for the first call is kept for the other as well. */
function keepsFor(first: UpstreamCall, { cache, staleMs = 0 }: UpstreamCall): boolean {
  return staleMs <= (first.staleMs ?? 0) && isSameRule(first.cache, cache);
}

/** Rules that a call gives are compiled anew for every call. */
function isSameRule(one: UpstreamCall["cache"], other: UpstreamCall["cache"]): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one === false || other === false) return false;
  return isSameText(one, other);
}

function isSameText(one: CacheRule, other: CacheRule): boolean {
  return (
    one.ttlMs === other.ttlMs &&
    one.staleMs === other.staleMs &&
    one.negativeMs === other.negativeMs &&
    one.isPublic === other.isPublic &&
    one.tags.length === other.tags.length &&
    one.tags.every((tag, index) => tag === other.tags[index])
  );
}
