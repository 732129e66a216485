/** Calls the functions that are handed to somebody whose source says nothing of interest. */
import type { Flow, Invocation } from "./flow.ts";
import { branchOf } from "./frames.ts";
import { traces, use, visit } from "./uses.ts";
import { union, type Value } from "./value.ts";

/** What the language's own functions do with arguments: they read them, and call functions. */
export function consume(flow: Flow, invocation: Invocation): Value {
  const results = invocation.args.map((value) => {
    use(flow, value, "read");
    return callInside(flow, value, invocation);
  });
  // `als.run(store, fn)`, `text.replace(/x/, fn)`: what the functions give may be what comes of it.
  return union(traces(...invocation.args), ...results);
}

/** Calls the functions inside of a value, with what nobody knows. */
export function callInside(flow: Flow, value: Value, invocation: Invocation): Value {
  const parts: Value[] = [];
  const frame = branchOf(invocation.frame, ...invocation.args);
  visit(value, new Set(), (atom) => {
    if (atom.kind === "function")
      parts.push(flow.invoke(atom, { ...invocation, args: [], nodes: [], frame }));
    return true;
  });
  return union(...parts);
}
