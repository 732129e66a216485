/** The methods of promises and of functions. Promises are looked through: they are what they resolve to. */
import type { Flow } from "./flow.ts";
import { branchOf } from "./frames.ts";
import { traces } from "./uses.ts";
import { type FunctionAtom, NOTHING, setOf, union, type Value } from "./value.ts";

const PROMISE: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

export function isPromiseMethod(name: string): boolean {
  return PROMISE.has(name);
}

export function promiseMethod(flow: Flow, self: Value, name: string): Value {
  const key = `n:promise.${name}:${[...self.keys()].join()}`;
  return setOf({
    kind: "native",
    key,
    call(invocation) {
      const [first = NOTHING, second = NOTHING] = invocation.args;
      const apart = { ...invocation, frame: branchOf(invocation.frame) };
      const nothing = { ...apart, args: [traces(self)], nodes: [] };
      if (name === "finally") {
        flow.call(first, { ...invocation, args: [], nodes: [] }, name);
        return self;
      }
      if (name === "catch") return union(self, flow.call(first, nothing, name));
      const isGiven = invocation.args.length > 0;
      const result = flow.call(
        first,
        { ...invocation, args: [self], nodes: [] },
        isGiven ? "a callback" : name,
      );
      return union(result, flow.call(second, nothing, name));
    },
  });
}

/** `call`, `apply` and `bind` are the function itself, as far as values go. */
export function memberOfFunction(flow: Flow, atom: FunctionAtom, name: string): Value {
  if (name !== "call" && name !== "apply" && name !== "bind") return NOTHING;
  return setOf({
    kind: "native",
    key: `n:function.${name}:${atom.key}`,
    call(invocation) {
      const [, ...args] = invocation.args;
      if (name === "bind" && args.length === 0) return setOf(atom);
      if (name === "apply") {
        const items = flow.item(args[0] ?? NOTHING, invocation.frame);
        return flow.invoke(atom, { ...invocation, args: [items, items, items], nodes: [] });
      }
      return flow.invoke(atom, { ...invocation, args, nodes: invocation.nodes.slice(1) });
    },
  });
}
