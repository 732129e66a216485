/** What is known while a composer is walked for its order: which calls have begun, and which of them may not have ended. */
import type ts from "typescript";

/** How often a call is made, and whether the times wait for each other. */
export interface Loop {
  /**
   * `each`: Heddle's own, bounded. `all`: all at once, without a bound. `series`: one after the other. `parts`: parts of
   * items. `few`: all at once, of a list that has a bound. `unknown`: something that is not followed may bound it.
   */
  readonly kind: "each" | "all" | "series" | "parts" | "few" | "unknown";
  /** `file:line:column` */
  readonly at: string;
  /** Of `each`. */
  readonly concurrency?: number;
  /** One time may keep the next from being made, or put it off: by `break`, `return`, a condition, a pause. */
  isCut: boolean;
  /** Of `series`: calls that are not awaited before the next time begins. */
  readonly left?: ReadonlySet<string>;
}

/** Which ways of a decision lead somewhere, by the decision's place; absent: all of them. */
export type Ways = ReadonlyMap<string, ReadonlySet<number>>;

/** Where the walk stands. */
export interface WaitState {
  readonly seen: Set<string>;
  /** Begun, and perhaps under way. */
  readonly open: Set<string>;
  readonly loops: readonly Loop[];
  /** How many of the loops are around the function, not in it. */
  readonly outer: number;
  /** Calls whose failure decides that the walk comes here, as in a `catch`. */
  guards: ReadonlySet<string>;
  ways: Ways;
  /** How things stand where the statement around is left by `break`, or a time of the loop by `continue`. */
  readonly breaks: WaitState[];
  readonly continues: WaitState[];
}

export interface FunctionValue {
  readonly node: ts.FunctionLikeDeclaration;
  /** The loops that it was made in. */
  readonly loops: readonly Loop[];
  /** The ways that lead to where it was made. */
  readonly ways: Ways;
}

/** What an expression stands for: calls that end when it is awaited, and functions. */
export interface WaitValue {
  readonly pending: ReadonlySet<string>;
  readonly functions: readonly FunctionValue[];
}

export const NOTHING: WaitValue = { pending: new Set(), functions: [] };

export function unite(...values: readonly WaitValue[]): WaitValue {
  const [first = NOTHING, ...others] = values.filter(
    ({ pending, functions }) => pending.size + functions.length > 0,
  );
  if (others.length === 0) return first;
  const functions = new Map(
    values.flatMap((value) => value.functions.map((one) => [one.node, one])),
  );
  return {
    pending: new Set(values.flatMap(({ pending }) => [...pending])),
    functions: [...functions.values()],
  };
}

/** Where a walk begins. */
export function start(): WaitState {
  return {
    seen: new Set(),
    open: new Set(),
    loops: [],
    outer: 0,
    guards: new Set(),
    ways: new Map(),
    breaks: [],
    continues: [],
  };
}

export function fork(state: WaitState, change: Partial<WaitState> = {}): WaitState {
  return { ...state, seen: new Set(state.seen), open: new Set(state.open), ...change };
}

export function forkInto(state: WaitState, loop: Loop | undefined): WaitState {
  return loop === undefined ? fork(state) : fork(state, { loops: [...state.loops, loop] });
}

/** What has happened on one of several ways has happened, for all that is known; nothing else has ended by it. */
export function join(state: WaitState, ways: readonly WaitState[]): void {
  const [first, ...others] = ways;
  if (first === undefined) return;
  // What was under way before has ended only where it has on every way.
  const before = [...state.open].filter((at) => ways.some(({ open }) => open.has(at)));
  const since = ways.flatMap(({ open }) => [...open].filter((at) => !state.seen.has(at)));
  for (const way of ways) for (const at of way.seen) state.seen.add(at);
  state.open.clear();
  for (const at of [...before, ...since]) state.open.add(at);
  state.guards = new Set(
    [...first.guards].filter((at) => others.every(({ guards }) => guards.has(at))),
  );
  state.ways = uniteWays(ways.map((way) => way.ways));
}

/** A decision that is not come to on one of the ways is another way of it. */
const NOT_REACHED: ReadonlySet<number> = new Set([-1]);

export function uniteWays(all: readonly Ways[]): Ways {
  const decisions = new Set(all.flatMap((ways) => [...ways.keys()]));
  return new Map(
    [...decisions].map((at) => [
      at,
      new Set(all.flatMap((ways) => [...(ways.get(at) ?? NOT_REACHED)])),
    ]),
  );
}

/** Whether nothing leads to both of two places in one run. */
export function excludes(one: Ways, other: Ways): boolean {
  return [...one].some(([at, ways]) => {
    const others = other.get(at);
    return others !== undefined && [...ways].every((way) => !others.has(way));
  });
}

/** Waits until a value is there. */
export function settle(state: WaitState, { pending, functions }: WaitValue): WaitValue {
  for (const at of pending) state.open.delete(at);
  return { pending: new Set(), functions };
}

/** One of several values: awaiting it ends what is pending in all of them, or was begun for it alone. */
export function either(before: WaitState, values: readonly WaitValue[]): WaitValue {
  const { pending, functions } = unite(...values);
  const sure = [...pending].filter(
    (at) => !before.seen.has(at) || values.every((value) => value.pending.has(at)),
  );
  return { pending: new Set(sure), functions };
}

/** What is inside of a value: of several promises it is not known which. */
export function anyOf({ pending, functions }: WaitValue): WaitValue {
  return { pending: pending.size > 1 ? NOTHING.pending : pending, functions };
}
