/** What `new` makes: objects of the project's own classes, and the collections of the language. */
import type ts from "typescript";
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
import { setterName, writtenName } from "./written-name.ts";

/** Objects that are made by methods of objects of their own class, as `total.plus(price)` does, are all alike from here on. */
const MOST_DEEP = 3;

function depthBelow(type: ClassAtom, self: Value): number {
  const depths = [...self.values()].flatMap((atom) =>
    atom.kind === "object" && atom.type?.node === type.node ? [(atom.depth ?? 0) + 1] : [],
  );
  return Math.max(0, ...depths);
}

/** An object of a class: its fields, then what the constructor does. */
export function instantiate(flow: Flow, type: ClassAtom, invocation: Invocation): Value {
  const { ts } = flow.project;
  const depth = depthBelow(type, invocation.frame.self);
  const own = flow.keyAt("object", invocation.node, invocation.frame);
  const key = depth < MOST_DEEP ? own : `object:deep:${flow.idOf(invocation.node)}:${type.key}`;
  const object = objectAt(flow, key, { type, depth });
  const self = setOf(object);
  const frame: Frame = { ...invocation.frame, env: type.env, self };
  for (const base of basesOf(flow, type, frame)) {
    for (const member of base.node.members) {
      if (
        ts.isPropertyDeclaration(member) &&
        member.initializer !== undefined &&
        !isStatic(flow, member)
      ) {
        const name = writtenName(flow.project, member.name);
        put(flow, object, name, flow.evaluate(member.initializer, { ...frame, env: base.env }));
      }
    }
  }
  callConstructor(flow, type, object, invocation);
  return self;
}

/** The constructor of the class or, where it has none, of the one that it extends; `super(...)` calls the next. */
function callConstructor(
  flow: Flow,
  type: ClassAtom,
  object: ObjectAtom,
  invocation: Invocation,
): void {
  const { ts } = flow.project;
  const self = setOf(object);
  const bases = basesOf(flow, type, { ...invocation.frame, env: type.env }).reverse();
  for (const base of bases) {
    const node = base.node.members.find(ts.isConstructorDeclaration);
    if (node === undefined) continue;
    const key = `${object.key}:constructor:${flow.idOf(node)}`;
    flow.invoke({ kind: "function", key, node, env: base.env, self }, invocation);
    for (const [index, { modifiers, name }] of node.parameters.entries()) {
      // A parameter with a modifier is a member, too.
      if (modifiers !== undefined && modifiers.length > 0 && ts.isIdentifier(name))
        put(flow, object, name.text, invocation.args[index] ?? NOTHING);
    }
    return;
  }
}

/** `super(...)`, `super.name`: what the class above the one around a node is to an object. */
export function superOf(
  flow: Flow,
  node: ts.Node,
  frame: Frame,
): { object: ObjectAtom; base: ClassAtom }[] {
  const { ts } = flow.project;
  const around = ts.findAncestor(node, ts.isClassLike);
  return [...frame.self.values()].flatMap((object) => {
    if (object.kind !== "object" || object.type === undefined) return [];
    const chain = basesOf(flow, object.type, frame);
    const at = chain.findIndex((one) => one.node === around);
    const base = chain[at - 1];
    return base === undefined ? [] : [{ object, base }];
  });
}

/** Calls `super(...)`. */
export function callSuper(flow: Flow, invocation: Invocation): void {
  for (const { object, base } of superOf(flow, invocation.node, invocation.frame))
    callConstructor(flow, base, object, invocation);
}

/** `super.name` */
export function memberOfSuper(flow: Flow, name: string, node: ts.Node, frame: Frame): Value {
  const parts = superOf(flow, node, frame).map(({ object, base }) =>
    methodIn(flow, basesOf(flow, base, frame).reverse(), object, name, frame),
  );
  return union(...parts.map((part) => part ?? NOTHING));
}

/** A static member. */
export function staticMember(flow: Flow, type: ClassAtom, name: string, frame: Frame): Value {
  const { ts } = flow.project;
  const self = setOf(type);
  for (const { node, env } of basesOf(flow, type, frame).reverse()) {
    for (const member of node.members) {
      if (!isStatic(flow, member) || writtenName(flow.project, member.name) !== name) continue;
      const key = `${type.key}.static.${name}`;
      if (ts.isMethodDeclaration(member))
        return setOf({ kind: "function", key, node: member, env, self });
      const inside: Frame = { ...frame, env, self };
      if (ts.isPropertyDeclaration(member) && member.initializer !== undefined)
        return flow.evaluate(member.initializer, inside);
      if (ts.isGetAccessorDeclaration(member))
        return flow.invoke(
          { kind: "function", key, node: member, env, self },
          { node: member, args: [], nodes: [], frame },
        );
    }
  }
  return NOTHING;
}

function isStatic({ project: { ts } }: Flow, member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
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
  if (object.type === undefined) return undefined;
  return methodIn(flow, basesOf(flow, object.type, frame).reverse(), object, name, frame);
}

function methodIn(
  flow: Flow,
  classes: readonly ClassAtom[],
  object: ObjectAtom,
  name: string,
  frame: Frame,
): Value | undefined {
  const { ts } = flow.project;
  for (const { node, env } of classes) {
    for (const member of node.members) {
      if (isStatic(flow, member)) continue;
      const written = writtenName(flow.project, member.name);
      const isSetter = ts.isSetAccessorDeclaration(member);
      if (written === undefined || (isSetter ? setterName(written) : written) !== name) continue;
      const key = `${object.key}.${name}.${flow.idOf(member)}`;
      const self = setOf(object);
      if (ts.isMethodDeclaration(member) || isSetter)
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
