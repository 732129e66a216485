/** Follows assignments, to names, members and patterns. */
import type ts from "typescript";
import { extraAt } from "./extras.ts";
import type { Flow, Frame } from "./flow.ts";
import { keysIn, namesOf } from "./literals.ts";
import type { Names } from "./names.ts";
import { add, causes, listAt, put, use } from "./uses.ts";
import { type ObjectAtom, setOf, union, type Value } from "./value.ts";
import { setterName } from "./written-name.ts";

export function assignTo(
  flow: Flow,
  target: ts.Expression,
  given: Value,
  frame: Frame,
  names: Names,
): void {
  const { ts } = flow.project;
  // `if (order.isGift) note = "gift"`: what decides about the assignment is known by the note.
  const value = union(given, causes(frame.because));
  const go = (inner: ts.Expression, part: Value): void => assignTo(flow, inner, part, frame, names);
  if (ts.isIdentifier(target)) names.assign(target, value, frame);
  else if (ts.isPropertyAccessExpression(target)) {
    assignMember(
      flow,
      flow.evaluate(target.expression, frame),
      target.name.text,
      value,
      target,
      frame,
    );
  } else if (ts.isElementAccessExpression(target)) {
    const key = flow.evaluate(target.argumentExpression, frame);
    const keys = keysIn(flow, key, target.argumentExpression) ?? [undefined];
    const object = flow.evaluate(target.expression, frame);
    for (const name of keys) assignMember(flow, object, name, value, target, frame);
  } else if (ts.isParenthesizedExpression(target) || ts.isNonNullExpression(target)) {
    go(target.expression, value);
  } else if (ts.isAsExpression(target)) go(target.expression, value);
  else if (ts.isBinaryExpression(target)) {
    // A default inside of a pattern.
    go(target.left, union(value, flow.evaluate(target.right, { ...frame, isBranch: true })));
  } else if (ts.isArrayLiteralExpression(target)) {
    for (const [index, element] of target.elements.entries()) {
      if (ts.isSpreadElement(element)) {
        const list = listAt(flow, flow.keyAt("rest", element, frame));
        add(flow, list, flow.item(value, frame), value);
        go(element.expression, setOf(list));
      } else if (!ts.isOmittedExpression(element)) go(element, flow.position(value, index, frame));
    }
  } else if (ts.isObjectLiteralExpression(target)) assignPattern(flow, target, value, frame, names);
}

function assignPattern(
  flow: Flow,
  target: ts.ObjectLiteralExpression,
  value: Value,
  frame: Frame,
  names: Names,
): void {
  const { ts } = flow.project;
  const taken: string[] = [];
  for (const property of target.properties) {
    if (ts.isSpreadAssignment(property)) {
      const rest = flow.without(value, taken, property.expression);
      assignTo(flow, property.expression, rest, frame, names);
    } else if (ts.isShorthandPropertyAssignment(property)) {
      taken.push(property.name.text);
      names.assign(property.name, flow.member(value, property.name.text, property, frame), frame);
    } else if (ts.isPropertyAssignment(property)) {
      for (const name of namesOf(flow, property.name, frame)) {
        // Which member is taken is computed: all of it may be.
        if (name === undefined) use(flow, value, "read");
        else taken.push(name);
        const part = name === undefined ? value : flow.member(value, name, property, frame);
        assignTo(flow, property.initializer, part, frame, names);
      }
    }
  }
}

function assignMember(
  flow: Flow,
  value: Value,
  name: string | undefined,
  member: Value,
  node: ts.Node,
  frame: Frame,
): void {
  for (const atom of value.values()) {
    if (atom.kind === "list") add(flow, atom, member);
    else if (atom.kind === "source") put(flow, extraAt(flow, atom), name, member);
    else if (atom.kind === "object") {
      const setter = name === undefined ? undefined : setterOf(flow, atom, name, frame);
      if (setter === undefined) put(flow, atom, name, member);
      else flow.call(setter, { node, args: [member], nodes: [], frame }, "a setter");
    }
  }
}

function setterOf(flow: Flow, object: ObjectAtom, name: string, frame: Frame): Value | undefined {
  const written = setterName(name);
  return object.members.get(written) ?? flow.methodOf(object, written, frame);
}
