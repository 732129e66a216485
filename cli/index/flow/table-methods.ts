/** The methods of `Map`. */

import { grown } from "./environment.ts";
import type { Flow, Invocation } from "./flow.ts";
import { loopOf } from "./frames.ts";
import { add, causes, listAt, traces, use } from "./uses.ts";
import { NOTHING, setOf, type TableAtom, union, type Value } from "./value.ts";

type Method = (flow: Flow, table: TableAtom, invocation: Invocation) => Value;

const METHODS: Readonly<Record<string, Method>> = {
  get(flow, table, { args: [name = NOTHING] }) {
    use(flow, name, "read");
    return union(table.item, traces(table.names, name));
  },
  has(flow, table, { args: [name = NOTHING] }) {
    use(flow, name, "read");
    return traces(table.names, name);
  },
  set(flow, table, { args: [name = NOTHING, item = NOTHING], frame }) {
    fill(flow, table, name, union(item, causes(frame.because)));
    return setOf(table);
  },
  delete: (flow, table, { args: [name = NOTHING] }) => {
    use(flow, name, "read");
    return traces(table.names, name);
  },
  clear: () => NOTHING,
  keys: (flow, table, invocation) => listOf(flow, "keys", table.names, table, invocation),
  values: (flow, table, invocation) => listOf(flow, "values", table.item, table, invocation),
  entries: (_flow, table) => setOf(table),
  forEach(flow, table, invocation) {
    const frame = loopOf(invocation.frame, table.names);
    const args = [table.item, table.names, setOf(table)];
    const [callback = NOTHING] = invocation.args;
    flow.call(callback, { ...invocation, args, nodes: [], frame }, "a callback");
    return NOTHING;
  },
};

/** Adds to a table. Keys are compared, so they are read. */
export function fill(flow: Flow, table: TableAtom, name: Value, item: Value): void {
  use(flow, name, "read");
  table.names = grown(table.names, name, flow.progress);
  table.item = grown(table.item, item, flow.progress);
}

export function isTableMethod(name: string): boolean {
  return Object.hasOwn(METHODS, name);
}

export function tableMethod(flow: Flow, table: TableAtom, name: string): Value {
  const method = METHODS[name];
  if (method === undefined) return NOTHING;
  return setOf({
    kind: "native",
    key: `n:table.${name}:${table.key}`,
    call: (invocation) => method(flow, table, invocation),
  });
}

function listOf(
  flow: Flow,
  kind: string,
  item: Value,
  table: TableAtom,
  { node, frame }: Invocation,
): Value {
  const list = listAt(flow, flow.keyAt(kind, node, frame));
  add(flow, list, item, traces(table.names));
  return setOf(list);
}
