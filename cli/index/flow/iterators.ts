/** What the project's own iterables give: objects and classes with `[Symbol.iterator]` or `[Symbol.asyncIterator]`. */
import type { Flow, Frame } from "./flow.ts";
import { type ObjectAtom, setOf, union, type Value } from "./value.ts";

const METHODS = ["Symbol.iterator", "Symbol.asyncIterator"];

/** Any item of an object that says itself what it is gone through by. */
export function itemOfObject(flow: Flow, object: ObjectAtom, frame: Frame): Value {
  const parts = METHODS.flatMap((name): Value[] => {
    const own = object.members.get(name);
    const method = own ?? flow.methodOf(object, name, frame);
    return method === undefined ? [] : [itemsGivenBy(flow, method, object, frame)];
  });
  return union(...parts);
}

function itemsGivenBy(flow: Flow, method: Value, object: ObjectAtom, frame: Frame): Value {
  const [node] = [...method.values()].flatMap((atom) =>
    atom.kind === "function" ? [atom.node] : [],
  );
  if (node === undefined) return setOf();
  const invocation = { node, args: [], nodes: [], frame };
  const parts = [...flow.call(method, invocation, "an iterator").values()].map((made): Value => {
    if (made.kind !== "object") return flow.item(setOf(made), frame);
    if (made !== object && made.members.has("Symbol.iterator"))
      return flow.item(setOf(made), frame);
    const next = flow.member(setOf(made), "next", node, frame);
    return flow.member(flow.call(next, invocation, "next"), "value", node, frame);
  });
  return union(...parts);
}
