/** Evaluates expressions. */
import type ts from "typescript";
import { evaluateCall, evaluateNew } from "./calls.ts";
import type { Flow, Frame } from "./flow.ts";
import { branchOf } from "./frames.ts";
import { evaluateArray, evaluateObject } from "./literals.ts";
import { memberAt } from "./members.ts";
import { causes, traces, use } from "./uses.ts";
import { literal, NOTHING, onlyOf, setOf, union, type Value } from "./value.ts";

export function evaluateExpression(flow: Flow, node: ts.Expression, frame: Frame): Value {
  const { ts } = flow.project;
  const next = (inner: ts.Expression): Value => flow.evaluate(inner, frame);
  if (ts.isIdentifier(node)) return flow.resolve(node, frame);
  if (ts.isStringLiteralLike(node)) return literal(node.text);
  if (ts.isNumericLiteral(node)) return literal(Number(node.text));
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return memberAt(flow, node, frame);
  if (ts.isCallExpression(node)) return evaluateCall(flow, node, frame);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) {
    const key = flow.keyAt("function", node, frame);
    return setOf({ kind: "function", key, node, env: frame.env, self: frame.self });
  }
  if (ts.isObjectLiteralExpression(node)) return evaluateObject(flow, node, frame);
  if (ts.isArrayLiteralExpression(node)) return evaluateArray(flow, node, frame);
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node)
  )
    return next(node.expression);
  if (ts.isConditionalExpression(node)) {
    const condition = next(node.condition);
    use(flow, condition, "tested");
    const below = branchOf(frame, condition);
    const [one, other] = [node.whenTrue, node.whenFalse].map((way) => flow.evaluate(way, below));
    return union(one ?? NOTHING, other ?? NOTHING, causes(condition));
  }
  if (ts.isBinaryExpression(node)) return evaluateBinary(flow, node, frame);
  if (ts.isTemplateExpression(node))
    return computedFrom(
      flow,
      node.templateSpans.map((span) => next(span.expression)),
    );
  if (ts.isPrefixUnaryExpression(node)) {
    if (isStep(flow, node.operator)) return evaluateStep(flow, node, frame);
    const operand = next(node.operand);
    use(flow, operand, node.operator === ts.SyntaxKind.ExclamationToken ? "tested" : "read");
    const [only] = operand.values();
    return node.operator === ts.SyntaxKind.MinusToken && only?.kind === "literal"
      ? literal(-Number(only.value))
      : traces(operand);
  }
  if (ts.isPostfixUnaryExpression(node)) return evaluateStep(flow, node, frame);
  if (ts.isTypeOfExpression(node)) return tested(flow, next(node.expression));
  if (ts.isVoidExpression(node) || ts.isDeleteExpression(node)) {
    next(node.expression);
    return NOTHING;
  }
  if (ts.isNewExpression(node)) return evaluateNew(flow, node, frame);
  if (ts.isTaggedTemplateExpression(node)) return evaluateCall(flow, node, frame);
  if (ts.isSpreadElement(node)) return next(node.expression);
  if (ts.isYieldExpression(node)) return evaluateYield(flow, node, frame);
  if (ts.isClassExpression(node)) {
    return setOf({ kind: "class", key: flow.keyAt("class", node, frame), node, env: frame.env });
  }
  return evaluateWord(flow, node, frame);
}

function evaluateWord({ project: { ts } }: Flow, node: ts.Expression, frame: Frame): Value {
  switch (node.kind) {
    case ts.SyntaxKind.ThisKeyword:
      return frame.self;
    case ts.SyntaxKind.NullKeyword:
      return literal(null);
    case ts.SyntaxKind.TrueKeyword:
      return literal(true);
    case ts.SyntaxKind.FalseKeyword:
      return literal(false);
    default:
      return NOTHING;
  }
}

function isStep({ project: { ts } }: Flow, operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** `count++`: how often it was done may be what a service decides. */
function evaluateStep(
  flow: Flow,
  { operand }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  frame: Frame,
): Value {
  const value = computedFrom(flow, [flow.evaluate(operand, frame)]);
  flow.assignTo(operand, value, frame);
  return value;
}

function evaluateYield(flow: Flow, node: ts.YieldExpression, frame: Frame): Value {
  if (node.expression === undefined) return NOTHING;
  const value = flow.evaluate(node.expression, frame);
  const item = node.asteriskToken === undefined ? value : flow.item(value, frame);
  const { activation } = frame;
  const before = activation.yielded;
  activation.yielded = union(before, item);
  if (activation.yielded.size !== before.size) flow.progress.changed = true;
  return NOTHING;
}

function evaluateBinary(flow: Flow, node: ts.BinaryExpression, frame: Frame): Value {
  const { SyntaxKind } = flow.project.ts;
  const { left, right, operatorToken } = node;
  const operator = operatorToken.kind;
  const isAssignment =
    operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
  if (isAssignment) return evaluateAssignment(flow, node, frame);
  const one = flow.evaluate(left, frame);
  if (operator === SyntaxKind.CommaToken) return flow.evaluate(right, frame);
  if (operator === SyntaxKind.QuestionQuestionToken)
    return union(one, flow.evaluate(right, branchOf(frame, one)));
  if (operator === SyntaxKind.BarBarToken || operator === SyntaxKind.AmpersandAmpersandToken) {
    use(flow, one, "tested");
    const other = flow.evaluate(right, branchOf(frame, one));
    return operator === SyntaxKind.BarBarToken ? union(one, other) : union(leftOver(one), other);
  }
  const other = flow.evaluate(right, frame);
  if (operator === SyntaxKind.InstanceOfKeyword) return tested(flow, one);
  if (operator === SyntaxKind.InKeyword) {
    use(flow, one, "read");
    for (const atom of one.values())
      if (atom.kind === "literal")
        use(flow, flow.member(other, String(atom.value), right, frame), "tested");
    return traces(one, other);
  }
  if (isNothing(one)) return tested(flow, other);
  if (isNothing(other)) return tested(flow, one);
  return computedFrom(flow, [one, other]);
}

/** What is left of an operand of `&&` is what counts as false: nothing of a service's objects. */
function leftOver(value: Value): Value {
  return traces(value);
}

function evaluateAssignment(flow: Flow, node: ts.BinaryExpression, frame: Frame): Value {
  const { SyntaxKind } = flow.project.ts;
  const { left, right, operatorToken } = node;
  const operator = operatorToken.kind;
  if (operator === SyntaxKind.EqualsToken) {
    const value = flow.evaluate(right, frame);
    flow.assignTo(left, value, frame);
    return value;
  }
  const before = flow.evaluate(left, frame);
  const isLogical =
    operator === SyntaxKind.QuestionQuestionEqualsToken ||
    operator === SyntaxKind.BarBarEqualsToken ||
    operator === SyntaxKind.AmpersandAmpersandEqualsToken;
  if (isLogical) {
    if (operator !== SyntaxKind.QuestionQuestionEqualsToken) use(flow, before, "tested");
    const value = flow.evaluate(right, branchOf(frame, before));
    flow.assignTo(left, value, frame);
    return union(before, value);
  }
  const value = computedFrom(flow, [before, flow.evaluate(right, frame)]);
  flow.assignTo(left, value, frame);
  return value;
}

function isNothing(value: Value): boolean {
  const atom = onlyOf(value);
  return atom?.kind === "literal" && (atom.value === null || atom.value === undefined);
}

function tested(flow: Flow, value: Value): Value {
  use(flow, value, "tested");
  return traces(value);
}

function computedFrom(flow: Flow, values: readonly Value[]): Value {
  for (const value of values) use(flow, value, "read");
  return traces(...values);
}
