/** What `new` makes: objects of the project's own classes, and the collections of the language. */
import type { Flow, Frame, Invocation } from "./flow.ts";
import { consume } from "./invoke-inside.ts";
import { fill } from "./table-methods.ts";
import { add, listAt, objectAt, put, use } from "./uses.ts";
import {
  type ClassAtom,
  NOTHING,
  type ObjectAtom,
  setOf,
  type TableAtom,
  union,
  type Value,
} from "./value.ts";

/** An object of a class: its fields, then what the constructor does. */
export function instantiate(flow: Flow, type: ClassAtom, invocation: Invocation): Value {
  const { ts } = flow.project;
  const key = flow.keyAt("object", invocation.node, invocation.frame);
  const object = objectAt(flow, key, { type });
  const self = setOf(object);
  const frame: Frame = { ...invocation.frame, env: type.env, self };
  for (const base of basesOf(flow, type, frame)) {
    for (const member of base.node.members) {
      if (
        ts.isPropertyDeclaration(member) &&
        member.initializer !== undefined &&
        "text" in member.name
      )
        put(flow, object, member.name.text, flow.evaluate(member.initializer, frame));
      if (ts.isConstructorDeclaration(member)) {
        const made = { kind: "function", key: `${key}:constructor`, node: member } as const;
        flow.invoke({ ...made, env: base.env, self }, invocation);
      }
    }
  }
  return self;
}

/** The class after those that it extends. */
function basesOf(flow: Flow, type: ClassAtom, frame: Frame, depth = 0): ClassAtom[] {
  const { ts } = flow.project;
  const clause = type.node.heritageClauses?.find(
    ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
  );
  const expression = clause?.types[0]?.expression;
  if (expression === undefined || depth > 8) return [type];
  const bases = [...flow.evaluate(expression, frame).values()].flatMap((atom) =>
    atom.kind === "class" ? basesOf(flow, atom, frame, depth + 1) : [],
  );
  return [...bases, type];
}

/** A method of the object's class, bound to it; the value of a getter. */
export function methodOf(
  flow: Flow,
  object: ObjectAtom,
  name: string,
  frame: Frame,
): Value | undefined {
  const { ts } = flow.project;
  if (object.type === undefined) return undefined;
  for (const { node, env } of basesOf(flow, object.type, frame).reverse()) {
    for (const member of node.members) {
      if (member.name === undefined || !("text" in member.name) || member.name.text !== name)
        continue;
      const key = `${object.key}.${name}`;
      const self = setOf(object);
      if (ts.isMethodDeclaration(member))
        return setOf({ kind: "function", key, node: member, env, self });
      if (ts.isGetAccessorDeclaration(member))
        return flow.invoke(
          { kind: "function", key, node: member, env, self },
          { node: member, args: [], nodes: [], frame },
        );
    }
  }
  return undefined;
}

/** `new Map(...)`, `new Promise(...)` and the like. */
export function construct(flow: Flow, name: string, invocation: Invocation): Value {
  const { args, node, frame } = invocation;
  const [first = NOTHING] = args;
  const key = flow.keyAt(name, node, frame);
  if (name === "Map" || name === "WeakMap") {
    const table: TableAtom = flow.made(key, () => ({
      kind: "table",
      key,
      names: NOTHING,
      item: NOTHING,
    }));
    const pairs = flow.item(first, frame);
    fill(flow, table, flow.position(pairs, 0, frame), flow.position(pairs, 1, frame));
    return setOf(table);
  }
  if (name === "Set" || name === "WeakSet" || name === "Array") {
    const list = listAt(flow, key);
    const items = name === "Array" ? union(...args) : flow.item(first, frame);
    // What is in a set is compared with what is there.
    if (name !== "Array") use(flow, items, "read");
    add(flow, list, items, first);
    return setOf(list);
  }
  if (name === "Promise") {
    const list = listAt(flow, key);
    const settle = setOf({
      kind: "native",
      key: `n:resolve:${key}`,
      call: ({ args: [value = NOTHING] }) => {
        add(flow, list, value);
        return NOTHING;
      },
    });
    flow.call(first, { ...invocation, args: [settle, NOTHING], nodes: [] }, name);
    return list.item;
  }
  if (name === "Function") flow.tell(node, "a text is run as a function");
  return consume(flow, invocation);
}
