/** Walks calls: those of services, of functions of the project, and of all others with their callbacks. */
import type ts from "typescript";
import { isMember, isPromise, loopOf, MAPPERS } from "./loop-of.ts";
import {
  anyOf,
  forkInto,
  type Loop,
  NOTHING,
  settle,
  unite,
  type WaitState,
  type WaitValue,
} from "./wait-state.ts";
import type { CallPlaces, Walk } from "./walk.ts";

/** Methods that put what they are given into what they are called on. */
const TAKERS = ["push", "unshift", "add", "set"];

export function evaluateCall(
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
    const { loops, guards, ways } = state;
    places.note(at, { waits, loops, guards, ways, node });
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
  const { expression } = node;
  if (isMember(walk, node, ["race", "any"]) && isPromise(walk, expression)) return NOTHING;
  const isChain = isMember(walk, node, ["then", "catch", "finally"]);
  const loop = loopOf(walk, node);
  const inner = forkInto(isFollowed(walk, node, loop) ? state : unfollowedIn(state), loop);
  if (isChain) settle(inner, callee);
  const results = given.flatMap(({ functions }, index) => {
    const failed = isMember(walk, node, index === 0 ? ["catch"] : ["then"]);
    const guards = failed ? new Set([...inner.guards, ...callee.pending]) : inner.guards;
    return functions.map((one) => walk.invoke(one.node, { ...inner, guards }, [callee]));
  });
  for (const at of inner.seen) {
    if (state.seen.has(at)) continue;
    state.seen.add(at);
    state.open.add(at);
  }
  // `all.shift()`: one of several.
  const self = isChain ? callee : anyOf(callee);
  return unite(self, ...given.map(({ pending }) => ({ pending, functions: [] })), ...results);
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

/** Whether it is known when callbacks are called: the language's own functions do so at once, as `each` does. */
function isFollowed({ project }: Walk, node: ts.CallExpression, loop: Loop | undefined): boolean {
  const source = project.checker.getResolvedSignature(node)?.declaration?.getSourceFile();
  const isLibrary = source !== undefined && project.program.isSourceFileDefaultLibrary(source);
  return loop !== undefined || isLibrary;
}

/** A pool or a queue, say, may hold back what a loop begins. */
function unfollowedIn(state: WaitState): WaitState {
  const loops = state.loops.map((loop): Loop => {
    return loop.kind === "all" || loop.kind === "series" ? { ...loop, kind: "unknown" } : loop;
  });
  return { ...state, loops };
}
