/** Follows a composer's answer: what it passes on, and the parts that hang in it. */
import { extrasBelow } from "./extras.ts";
import type { Flow, Frame } from "./flow.ts";
import { traces, use } from "./uses.ts";
import { type Atom, NOTHING, setOf, union, type Value } from "./value.ts";

/** Deeper answers are not. */
const MAX_DEPTH = 32;

/** @param path where in the answer the value stands, names joined by dots */
export function passAnswer(
  flow: Flow,
  value: Value,
  frame: Frame,
  path: readonly string[],
  above: ReadonlySet<string> = new Set(),
): void {
  // What decided that this is the answer decides about its parts.
  const decided = [...value.values()].filter(({ kind }) => kind === "cause" || kind === "trace");
  const because = union(frame.because, traces(setOf(...decided)));
  for (const atom of value.values()) {
    if (above.has(atom.key) || path.length > MAX_DEPTH) continue;
    passAtom(flow, atom, { ...frame, because }, path, new Set([...above, atom.key]));
  }
}

function passAtom(
  flow: Flow,
  atom: Atom,
  frame: Frame,
  path: readonly string[],
  above: ReadonlySet<string>,
): void {
  const go = (value: Value, name?: string): void =>
    passAnswer(flow, value, frame, name === undefined ? path : [...path, name], above);
  switch (atom.kind) {
    case "object":
      if (atom.isReply === true) {
        go(atom.members.get("body") ?? NOTHING);
        return;
      }
      for (const [name, member] of atom.members) go(member, name);
      go(atom.rest, "*");
      go(atom.spreads);
      return;
    case "list":
      for (const item of [...atom.tuple, atom.item]) go(item, "*");
      return;
    case "function": {
      const part = path.join(".");
      const inner: Frame = {
        ...frame,
        part,
        isLoop: frame.isLoop || path.includes("*"),
      };
      const key = `part:${part}`;
      const result = flow.invoke(atom, {
        node: atom.node,
        args: [],
        nodes: [],
        frame: {
          ...inner,
          activation: { ...inner.activation, key: `${inner.activation.key}>${key}` },
        },
      });
      passAnswer(flow, result, inner, path, above);
      return;
    }
    case "source":
      use(flow, setOf(atom), "passed");
      for (const { path: inside, object } of extrasBelow(atom))
        passAnswer(flow, setOf(object), frame, [...path, ...inside], above);
      return;
    default:
      use(flow, setOf(atom), "passed");
  }
}
