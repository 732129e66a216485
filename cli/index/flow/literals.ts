/** Evaluates object and array literals. */
import type ts from "typescript";
import { grown } from "./environment.ts";
import type { Flow, Frame } from "./flow.ts";
import { add, listAt, objectAt, place, put, traces, use } from "./uses.ts";
import { below, type ObjectAtom, setOf, sourceOf, union, type Value } from "./value.ts";
import { setterName, writtenName } from "./written-name.ts";

export function evaluateObject(flow: Flow, node: ts.ObjectLiteralExpression, frame: Frame): Value {
  const { ts } = flow.project;
  const object = objectAt(flow, flow.keyAt("object", node, frame));
  const inside: Frame = { ...frame, self: setOf(object) };
  for (const [index, property] of node.properties.entries()) {
    if (ts.isSpreadAssignment(property)) {
      const value = flow.evaluate(property.expression, frame);
      spread(flow, object, value, property.expression, neighboursOf(node, index));
    } else if (ts.isShorthandPropertyAssignment(property)) {
      put(flow, object, property.name.text, flow.resolve(property.name, frame));
    } else if (ts.isPropertyAssignment(property)) {
      const value = flow.evaluate(property.initializer, frame);
      for (const name of namesOf(flow, property.name, frame)) put(flow, object, name, value);
    } else if (ts.isMethodDeclaration(property)) {
      const key = flow.keyAt("function", property, frame);
      const method = { kind: "function", key, node: property, env: frame.env } as const;
      const value = setOf({ ...method, self: inside.self });
      for (const name of namesOf(flow, property.name, frame)) put(flow, object, name, value);
    } else if (ts.isGetAccessorDeclaration(property)) {
      const key = flow.keyAt("function", property, frame);
      const getter = { kind: "function", key, node: property, env: frame.env } as const;
      const value = flow.invoke(
        { ...getter, self: inside.self },
        { node: property, args: [], nodes: [], frame: inside },
      );
      for (const name of namesOf(flow, property.name, frame)) put(flow, object, name, value);
    } else if (ts.isSetAccessorDeclaration(property)) {
      const key = flow.keyAt("function", property, frame);
      const setter = { kind: "function", key, node: property, env: frame.env } as const;
      for (const name of namesOf(flow, property.name, frame))
        if (name !== undefined)
          put(flow, object, setterName(name), setOf({ ...setter, self: inside.self }));
    }
  }
  return setOf(object);
}

/** The names that a property may have; undefined: any. */
export function namesOf(flow: Flow, name: ts.PropertyName, frame: Frame): (string | undefined)[] {
  const { ts } = flow.project;
  const written = writtenName(flow.project, name);
  if (written !== undefined || !ts.isComputedPropertyName(name)) return [written];
  const value = flow.evaluate(name.expression, frame);
  return keysIn(flow, value, name.expression) ?? [undefined];
}

/** The keys that a computed name may be: by its value, else by its type. What it is computed from is read. */
export function keysIn(flow: Flow, value: Value, node: ts.Expression): string[] | undefined {
  const atoms = [...value.values()].filter(({ kind }) => kind !== "cause");
  const known = atoms.flatMap((atom) => (atom.kind === "literal" ? [String(atom.value)] : []));
  if (known.length > 0 && known.length === atoms.length) return known;
  use(flow, value, "read");
  const keys = flow.types.keysOf(node);
  return keys === undefined ? undefined : [...keys];
}

/** The names around a spread: those that follow it win over what it brings, and that wins over those before. */
export interface Neighbours {
  readonly without: ReadonlySet<string>;
  readonly before: ReadonlySet<string>;
}

function neighboursOf(node: ts.ObjectLiteralExpression, index: number): Neighbours {
  const names = (properties: readonly ts.ObjectLiteralElementLike[]): Set<string> =>
    new Set(
      properties.flatMap(({ name }) => (name !== undefined && "text" in name ? [name.text] : [])),
    );
  return {
    without: names(node.properties.slice(index + 1)),
    before: names(node.properties.slice(0, index)),
  };
}

/** `{ ...value }` */
export function spread(
  flow: Flow,
  object: ObjectAtom,
  value: Value,
  node: ts.Expression | undefined,
  { without, before }: Neighbours,
): void {
  for (const atom of value.values()) {
    if (atom.kind === "object") {
      for (const [name, member] of atom.members)
        if (!without.has(name)) put(flow, object, name, member);
      put(flow, object, undefined, atom.rest);
      // Its type has its own members, too: what it was spread from did not bring those.
      const own = new Set([...without, ...atom.members.keys()]);
      spread(flow, object, atom.spreads, node, { without: own, before });
    } else if (atom.kind === "source") {
      const { only, ...whole } = atom;
      const names = only ?? (node === undefined ? undefined : flow.types.namesOf(node));
      const isCut = only !== undefined || names?.some((name) => without.has(name)) === true;
      const left = names?.filter((name) => !without.has(name));
      const rest = isCut && left !== undefined ? { ...whole, only: left } : whole;
      const brought = setOf(sourceOf(rest));
      for (const name of before) {
        const isOver = names?.includes(name) === true && !without.has(name);
        if (isOver && atom.only === undefined) put(flow, object, name, setOf(below(atom, name)));
      }
      object.spreads = grown(object.spreads, brought, flow.progress);
    } else if (atom.kind === "list") {
      put(flow, object, undefined, union(...atom.tuple, atom.item));
    } else put(flow, object, undefined, traces(setOf(atom)));
  }
}

export function evaluateArray(flow: Flow, node: ts.ArrayLiteralExpression, frame: Frame): Value {
  const { ts } = flow.project;
  const list = listAt(flow, flow.keyAt("list", node, frame));
  let isKnown = true;
  for (const [index, element] of node.elements.entries()) {
    const value = flow.evaluate(element, frame);
    if (ts.isSpreadElement(element)) {
      isKnown = false;
      add(flow, list, flow.item(value, frame), value);
    } else if (isKnown) place(flow, list, index, value);
    else add(flow, list, value);
  }
  return setOf(list);
}
