/** Walks expressions for what they start and what they wait for. */
import type ts from "typescript";
import {
  either,
  fork,
  join,
  type Loop,
  NOTHING,
  settle,
  unite,
  type WaitState,
  type WaitValue,
} from "./wait-state.ts";
import type { CallSite, Walk } from "./walk.ts";

export interface CallPlaces {
  /** Whether a call to a service stands there. */
  readonly has: (at: string) => boolean;
  readonly note: (at: string, site: CallSite) => void;
  /** The value of a variable, a parameter or a function by its name. */
  readonly valueOf: (node: ts.Node, state: WaitState) => WaitValue;
  readonly assign: (node: ts.Node, value: WaitValue) => void;
}

export function evaluateExpression(
  walk: Walk,
  places: CallPlaces,
  node: ts.Node,
  state: WaitState,
): WaitValue {
  const { ts } = walk.project;
  if (ts.isIdentifier(node)) return places.valueOf(node, state);
  if (ts.isFunctionLike(node) && "body" in node)
    return { pending: new Set(), functions: [{ node, loops: state.loops }] };
  if (ts.isTypeNode(node)) return NOTHING;
  if (ts.isAwaitExpression(node)) return settle(state, walk.evaluate(node.expression, state));
  if (ts.isCallExpression(node)) return evaluateCall(walk, places, node, state);
  if (ts.isConditionalExpression(node)) {
    walk.evaluate(node.condition, state);
    return alternatives(walk, state, [node.whenTrue, node.whenFalse]);
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

function alternatives(walk: Walk, state: WaitState, nodes: readonly ts.Node[]): WaitValue {
  const before = fork(state);
  const ways = nodes.map((node) => {
    const way = fork(state);
    return { way, value: walk.evaluate(node, way) };
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

/** Methods that put what they are given into what they are called on. */
const TAKERS = ["push", "unshift", "add", "set"];
const MAPPERS = ["map", "flatMap", "forEach"];

function evaluateCall(
  walk: Walk,
  places: CallPlaces,
  node: ts.CallExpression,
  state: WaitState,
): WaitValue {
  const { ts, placeOf, checker, isOwn } = walk.project;
  const callee = walk.evaluate(node.expression, state);
  const at = placeOf(node);
  // `services.orders.getOrder(...).then(...)` begins where the call itself does.
  if (places.has(at) && !beginsWithCall(walk, node)) {
    for (const argument of node.arguments) walk.evaluate(argument, state);
    const waits = new Set([...state.seen].filter((one) => !state.open.has(one)));
    places.note(at, { waits, loops: state.loops, node });
    state.seen.add(at);
    state.open.add(at);
    return { pending: new Set([at]), functions: [] };
  }
  const given = node.arguments.map((argument) => walk.evaluate(argument, state));
  const declaration = checker.getResolvedSignature(node)?.declaration;
  const known =
    declaration !== undefined &&
    ts.isFunctionLike(declaration) &&
    "body" in declaration &&
    declaration.body !== undefined &&
    isOwn(declaration.getSourceFile())
      ? [declaration as ts.FunctionLikeDeclaration]
      : [];
  const functions = known.length > 0 ? known : callee.functions.map((one) => one.node);
  if (functions.length > 0 && !isMember(walk, node, MAPPERS))
    return unite(...functions.map((one) => walk.invoke(one, state, given)));
  if (isMember(walk, node, TAKERS) && ts.isPropertyAccessExpression(node.expression))
    places.assign(node.expression.expression, unite(...given));
  return evaluateForeign(walk, node, { callee, given }, state);
}

/** What is not of the project: its callbacks are called, and what they start ends when its promise does. */
function evaluateForeign(
  walk: Walk,
  node: ts.CallExpression,
  { callee, given }: { readonly callee: WaitValue; readonly given: readonly WaitValue[] },
  state: WaitState,
): WaitValue {
  const { placeOf } = walk.project;
  const { expression } = node;
  if (isMember(walk, node, ["race", "any"]) && isPromise(walk, expression)) return NOTHING;
  const isChain = isMember(walk, node, ["then", "catch", "finally"]);
  const loop = loopOf(walk, node, placeOf(node));
  const inner = fork(state, loop);
  if (isChain) settle(inner, callee);
  const results = given
    .flatMap(({ functions }) => functions)
    .map((one) => walk.invoke(one.node, inner, [callee]));
  for (const at of inner.seen) {
    if (state.seen.has(at)) continue;
    state.seen.add(at);
    state.open.add(at);
  }
  return unite(callee, ...given.map(({ pending }) => ({ pending, functions: [] })), ...results);
}

/** The loop that a call is, where it is one: `each(items, fn)`, `items.map(fn)`. */
function loopOf(walk: Walk, node: ts.CallExpression, at: string): Loop | undefined {
  const { ts, checker } = walk.project;
  const { expression } = node;
  if (isHeddleEach(walk, expression)) {
    const [, , options] = node.arguments;
    const concurrency = concurrencyOf(walk, options);
    return { kind: "each", at, isCut: false, ...(concurrency && { concurrency }) };
  }
  if (!isMember(walk, node, MAPPERS) || !ts.isPropertyAccessExpression(expression))
    return undefined;
  const type = checker.getTypeAtLocation(expression.expression);
  // Of a known length: what is written out has a bound.
  const isBounded = checker.isTupleType(type) || ts.isArrayLiteralExpression(expression.expression);
  return isBounded ? undefined : { kind: "all", at, isCut: false };
}

function concurrencyOf({ project: { ts } }: Walk, node: ts.Expression | undefined) {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property)) continue;
    const { name, initializer } = property;
    if (ts.isIdentifier(name) && name.text === "concurrency" && ts.isNumericLiteral(initializer))
      return Number(initializer.text);
  }
  return undefined;
}

/** Heddle's own, whatever it is called here. */
function isHeddleEach({ project: { ts, checker } }: Walk, node: ts.Expression): boolean {
  if (!ts.isIdentifier(node)) return false;
  const specifier = checker.getSymbolAtLocation(node)?.declarations?.[0];
  if (specifier === undefined || !ts.isImportSpecifier(specifier)) return false;
  const { moduleSpecifier } = specifier.parent.parent.parent;
  const from = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
  return (
    (specifier.propertyName ?? specifier.name).text === "each" &&
    /^#gateway$|^heddle$|\/gateway\.ts$/.test(from)
  );
}

function isMember({ project: { ts } }: Walk, node: ts.CallExpression, names: readonly string[]) {
  const { expression } = node;
  return ts.isPropertyAccessExpression(expression) && names.includes(expression.name.text);
}

function isPromise({ project: { ts } }: Walk, node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "Promise"
  );
}

/** Whether another call stands at the very beginning of this one. */
function beginsWithCall({ project: { ts } }: Walk, { expression }: ts.CallExpression): boolean {
  let node: ts.Expression = expression;
  for (;;) {
    if (ts.isCallExpression(node)) return true;
    if (
      ts.isPropertyAccessExpression(node) ||
      ts.isElementAccessExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isParenthesizedExpression(node)
    )
      node = node.expression;
    else return false;
  }
}
