/**
 * Which entries in Redis still hold. Every invalidation raises a counter in Redis; an entry says up to which one it
 * is good, and a tag when it was invalidated last. No clock of a process plays a part.
 */

/** `ask`: older than what this process has heard of; Redis knows. */
export type Verdict = "good" | "invalid" | "ask";

/** What others have invalidated while this process could not listen. `unknown`: Redis has lost its data. */
export type Missed = "nothing" | "some" | "unknown";

export interface Generations {
  /** The last invalidation heard of: what an entry that is stored now is good up to. */
  readonly seen: number;
  /** After (re)connecting: the counter and the last invalidation of everything, as Redis has them. */
  sync(counter: number, everything: number): Missed;
  /** An invalidation that was published. */
  hear(generation: number, tags: readonly string[], isEverything: boolean): void;
  /** An invalidation of this process is on its way: entries with these tags are invalid until it is settled. */
  claim(tags: readonly string[]): void;
  /** Redis has it; 0: Redis could not be told. */
  settle(tags: readonly string[], generation: number): void;
  judge(generation: number, tags: readonly string[]): Verdict;
}

/** Beyond this many, all are forgotten, and Redis is asked about older entries. */
const MAX_TAGS = 10_000;

export function createGenerations(maxTags = MAX_TAGS): Generations {
  let seen = 0;
  let everything = 0;
  /** Every invalidation after this one is in `tags`. */
  let knownSince = 0;
  const tags = new Map<string, number>();
  /** How many are on their way. */
  const claims = new Map<string, number>();

  function remember(tag: string, generation: number): void {
    tags.set(tag, Math.max(generation, tags.get(tag) ?? 0));
    if (tags.size <= maxTags) return;
    tags.clear();
    knownSince = Math.max(seen, generation);
  }

  return {
    get seen() {
      return seen;
    },
    sync(counter, sinceWhen) {
      const missed = counter === seen ? "nothing" : counter === 0 ? "unknown" : "some";
      seen = counter;
      everything = sinceWhen;
      knownSince = counter;
      tags.clear();
      return missed;
    },
    hear(generation, named, isEverything) {
      seen = Math.max(seen, generation);
      if (isEverything) everything = Math.max(everything, generation);
      for (const tag of named) remember(tag, generation);
    },
    claim(named) {
      for (const tag of named) claims.set(tag, (claims.get(tag) ?? 0) + 1);
    },
    settle(named, generation) {
      // What is stored from now on holds, without waiting for this process's own message; unless one of somebody
      // else's is still to come.
      if (generation === seen + 1) seen = generation;
      for (const tag of named) {
        const left = (claims.get(tag) ?? 0) - 1;
        if (left > 0) claims.set(tag, left);
        else claims.delete(tag);
        remember(tag, generation);
      }
    },
    judge(generation, named) {
      if (generation < everything) return "invalid";
      for (const tag of named) {
        if (claims.has(tag) || (tags.get(tag) ?? 0) > generation) return "invalid";
      }
      return named.length === 0 || generation >= knownSince ? "good" : "ask";
    },
  };
}
