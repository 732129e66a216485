/** The methods of arrays, of what services answer and of what composers make. */
import type ts from "typescript";
import { extraAt } from "./extras.ts";
import type { Flow, Invocation } from "./flow.ts";
import { loopOf } from "./frames.ts";
import { add, listAt, objectAt, place, put, traces, use } from "./uses.ts";
import { NOTHING, onlyOf, setOf, union, type Value } from "./value.ts";

type Method = (flow: Flow, self: Value, invocation: Invocation) => Value;

/** The items are gone through, and the function is called for each. */
function forItems(flow: Flow, self: Value, invocation: Invocation, ...before: Value[]): Value {
  const [callback = NOTHING] = invocation.args;
  const item = flow.item(self, invocation.frame);
  const frame = loopOf(invocation.frame, self);
  const args = [...before, item, NOTHING, self];
  return flow.call(callback, { ...invocation, args, nodes: [], frame }, "a callback");
}

const same: Method = (flow, self, invocation) => {
  use(flow, forItems(flow, self, invocation), "tested");
  return self;
};

const decided: Method = (flow, self, invocation) => {
  const answer = forItems(flow, self, invocation);
  use(flow, answer, "tested");
  return traces(self, answer);
};

const found: Method = (flow, self, invocation) => {
  use(flow, forItems(flow, self, invocation), "tested");
  return flow.item(self, invocation.frame);
};

const itself: Method = (flow, self, { args }) => {
  for (const value of args) use(flow, value, "read");
  return self;
};

const one: Method = (flow, self, { args, frame }) => {
  for (const value of args) use(flow, value, "read");
  return flow.item(self, frame);
};

const sorted: Method = (flow, self, invocation) => {
  const item = flow.item(self, invocation.frame);
  const [comparator] = invocation.args;
  if (comparator === undefined) use(flow, item, "read");
  else {
    const frame = loopOf(invocation.frame, self);
    const order = { ...invocation, args: [item, item], nodes: [], frame };
    use(flow, flow.call(comparator, order, "a callback"), "read");
  }
  return self;
};

const compared: Method = (flow, self, { args, frame }) => {
  const item = flow.item(self, frame);
  for (const value of [item, ...args]) use(flow, value, "read");
  return traces(self, ...args);
};

/** A list of more is followed as one whose items are all alike. */
const MOST_APART = 16;

/** The function is called for one item, as if it were alone: what it makes of it is not what it makes of the others. */
function callApart(
  flow: Flow,
  self: Value,
  item: Value,
  index: number,
  invocation: Invocation,
): Value {
  const [callback = NOTHING] = invocation.args;
  const inner = loopOf(invocation.frame, self);
  const activation = { ...inner.activation, key: `${inner.activation.key}[${index}]` };
  const args = [item, NOTHING, self];
  const apart = { ...invocation, args, nodes: [], frame: { ...inner, activation } };
  return flow.call(callback, apart, "a callback");
}

const mapped: Method = (flow, self, invocation) => {
  const list = listAt(flow, flow.keyAt("map", invocation.node, invocation.frame));
  const only = onlyOf(self);
  const isTuple = only?.kind === "list" && only.item.size === 0;
  if (isTuple && only.tuple.length > 0 && only.tuple.length <= MOST_APART) {
    for (const [index, item] of only.tuple.entries())
      place(flow, list, index, callApart(flow, self, item, index, invocation));
    return setOf(list);
  }
  add(flow, list, forItems(flow, self, invocation), self);
  return setOf(list);
};

const flattened: Method = (flow, self, invocation) => {
  const list = listAt(flow, flow.keyAt("flat", invocation.node, invocation.frame));
  const [callback] = invocation.args;
  const items =
    callback === undefined ? flow.item(self, invocation.frame) : forItems(flow, self, invocation);
  add(flow, list, flat(flow, items, invocation), self);
  return setOf(list);
};

/** Lists inside are opened; what services answered by its type: the result's items are it, or are inside of it. */
function flat(flow: Flow, items: Value, { node, frame, nodes }: Invocation): Value {
  const parts = [...items.values()].map((atom) => {
    const isList =
      atom.kind === "list" ||
      (atom.kind === "source" && flow.types.givesArray(nodes[0] ?? calleeOf(flow, node)));
    return isList ? flow.item(setOf(atom), frame) : setOf(atom);
  });
  return union(...parts);
}

function calleeOf({ project: { ts } }: Flow, node: ts.Node): ts.Node {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    ? node.expression.expression
    : node;
}

const reduced: Method = (flow, self, invocation) => {
  const [callback = NOTHING, initial] = invocation.args;
  const item = flow.item(self, invocation.frame);
  const key = `${flow.keyAt("reduce", invocation.node, invocation.frame)}`;
  const memory = listAt(flow, key);
  add(flow, memory, initial ?? item);
  const frame = loopOf(invocation.frame, self);
  const args = [memory.item, item, NOTHING, self];
  add(flow, memory, flow.call(callback, { ...invocation, args, nodes: [], frame }, "a callback"));
  return union(memory.item, traces(self));
};

const concatenated: Method = (flow, self, { node, args, nodes, frame }) => {
  const list = listAt(flow, flow.keyAt("concat", node, frame));
  add(flow, list, flow.item(self, frame), self);
  for (const [index, value] of args.entries()) {
    const argument = nodes[index];
    const isList = argument !== undefined && flow.types.isArrayLike(argument);
    add(flow, list, isList ? flow.item(value, frame) : value, value);
  }
  return setOf(list);
};

const entries: Method = (flow, self, { node, frame }) => {
  const key = flow.keyAt("entries", node, frame);
  const pair = listAt(flow, `${key}:pair`);
  place(flow, pair, 0, NOTHING);
  place(flow, pair, 1, flow.item(self, frame));
  const list = listAt(flow, key);
  add(flow, list, setOf(pair), self);
  return setOf(list);
};

const pushed: Method = (flow, self, { args, frame }) => {
  for (const atom of self.values()) {
    if (atom.kind === "list") add(flow, atom, union(...args), frame.because);
    else if (atom.kind === "source") put(flow, extraAt(flow, atom), "*", union(...args));
  }
  return NOTHING;
};

const METHODS: Readonly<Record<string, Method>> = {
  map: mapped,
  forEach: (flow, self, invocation) => {
    forItems(flow, self, invocation);
    return NOTHING;
  },
  flatMap: flattened,
  flat: (flow, self, invocation) => flattened(flow, self, { ...invocation, args: [], nodes: [] }),
  filter: same,
  find: found,
  findLast: found,
  some: decided,
  every: decided,
  findIndex: decided,
  findLastIndex: decided,
  includes: compared,
  indexOf: compared,
  lastIndexOf: compared,
  has: compared,
  join: compared,
  toString: compared,
  reduce: reduced,
  reduceRight: reduced,
  sort: sorted,
  toSorted: sorted,
  slice: itself,
  splice: itself,
  toSpliced: itself,
  reverse: itself,
  toReversed: itself,
  values: itself,
  copyWithin: itself,
  at: one,
  pop: one,
  shift: one,
  next: (flow, self, invocation) => {
    const result = objectAt(flow, flow.keyAt("next", invocation.node, invocation.frame));
    put(flow, result, "value", one(flow, self, invocation));
    put(flow, result, "done", traces(self));
    return setOf(result);
  },
  concat: concatenated,
  entries,
  keys: (_flow, self) => traces(self),
  push: pushed,
  unshift: pushed,
  add: (flow, self, invocation) => {
    pushed(flow, self, invocation);
    return self;
  },
  fill: (flow, self, invocation) => {
    pushed(flow, self, invocation);
    return self;
  },
  with: (flow, self, invocation) => {
    const [index = NOTHING, value = NOTHING] = invocation.args;
    return concatenated(flow, self, { ...invocation, args: [traces(index), value], nodes: [] });
  },
};

export function isListMethod(name: string): boolean {
  return Object.hasOwn(METHODS, name);
}

export function listMethod(flow: Flow, self: Value, name: string): Value {
  const method = METHODS[name];
  if (method === undefined) return NOTHING;
  const key = `n:list.${name}:${[...self.keys()].join()}`;
  return setOf({ kind: "native", key, call: (invocation) => method(flow, self, invocation) });
}
