/** Walks statements for what is awaited: every way of a decision, every loop once. */
import type ts from "typescript";
import type { TypeScript } from "../program.ts";
import {
  fork,
  join,
  type Loop,
  NOTHING,
  settle,
  type WaitState,
  type WaitValue,
} from "./wait-state.ts";
import type { Returned, Walk } from "./walk.ts";

/** False: what follows is not reached. */
export function executeStatement(
  walk: Walk,
  node: ts.Statement,
  state: WaitState,
  into: Returned,
): boolean {
  const { ts } = walk.project;
  if (ts.isBlock(node)) return executeAll(walk, node.statements, state, into);
  if (ts.isReturnStatement(node)) {
    // Made once, in a loop too: it was the last time.
    const value = walk.evaluate(node.expression, lastTime(state));
    into.push({ value, state: fork(state) });
    return false;
  }
  if (ts.isThrowStatement(node)) {
    walk.evaluate(node.expression, lastTime(state));
    return false;
  }
  if (ts.isBreakStatement(node)) {
    state.breaks.push(fork(state));
    return false;
  }
  if (ts.isContinueStatement(node)) {
    state.continues.push(fork(state));
    return false;
  }
  if (ts.isVariableStatement(node)) {
    declare(walk, node.declarationList, state);
    return true;
  }
  if (ts.isIfStatement(node)) {
    walk.evaluate(node.expression, state);
    const { thenStatement, elseStatement } = node;
    return branches(walk, node, state, [
      (way) => walk.execute(thenStatement, way, into),
      (way) => elseStatement === undefined || walk.execute(elseStatement, way, into),
    ]);
  }
  if (ts.isSwitchStatement(node)) return executeSwitch(walk, node, state, into);
  if (ts.isTryStatement(node)) return executeTry(walk, node, state, into);
  if (ts.isIterationStatement(node, false)) {
    executeLoop(walk, node, state, into);
    return true;
  }
  if (ts.isLabeledStatement(node)) return walk.execute(node.statement, state, into);
  if (ts.isExpressionStatement(node)) walk.evaluate(node.expression, state);
  return true;
}

function executeAll(
  walk: Walk,
  nodes: readonly ts.Statement[],
  state: WaitState,
  into: Returned,
): boolean {
  return nodes.every((node) => walk.execute(node, state, into));
}

function declare(walk: Walk, list: ts.VariableDeclarationList, state: WaitState): void {
  for (const { name, initializer } of list.declarations) {
    if (initializer !== undefined) walk.bind(name, walk.evaluate(initializer, state));
  }
}

/** Takes every way; goes on where any of them does. */
function branches(
  { project: { placeOf } }: Walk,
  node: ts.Node,
  state: WaitState,
  ways: readonly ((way: WaitState) => boolean)[],
): boolean {
  const at = placeOf(node);
  const open = ways.flatMap((take, index) => {
    const way = fork(state, { ways: new Map([...state.ways, [at, new Set([index])]]) });
    return take(way) ? [way] : [];
  });
  join(state, open);
  return open.length > 0;
}

function executeSwitch(
  walk: Walk,
  { expression, caseBlock }: ts.SwitchStatement,
  state: WaitState,
  into: Returned,
): boolean {
  const { ts } = walk.project;
  walk.evaluate(expression, state);
  const { clauses } = caseBlock;
  const hasDefault = clauses.some((clause) => ts.isDefaultClause(clause));
  return branches(walk, caseBlock, state, [
    ...clauses.map((clause) => (way: WaitState) => {
      const inside = { ...way, breaks: [] };
      const ends = executeAll(walk, clause.statements, inside, into);
      const open = [...(ends ? [fork(inside)] : []), ...inside.breaks];
      join(way, open);
      return open.length > 0;
    }),
    () => !hasDefault,
  ]);
}

function executeTry(
  walk: Walk,
  { tryBlock, catchClause, finallyBlock }: ts.TryStatement,
  state: WaitState,
  into: Returned,
): boolean {
  const before = fork(state);
  const tried = fork(state);
  const ended = walk.execute(tryBlock, tried, into);
  const begun = [...tried.seen].filter((at) => !before.seen.has(at));
  const caught = fork(before);
  join(caught, [before, tried]);
  caught.guards = new Set([...state.guards, ...begun]);
  const exits = (): number => into.length + state.breaks.length + state.continues.length;
  const known = exits();
  const isCaught = catchClause !== undefined && walk.execute(catchClause.block, caught, into);
  // What follows is come to only if nothing has failed. That an error goes on says nothing: any call is that way.
  if (exits() > known) tried.guards = new Set([...tried.guards, ...begun]);
  const ways = [...(ended ? [tried] : []), ...(isCaught ? [caught] : [])];
  join(state, ways);
  if (finallyBlock !== undefined) walk.execute(finallyBlock, state, into);
  return ways.length > 0;
}

function executeLoop(
  walk: Walk,
  node: ts.IterationStatement,
  state: WaitState,
  into: Returned,
): void {
  const { ts, placeOf } = walk.project;
  let item: WaitValue = NOTHING;
  if (ts.isForStatement(node)) {
    const { initializer } = node;
    if (initializer !== undefined && ts.isVariableDeclarationList(initializer))
      declare(walk, initializer, state);
    else walk.evaluate(initializer, state);
    walk.evaluate(node.condition, state);
  } else if (ts.isForOfStatement(node)) {
    item = walk.evaluate(node.expression, state);
    if (node.awaitModifier !== undefined) item = settle(state, item);
    const { initializer } = node;
    if (ts.isVariableDeclarationList(initializer))
      for (const { name } of initializer.declarations) walk.bind(name, item);
  } else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    walk.evaluate(node.expression, state);
  }
  const isCut =
    !(ts.isForOfStatement(node) || ts.isForInStatement(node)) || leaves(ts, node.statement);
  const left = new Set<string>();
  const loop: Loop = { kind: "series", at: placeOf(node), isCut, left };
  const body = fork(state, { loops: [...state.loops, loop], breaks: [], continues: [] });
  const ended = walk.execute(node.statement, body, into);
  const again = [...(ended ? [body] : []), ...body.continues];
  for (const { open } of again) for (const at of open) if (!state.open.has(at)) left.add(at);
  const { ways } = state;
  join(state, [fork(state), ...again, ...body.breaks]);
  state.ways = ways;
}

/** Without the loops of the function itself: what leaves it is made once. */
function lastTime(state: WaitState): WaitState {
  return { ...state, loops: state.loops.slice(0, state.outer) };
}

/** Whether a time may be the last: by `break` or `return`, in the loop's own function. */
function leaves(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  if (ts.isBreakStatement(node) || ts.isReturnStatement(node)) return true;
  return ts.forEachChild(node, (child) => leaves(ts, child)) ?? false;
}
