/** Evaluates `value.name` and `value[key]`. */
import type ts from "typescript";
import { memberOfSuper, staticMember } from "./classes.ts";
import { clientOf, memberOfClient } from "./client-members.ts";
import { extraOf } from "./extras.ts";
import type { Flow, Frame } from "./flow.ts";
import { branchOf } from "./frames.ts";
import { isPromiseMethod, memberOfFunction, promiseMethod } from "./function-members.ts";
import { isListMethod, listMethod } from "./list-methods.ts";
import { keysIn } from "./literals.ts";
import { isTableMethod, tableMethod } from "./table-methods.ts";
import { traces, use } from "./uses.ts";
import {
  type Atom,
  below,
  foreign,
  type ListAtom,
  NOTHING,
  type ObjectAtom,
  onlyOf,
  type SourceAtom,
  setOf,
  sourceOf,
  union,
  type Value,
} from "./value.ts";

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function memberAt(flow: Flow, node: Access, frame: Frame): Value {
  const { ts } = flow.project;
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword && ts.isPropertyAccessExpression(node))
    return memberOfSuper(flow, node.name.text, node, frame);
  const value = flow.evaluate(node.expression, frame);
  if (ts.isPropertyAccessExpression(node)) return flow.member(value, node.name.text, node, frame);
  const key = node.argumentExpression;
  const inner = node.questionDotToken === undefined ? frame : branchOf(frame, value);
  const keyValue = flow.evaluate(key, inner);
  if (flow.types.isArrayLike(node.expression)) {
    use(flow, keyValue, "read");
    return union(itemAt(value, keyValue), traces(keyValue));
  }
  const keys = keysIn(flow, keyValue, key);
  if (keys !== undefined)
    return union(traces(keyValue), ...keys.map((name) => flow.member(value, name, node, frame)));
  return union(traces(keyValue), unnamedMember(flow, value, node));
}

/** `list[0]`: by position where that is known, else any item. */
function itemAt(value: Value, key: Value): Value {
  const only = onlyOf(key);
  const index = only?.kind === "literal" ? Number(only.value) : Number.NaN;
  const parts = [...value.values()].map((atom): Value => {
    if (atom.kind === "source") return setOf(below(atom, "*"));
    if (atom.kind !== "list") return traces(setOf(atom));
    const known = Number.isInteger(index) && index >= 0 ? atom.tuple[index] : undefined;
    return known === undefined ? union(...atom.tuple, atom.item) : union(known, atom.item);
  });
  return union(...parts);
}

/** `rates[currency]`: members that have no names of their own are all alike; of others it is not known which is meant. */
function unnamedMember(flow: Flow, value: Value, node: ts.ElementAccessExpression): Value {
  const parts = [...value.values()].map((atom): Value => {
    if (atom.kind === "source") {
      if (flow.types.isIndexed(node.expression)) return setOf(below(atom, "*"));
      const { service, operation } = atom.call;
      const what = `${service}.${operation} /${atom.path.join("/")}`;
      flow.tell(
        node,
        `which member of ${what} is meant is computed: all of it is taken to be read`,
      );
      use(flow, setOf(atom), "read");
      return traces(setOf(atom));
    }
    if (atom.kind === "object") return union(...atom.members.values(), atom.rest);
    if (atom.kind === "list") return union(...atom.tuple, atom.item);
    if (atom.kind === "client") {
      flow.tell(node, "which service or operation is meant is computed");
      return NOTHING;
    }
    return traces(setOf(atom));
  });
  return union(...parts);
}

/** What may be anything: only its type says more. */
const UNKNOWN: ReadonlySet<Atom["kind"]> = new Set<Atom["kind"]>(["trace", "cause", "foreign"]);

/** A member of each atom of a value. */
export function memberOf(
  flow: Flow,
  value: Value,
  name: string,
  node: ts.Node,
  frame: Frame,
): Value {
  const parts = [...value.values()].map((atom) => memberOfAtom(flow, atom, name, node, frame));
  const isUnknown = [...value.values()].every(({ kind }) => UNKNOWN.has(kind));
  return isUnknown ? union(...parts, fromType(flow, value, name, node)) : union(...parts);
}

/**
 * What the type alone says: a client that came by ways that are not followed, and the methods of lists and promises that
 * nobody here has made, as those of the input: what their callbacks give is not lost.
 */
function fromType(flow: Flow, value: Value, name: string, node: ts.Node): Value {
  const found = flow.types.clientMember(node);
  if (found !== undefined) return clientOf(found.service, found.operation);
  const owner = flow.types.libraryOwner(node) ?? "";
  if (/Array$/.test(owner) && isListMethod(name)) return listMethod(flow, value, name);
  const isPromise = owner === "Promise" || owner === "PromiseLike";
  return isPromise && isPromiseMethod(name) ? promiseMethod(flow, value, name) : NOTHING;
}

function memberOfAtom(flow: Flow, atom: Atom, name: string, node: ts.Node, frame: Frame): Value {
  switch (atom.kind) {
    case "source":
      return memberOfSource(flow, atom, name, node);
    case "answer":
      return memberOfAnswer(flow, atom, name, node);
    case "object":
      return memberOfObject(flow, atom, name, node, frame);
    case "list":
      return memberOfList(flow, atom, name);
    case "table":
      return isTableMethod(name) ? tableMethod(flow, atom, name) : traces(setOf(atom));
    case "client":
      return memberOfClient(atom, name);
    case "global":
      return setOf({
        kind: "global",
        key: `g:${atom.name}.${name}`,
        name: `${atom.name}.${name}`,
      });
    case "function":
      return memberOfFunction(flow, atom, name);
    case "class":
      return staticMember(flow, atom, name, frame);
    case "literal":
    case "native":
      return NOTHING;
    case "names":
      use(flow, setOf(atom), "counted");
      return traces(setOf(atom));
    case "failure":
      return name === "body"
        ? setOf(sourceOf({ call: atom.call, path: [], statuses: [] }))
        : traces(setOf(atom));
    case "foreign":
      return foreign(`${name} of ${atom.name}`);
    case "trace":
    case "cause":
      return setOf(atom);
  }
}

function memberOfSource(flow: Flow, source: SourceAtom, name: string, node: ts.Node): Value {
  const self = setOf(source);
  const owner = flow.types.libraryOwner(node);
  if (owner === undefined) {
    const extra = extraOf(source);
    return union(
      setOf(below(source, name)),
      extra?.members.get(name) ?? NOTHING,
      extra?.rest ?? NOTHING,
    );
  }
  if (owner === "Promise" || owner === "PromiseLike")
    return isPromiseMethod(name) ? promiseMethod(flow, self, name) : self;
  if (/Array$/.test(owner)) {
    if (name === "length") {
      use(flow, self, "counted");
      return traces(self);
    }
    if (isListMethod(name)) return listMethod(flow, self, name);
  }
  use(flow, self, "read");
  return traces(self);
}

function memberOfAnswer(
  flow: Flow,
  atom: Extract<Atom, { kind: "answer" }>,
  name: string,
  node: ts.Node,
): Value {
  const { call } = atom;
  const { ts } = flow.project;
  if (call.form === "client") {
    if (name === "data") return setOf(sourceOf({ call, path: [] }));
    if (name === "error") return setOf(sourceOf({ call, path: [], statuses: [] }));
    return traces(setOf(atom));
  }
  if (name !== "body")
    return isPromiseMethod(name) ? promiseMethod(flow, setOf(atom), name) : traces(setOf(atom));
  const whole =
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? node.expression
      : ts.isBindingElement(node)
        ? node.parent
        : node;
  const statuses = flow.types.statusesOf(whole) ?? [];
  return setOf(sourceOf({ call, path: [], statuses }));
}

function memberOfObject(
  flow: Flow,
  object: ObjectAtom,
  name: string,
  node: ts.Node,
  frame: Frame,
): Value {
  const own = object.members.get(name);
  const method = object.type === undefined ? undefined : flow.methodOf(object, name, frame);
  if (own !== undefined || method !== undefined)
    return union(own ?? NOTHING, method ?? NOTHING, object.rest);
  const brought = [...object.spreads.values()].map((atom) =>
    memberOfAtom(flow, atom, name, node, frame),
  );
  if (brought.length === 0 && isPromiseMethod(name))
    return promiseMethod(flow, setOf(object), name);
  return union(object.rest, ...brought);
}

function memberOfList(flow: Flow, list: ListAtom, name: string): Value {
  const self = setOf(list);
  if (name === "length" || name === "size") {
    use(flow, self, "counted");
    return traces(self);
  }
  if (isPromiseMethod(name)) return promiseMethod(flow, self, name);
  if (isListMethod(name)) return listMethod(flow, self, name);
  return /^\d+$/.test(name) ? union(list.tuple[Number(name)] ?? NOTHING, list.item) : traces(self);
}
