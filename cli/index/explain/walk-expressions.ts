/** Walks expressions for what they start and what they wait for. */
import type ts from "typescript";
import {
  either,
  fork,
  join,
  NOTHING,
  settle,
  unite,
  type WaitState,
  type WaitValue,
} from "./wait-state.ts";
import type { CallPlaces, Walk } from "./walk.ts";
import { evaluateCall } from "./walk-calls.ts";

export function evaluateExpression(
  walk: Walk,
  places: CallPlaces,
  node: ts.Node,
  state: WaitState,
): WaitValue {
  const { ts } = walk.project;
  if (ts.isIdentifier(node)) return places.valueOf(node, state);
  if (ts.isFunctionLike(node) && "body" in node)
    return { pending: new Set(), functions: [{ node, loops: state.loops, ways: state.ways }] };
  if (ts.isTypeNode(node)) return NOTHING;
  if (ts.isAwaitExpression(node)) {
    const value = walk.evaluate(node.expression, state);
    // `await pause(100)`: somebody may want the times apart.
    const isPause = value.pending.size === 0 && ts.isCallExpression(node.expression);
    if (isPause) for (const loop of state.loops.slice(state.outer)) loop.isCut = true;
    return settle(state, value);
  }
  if (ts.isCallExpression(node)) return evaluateCall(walk, places, node, state);
  if (ts.isConditionalExpression(node)) {
    walk.evaluate(node.condition, state);
    return alternatives(walk, node, state, [node.whenTrue, node.whenFalse]);
  }
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const { pending, functions } = walk.evaluate(node.expression, state);
    // One of several promises: which one is not looked into.
    const open = [...pending].filter((at) => state.open.has(at));
    return { pending: open.length > 1 ? new Set() : pending, functions };
  }
  if (ts.isBinaryExpression(node)) return evaluateBinary(walk, places, node, state);
  const parts: WaitValue[] = [];
  ts.forEachChild(node, (child) => {
    parts.push(walk.evaluate(child, state));
  });
  return unite(...parts);
}

function alternatives(
  walk: Walk,
  node: ts.Node,
  state: WaitState,
  nodes: readonly ts.Node[],
): WaitValue {
  const before = fork(state);
  const at = walk.project.placeOf(node);
  const ways = nodes.map((one, index) => {
    const way = fork(state, { ways: new Map([...state.ways, [at, new Set([index])]]) });
    return { way, value: walk.evaluate(one, way) };
  });
  join(
    state,
    ways.map(({ way }) => way),
  );
  return either(
    before,
    ways.map(({ value }) => value),
  );
}

function evaluateBinary(
  walk: Walk,
  places: CallPlaces,
  node: ts.BinaryExpression,
  state: WaitState,
): WaitValue {
  const { ts } = walk.project;
  const { left, operatorToken, right } = node;
  const { kind } = operatorToken;
  if (kind === ts.SyntaxKind.EqualsToken) {
    const value = walk.evaluate(right, state);
    places.assign(left, value);
    return value;
  }
  const one = walk.evaluate(left, state);
  const { SyntaxKind } = ts;
  const assigns = [
    SyntaxKind.AmpersandAmpersandEqualsToken,
    SyntaxKind.QuestionQuestionEqualsToken,
    SyntaxKind.BarBarEqualsToken,
  ].includes(kind);
  const chooses = [
    SyntaxKind.AmpersandAmpersandToken,
    SyntaxKind.QuestionQuestionToken,
    SyntaxKind.BarBarToken,
  ].includes(kind);
  if (!assigns && !chooses) return unite(one, walk.evaluate(right, state));
  const before = fork(state);
  const way = fork(state);
  const other = walk.evaluate(right, way);
  join(state, [before, way]);
  if (assigns) places.assign(left, other);
  return either(before, [one, other]);
}
