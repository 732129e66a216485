/** Runs of one route's composer: one at a time for each key, in this process and among those that share a store. */
import type { AnswerStore, KeptEntry } from "../../stores/answer-store.ts";
import { type Asked, Computation, type ComputationOptions, type Outcome } from "./computation.ts";
import { type Keep, type Place, variantOf } from "./keep-answer.ts";
import { keptOf, type ReadyAnswer } from "./kept-answer.ts";
import { areAlike, type ResponseKeys } from "./response-key.ts";

/** What came of a run. */
export interface Landing {
  /** It can be given out as it is kept. */
  readonly ready: ReadyAnswer | undefined;
  /** Absent: another process ran the composer. */
  readonly outcome: Outcome | undefined;
  /** The header fields of the request by which it was made, beside credentials. */
  readonly names: Iterable<string>;
  /** Why it was not kept. */
  readonly reason: string | undefined;
}

export interface SharedRun {
  /** For whom it was begun. */
  readonly asked: Asked;
  readonly computation: Computation;
  readonly landing: Promise<Landing>;
}

export interface SharedRuns {
  /** A run that may be joined; what it brings must be held against {@link isFor}. */
  of(key: string): SharedRun | undefined;
  isUnderWay(key: string): boolean;
  begin(asked: Asked, place: Place): SharedRun;
}

export interface SharedRunsOptions extends ComputationOptions {
  readonly store: AnswerStore;
  readonly keep: Keep;
  readonly keys: ResponseKeys;
  readonly isFresh: (kept: ReadyAnswer) => boolean;
}

/** In the map: emptied when the run is over, because maps hold on to what was in them. */
interface Seat {
  run: SharedRun | undefined;
}

export function createSharedRuns(options: SharedRunsOptions): SharedRuns {
  const { store, keep, keys, isFresh, deadlineMs } = options;
  const seats = new Map<string, Seat>();
  /** Whether the composer's last answer could be one for more than one request. */
  let isShared = true;

  /** One process at a time runs the composer, where processes share a store. */
  async function fly(computation: Computation, asked: Asked, place: Place): Promise<Landing> {
    if (store.lock === undefined || !isShared) return run(computation, asked, place);
    const release = await store.lock(place.key, deadlineMs);
    if (release === undefined) {
      const leftMs = computation.deadline.remainingMs() / 2;
      const landing = await elsewhere(await store.waitFor?.(place.key, leftMs), asked, place);
      if (landing !== undefined) return landing;
    }
    try {
      return await run(computation, asked, place);
    } finally {
      release?.();
    }
  }

  /** What another process has kept meanwhile, if it is of use. */
  async function elsewhere(
    entry: KeptEntry | undefined,
    asked: Asked,
    place: Place,
  ): Promise<Landing | undefined> {
    let kept = entry === undefined ? undefined : keptOf(entry);
    let { names } = place;
    if (kept?.kind === "signpost") {
      names = kept.names;
      const late = await store.get(variantOf(keys, asked, place, names).key);
      kept = late === undefined ? undefined : keptOf(late);
    }
    if (kept?.kind !== "answer" || !isFresh(kept)) return undefined;
    return { ready: kept, outcome: undefined, names, reason: undefined };
  }

  async function run(computation: Computation, asked: Asked, place: Place): Promise<Landing> {
    const since = store.mark?.();
    const outcome = await computation.run();
    isShared = !isPersonal(outcome);
    const keeping = keep(outcome, asked, place, since);
    const names = outcome.reads.fields;
    if ("reason" in keeping) return { ready: undefined, outcome, names, reason: keeping.reason };
    const kept = keptOf(keeping.entry);
    const ready = kept?.kind === "answer" ? kept : undefined;
    return { ready, outcome, names, reason: undefined };
  }

  return {
    of: (key) => (isShared ? seats.get(key)?.run : undefined),
    isUnderWay: (key) => seats.has(key),
    begin(asked, place) {
      const { key } = place;
      const computation = new Computation(asked, options);
      const seat: Seat = { run: undefined };
      const landing = fly(computation, asked, place).finally(() => {
        computation.end();
        if (seats.get(key) === seat) seats.delete(key);
        seat.run = undefined;
      });
      // All who waited may have left.
      landing.catch(ignore);
      const begun: SharedRun = { asked, computation, landing };
      if (!seats.has(key)) {
        seat.run = begun;
        seats.set(key, seat);
      }
      return begun;
    },
  };
}

/** Whether what came of a run for one request is an answer to another that has the same key. */
export function isFor(asked: Asked, leader: Asked, { outcome, names }: Landing): boolean {
  if (outcome !== undefined && isPersonal(outcome)) return false;
  return areAlike(names, asked.inbound.headers, leader.inbound.headers);
}

function isPersonal({ reads, context }: Outcome): boolean {
  return reads.personal !== undefined || context.wrote === true;
}

function ignore(): void {}
