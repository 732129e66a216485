/** The methods of promises and of functions. Promises are looked through: they are what they resolve to. */
import type { Flow, Invocation } from "./flow.ts";
import { branchOf } from "./frames.ts";
import { traces } from "./uses.ts";
import { type FunctionAtom, failureOf, NOTHING, setOf, union, type Value } from "./value.ts";

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
      const nothing = { ...apart, args: [failuresIn(self)], nodes: [] };
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
      if (name === "bind") return args.length === 0 ? setOf(atom) : bound(flow, atom, invocation);
      if (name === "apply") {
        const [list = NOTHING] = args;
        const given = atom.node.parameters.map((_, index) =>
          flow.position(list, index, invocation.frame),
        );
        return flow.invoke(atom, { ...invocation, args: given, nodes: [] });
      }
      return flow.invoke(atom, { ...invocation, args, nodes: invocation.nodes.slice(1) });
    },
  });
}

/** A function that has its first arguments already. */
function bound(
  flow: Flow,
  atom: FunctionAtom,
  { args: [, ...first], node, frame }: Invocation,
): Value {
  return setOf({
    kind: "native",
    key: `n:bound:${flow.keyAt("bind", node, frame)}:${atom.key}`,
    call: (later) => flow.invoke(atom, { ...later, args: [...first, ...later.args], nodes: [] }),
  });
}

/** What the calls throw that a value comes of. */
export function failuresIn(value: Value): Value {
  const calls = [...traces(value).values()];
  return setOf(...calls.flatMap((atom) => (atom.kind === "trace" ? [failureOf(atom.call)] : [])));
}
