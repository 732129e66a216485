/** Notes what values are used for, and what is left of them after that. */
import type { Use } from "./call-facts.ts";
import { grown } from "./environment.ts";
import { extraOf, extrasBelow } from "./extras.ts";
import type { Flow, Frame } from "./flow.ts";
import { itemOfObject } from "./iterators.ts";
import {
  type Atom,
  below,
  type ListAtom,
  NOTHING,
  type ObjectAtom,
  type SourceAtom,
  setOf,
  traceOf,
  union,
  type Value,
} from "./value.ts";

/** Uses a value, with all that is inside of it where the use is of the whole. */
export function use(flow: Flow, value: Value, how: Use): void {
  visit(value, new Set(), (atom) => {
    if (atom.kind === "source") useSource(flow, atom, how);
    else if (atom.kind === "names") useSource(flow, atom.of, "counted");
    else if (atom.kind === "answer" && (how === "passed" || how === "read"))
      flow.facts.use(atom.call, [], [], how);
    else if (atom.kind === "list" && (how === "counted" || how === "walked"))
      use(flow, atom.from, how);
    return how === "passed" || how === "read";
  });
}

function useSource({ facts }: Flow, source: SourceAtom, how: Use): void {
  const { call, path, statuses, only } = source;
  if (only === undefined || (how !== "passed" && how !== "read"))
    facts.use(call, path, statuses, how);
  else for (const name of only) facts.use(call, [...path, name], statuses, how);
}

/** Calls back for every atom inside; `visitor` tells whether to go on below one. */
export function visit(value: Value, seen: Set<string>, visitor: (atom: Atom) => boolean): void {
  for (const atom of value.values()) {
    if (seen.has(atom.key)) continue;
    seen.add(atom.key);
    if (!visitor(atom)) continue;
    if (atom.kind === "source")
      for (const { object } of extrasBelow(atom)) visit(setOf(object), seen, visitor);
    if (atom.kind === "object") {
      for (const member of atom.members.values()) visit(member, seen, visitor);
      visit(atom.rest, seen, visitor);
      visit(atom.spreads, seen, visitor);
    } else if (atom.kind === "list") {
      for (const item of atom.tuple) visit(item, seen, visitor);
      visit(atom.item, seen, visitor);
    } else if (atom.kind === "table") {
      visit(atom.names, seen, visitor);
      visit(atom.item, seen, visitor);
    }
  }
}

/** Which calls a value depends on: what is left when something has been computed from it. */
export function traces(...values: readonly Value[]): Value {
  const found: Atom[] = [];
  const seen = new Set<string>();
  for (const value of values) {
    visit(value, seen, (atom) => {
      const { kind } = atom;
      if (
        kind === "source" ||
        kind === "answer" ||
        kind === "trace" ||
        kind === "cause" ||
        kind === "failure"
      )
        found.push(traceOf(atom.call));
      if (kind === "names") found.push(traceOf(atom.of.call));
      return true;
    });
  }
  return found.length === 0 ? NOTHING : setOf(...found);
}

/** What decided that a value is what it is: nothing of it is inside. */
export function causes(...values: readonly Value[]): Value {
  const atoms = [...traces(...values).values()].flatMap((atom): Atom[] =>
    atom.kind === "trace" ? [{ kind: "cause", key: `c:${atom.call.key}`, call: atom.call }] : [],
  );
  return atoms.length === 0 ? NOTHING : setOf(...atoms);
}

/** Any item of a value that is gone through. */
export function itemOf(flow: Flow, value: Value, frame: Frame): Value {
  const parts: Value[] = [];
  for (const atom of value.values()) {
    if (atom.kind === "source") {
      const item = below(atom, "*");
      // Where a recursive path is cut, its items are told of above.
      if (item.path.length > atom.path.length) use(flow, setOf(atom), "walked");
      parts.push(setOf(item), extraOf(atom)?.members.get("*") ?? NOTHING);
    } else if (atom.kind === "object") parts.push(itemOfObject(flow, atom, frame));
    else if (atom.kind === "list") parts.push(...atom.tuple, atom.item, traces(atom.from));
    else if (atom.kind === "table") {
      // Whoever goes through a Map is given pairs.
      const pair = listAt(flow, `${atom.key}:pair`);
      place(flow, pair, 0, atom.names);
      place(flow, pair, 1, atom.item);
      parts.push(setOf(pair));
    } else if (atom.kind === "trace" || atom.kind === "cause") parts.push(setOf(atom));
  }
  return union(...parts);
}

/** The list with a key. */
export function listAt(flow: Flow, key: string): ListAtom {
  return flow.made(key, () => ({ kind: "list", key, tuple: [], item: NOTHING, from: NOTHING }));
}

/** Puts something at a known position of a list. */
export function place({ progress }: Flow, list: ListAtom, index: number, value: Value): void {
  list.tuple[index] = grown(list.tuple[index] ?? NOTHING, value, progress);
}

/** Adds items to a list, and what decides how many there are. */
export function add({ progress }: Flow, list: ListAtom, item: Value, from: Value = NOTHING): void {
  list.item = grown(list.item, item, progress);
  list.from = grown(list.from, from, progress);
}

/** The object with a key. */
export function objectAt(flow: Flow, key: string, more: Partial<ObjectAtom> = {}): ObjectAtom {
  return flow.made(key, () => ({
    kind: "object",
    key,
    members: new Map(),
    rest: NOTHING,
    spreads: NOTHING,
    ...more,
  }));
}

/** Adds to a member of an object; without a name, to those that are not known. */
export function put(
  { progress }: Flow,
  object: ObjectAtom,
  name: string | undefined,
  value: Value,
): void {
  if (name === undefined) object.rest = grown(object.rest, value, progress);
  else object.members.set(name, grown(object.members.get(name) ?? NOTHING, value, progress));
}
