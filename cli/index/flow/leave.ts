/** What goes to sources that are not followed: it is used whole, and told where it holds more than one value. */
import type { Flow, Invocation } from "./flow.ts";
import { callInside } from "./invoke-inside.ts";
import { traces, use, visit } from "./uses.ts";
import type { Value } from "./value.ts";

/** Gives what comes of it: something that is computed. */
export function leaveTo(flow: Flow, invocation: Invocation, where: string): Value {
  const { args, nodes, node } = invocation;
  const results = args.map((value, index) => {
    use(flow, value, "read");
    const argument = nodes[index];
    // A text or a number has nothing inside that could be missed.
    if (argument === undefined || !flow.types.isPrimitive(argument))
      for (const what of thingsIn(value)) flow.tell(node, `${what} goes to ${where}`);
    return callInside(flow, value, invocation);
  });
  return traces(...args, ...results);
}

/** What of the services is in a value, in words. */
export function thingsIn(value: Value): string[] {
  const found: string[] = [];
  visit(value, new Set(), (atom) => {
    if (atom.kind === "source") {
      const { service, operation } = atom.call;
      const path = atom.path.length === 0 ? "the answer of " : "";
      const field = atom.path.length === 0 ? "" : ` /${atom.path.join("/")}`;
      found.push(`${path}${service}.${operation}${field}`);
    } else if (atom.kind === "answer") {
      found.push(`the answer of ${atom.call.service}.${atom.call.operation}`);
    } else if (atom.kind === "client") {
      const { service, operation } = atom;
      found.push(
        service === undefined
          ? "the services"
          : operation === undefined
            ? `the client of ${service}`
            : `the operation ${service}.${operation}`,
      );
    }
    return true;
  });
  return [...new Set(found)];
}
