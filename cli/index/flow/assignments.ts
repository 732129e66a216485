/** Follows assignments, to names, members and patterns. */
import type ts from "typescript";
import type { Flow, Frame } from "./flow.ts";
import { keysIn } from "./literals.ts";
import type { Names } from "./names.ts";
import { add, causes, listAt, put } from "./uses.ts";
import { setOf, union, type Value } from "./value.ts";

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
    assignMember(flow, flow.evaluate(target.expression, frame), target.name.text, value);
  } else if (ts.isElementAccessExpression(target)) {
    const key = flow.evaluate(target.argumentExpression, frame);
    const keys = keysIn(flow, key, target.argumentExpression) ?? [undefined];
    const object = flow.evaluate(target.expression, frame);
    for (const name of keys) assignMember(flow, object, name, value);
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
    } else if (ts.isPropertyAssignment(property) && "text" in property.name) {
      taken.push(property.name.text);
      const part = flow.member(value, property.name.text, property, frame);
      assignTo(flow, property.initializer, part, frame, names);
    }
  }
}

function assignMember(flow: Flow, value: Value, name: string | undefined, member: Value): void {
  for (const atom of value.values()) {
    if (atom.kind === "object") put(flow, atom, name, member);
    else if (atom.kind === "list") add(flow, atom, member);
  }
}
