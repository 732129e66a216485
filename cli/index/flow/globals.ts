/** The functions of the language whose results hold what they were given, and all others. */
import { extraAt } from "./extras.ts";
import type { Flow, Frame, Invocation } from "./flow.ts";
import { loopOf } from "./frames.ts";
import { failuresIn } from "./function-members.ts";
import { consume } from "./invoke-inside.ts";
import { spread } from "./literals.ts";
import { add, listAt, objectAt, place, put, traces, use } from "./uses.ts";
import {
  type Atom,
  below,
  literal,
  NOTHING,
  type ObjectAtom,
  onlyOf,
  setOf,
  union,
  type Value,
} from "./value.ts";

type Global = (flow: Flow, invocation: Invocation) => Value;

const first: Global = (_flow, { args: [value = NOTHING] }) => value;

/** What the members of a value hold. */
function valuesOf(flow: Flow, value: Value): Value {
  const parts = [...value.values()].map((atom: Atom): Value => {
    if (atom.kind === "source") {
      use(flow, setOf(atom), "walked");
      const { only } = atom;
      return only === undefined
        ? setOf(below(atom, "*"))
        : setOf(...only.map((name) => below(atom, name)));
    }
    if (atom.kind === "object") {
      return union(...atom.members.values(), atom.rest, valuesOf(flow, atom.spreads));
    }
    if (atom.kind === "list") return union(...atom.tuple, atom.item);
    return traces(setOf(atom));
  });
  return union(...parts);
}

/** All of an object's members are known by their names. */
function isWhole({ rest, spreads }: ObjectAtom): boolean {
  return rest.size === 0 && spreads.size === 0;
}

const entries: Global = (flow, { args: [value = NOTHING], node, frame }) => {
  const key = flow.keyAt("entries", node, frame);
  const only = onlyOf(value);
  if (only?.kind === "object" && isWhole(only)) {
    const list = listAt(flow, key);
    for (const [index, [name, member]] of [...only.members].entries()) {
      const pair = listAt(flow, `${key}:pair:${name}`);
      place(flow, pair, 0, literal(name));
      place(flow, pair, 1, member);
      place(flow, list, index, setOf(pair));
    }
    return setOf(list);
  }
  const pair = listAt(flow, `${key}:pair`);
  place(flow, pair, 0, namesOf(value));
  place(flow, pair, 1, valuesOf(flow, value));
  const list = listAt(flow, key);
  add(flow, list, setOf(pair), value);
  return setOf(list);
};

/** The names of the members of a value. */
function namesOf(value: Value): Value {
  const names = [...value.values()].flatMap((atom): Atom[] => {
    if (atom.kind === "source") return [{ kind: "names", key: `names:${atom.key}`, of: atom }];
    if (atom.kind !== "object") return [...traces(setOf(atom)).values()];
    const own = [...atom.members.keys()].flatMap((name) => [...literal(name).values()]);
    return [...own, ...namesOf(atom.spreads).values()];
  });
  return setOf(...names);
}

const together: Global = (flow, { args: [value = NOTHING], node, frame }) => {
  const list = listAt(flow, flow.keyAt("all", node, frame));
  for (const atom of value.values()) {
    if (atom.kind !== "list") {
      // `Promise.all({ ... })` is nothing; a Map or a Set gives its items.
      add(flow, list, flow.item(setOf(atom), frame), setOf(atom));
      continue;
    }
    for (const [index, item] of atom.tuple.entries()) place(flow, list, index, item);
    add(flow, list, atom.item, atom.from);
  }
  return setOf(list);
};

const settled: Global = (flow, invocation) => {
  const {
    args: [value = NOTHING],
    node,
    frame,
  } = invocation;
  const key = flow.keyAt("settled", node, frame);
  const list = listAt(flow, key);
  const outcome = (name: string, item: Value): Value => {
    const object = objectAt(flow, `${key}:${name}`);
    put(flow, object, "status", traces(item));
    put(flow, object, "value", item);
    put(flow, object, "reason", failuresIn(item));
    return setOf(object);
  };
  for (const atom of value.values()) {
    if (atom.kind !== "list") continue;
    for (const [index, item] of atom.tuple.entries())
      place(flow, list, index, outcome(String(index), item));
    if (atom.item.size > 0) add(flow, list, outcome("*", atom.item), atom.from);
  }
  return setOf(list);
};

/** Each item whose position is known on its own, then all others as one. */
function itemsOf(flow: Flow, value: Value, frame: Frame): Value[] {
  const [only, ...others] = value.values();
  if (others.length > 0 || only?.kind !== "list") return [flow.item(value, frame)];
  return only.item.size === 0 ? [...only.tuple] : [...only.tuple, only.item];
}

const GLOBALS: Readonly<Record<string, Global>> = {
  "Promise.all": together,
  "Promise.allSettled": settled,
  "Promise.race": (flow, { args: [value = NOTHING], frame }) => flow.item(value, frame),
  "Promise.any": (flow, { args: [value = NOTHING], frame }) => flow.item(value, frame),
  "Promise.resolve": first,
  "Promise.reject": () => NOTHING,
  "Object.entries": entries,
  "Object.values"(flow, { args: [value = NOTHING], node, frame }) {
    const list = listAt(flow, flow.keyAt("values", node, frame));
    add(flow, list, valuesOf(flow, value), value);
    return setOf(list);
  },
  "Object.keys"(flow, { args: [value = NOTHING], node, frame }) {
    const list = listAt(flow, flow.keyAt("keys", node, frame));
    add(flow, list, namesOf(value), value);
    return setOf(list);
  },
  "Object.fromEntries"(flow, { args: [value = NOTHING], node, frame }) {
    const object = objectAt(flow, flow.keyAt("object", node, frame));
    for (const pair of itemsOf(flow, value, frame)) {
      const name = flow.position(pair, 0, frame);
      const item = flow.position(pair, 1, frame);
      // Names of members that the answer has are what services said.
      use(flow, name, "read");
      const literals = [...name.values()].filter(
        ({ kind }) => kind !== "trace" && kind !== "cause",
      );
      const known = literals.length > 0 && literals.every(({ kind }) => kind === "literal");
      if (known)
        for (const atom of name.values())
          if (atom.kind === "literal") put(flow, object, String(atom.value), item);
      if (!known) put(flow, object, undefined, item);
    }
    return setOf(object);
  },
  "Object.assign"(flow, { args: [target = NOTHING, ...sources], nodes }) {
    for (const atom of target.values()) {
      if (atom.kind !== "object" && atom.kind !== "source") continue;
      const object = atom.kind === "source" ? extraAt(flow, atom) : atom;
      const none = { without: new Set<string>(), before: new Set(object.members.keys()) };
      for (const [index, value] of sources.entries())
        spread(flow, object, value, nodes[index + 1], none);
    }
    return target;
  },
  "Object.freeze": first,
  "Object.seal": first,
  "Object.groupBy": (flow, invocation) => grouped(flow, invocation),
  "Object.hasOwn"(flow, { args: [value = NOTHING, name = NOTHING] }) {
    use(flow, name, "read");
    use(flow, value, "tested");
    return traces(value, name);
  },
  "Array.isArray"(flow, { args: [value = NOTHING] }) {
    use(flow, value, "tested");
    return traces(value);
  },
  "Array.from"(flow, invocation) {
    const {
      args: [value = NOTHING, callback],
      node,
      frame,
    } = invocation;
    const list = listAt(flow, flow.keyAt("from", node, frame));
    const item = flow.item(value, frame);
    const inner = loopOf(frame, value);
    const made =
      callback === undefined
        ? item
        : flow.call(
            callback,
            { ...invocation, args: [item, NOTHING], nodes: [], frame: inner },
            "a callback",
          );
    add(flow, list, made, value);
    return setOf(list);
  },
  "Array.of"(flow, { args, node, frame }) {
    const list = listAt(flow, flow.keyAt("of", node, frame));
    for (const [index, value] of args.entries()) place(flow, list, index, value);
    return setOf(list);
  },
  Boolean(flow, { args: [value = NOTHING] }) {
    use(flow, value, "tested");
    return traces(value);
  },
  structuredClone: first,
  eval(flow, invocation) {
    flow.tell(invocation.node, "eval runs a text");
    return consume(flow, invocation);
  },
};

function grouped(flow: Flow, invocation: Invocation): Value {
  const {
    args: [value = NOTHING, callback = NOTHING],
    node,
    frame,
  } = invocation;
  const key = flow.keyAt("group", node, frame);
  const item = flow.item(value, frame);
  const inner = loopOf(frame, value);
  use(
    flow,
    flow.call(callback, { ...invocation, args: [item], nodes: [], frame: inner }, "a callback"),
    "read",
  );
  const list = listAt(flow, `${key}:list`);
  add(flow, list, item, value);
  const object = objectAt(flow, key);
  put(flow, object, undefined, setOf(list));
  return setOf(object);
}

/** A function of the language: by name what it does with values, else it reads its arguments. */
export function callGlobal(flow: Flow, name: string, invocation: Invocation): Value {
  const known = Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
  return known === undefined ? consume(flow, invocation) : known(flow, invocation);
}
