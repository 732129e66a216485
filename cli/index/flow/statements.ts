/** Follows statements, in order. */
import type ts from "typescript";
import { declare } from "./environment.ts";
import type { Flow, Frame } from "./flow.ts";
import { branchOf, currentOf, loopOf } from "./frames.ts";
import { leaveWith, throwIn } from "./functions.ts";
import { traces, use } from "./uses.ts";
import { failureOf, NOTHING, setOf, union, type Value } from "./value.ts";

export function executeStatement(flow: Flow, node: ts.Statement, given: Frame): void {
  const { ts } = flow.project;
  const frame = currentOf(given);
  const evaluate = (expression: ts.Expression | undefined, inner = frame): Value =>
    expression === undefined ? NOTHING : flow.evaluate(expression, inner);
  if (ts.isBlock(node)) executeAll(flow, node.statements, given);
  else if (ts.isVariableStatement(node)) declareAll(flow, node.declarationList, frame);
  else if (ts.isExpressionStatement(node)) evaluate(node.expression);
  else if (ts.isReturnStatement(node)) leaveWith(flow, evaluate(node.expression), frame);
  else if (ts.isThrowStatement(node)) {
    use(flow, evaluate(node.expression), "read");
    throwIn(frame.activation, frame.because);
  } else if (ts.isIfStatement(node)) {
    const condition = evaluate(node.expression);
    use(flow, condition, "tested");
    const inner = branchOf(frame, condition);
    flow.execute(node.thenStatement, inner);
    if (node.elseStatement !== undefined) flow.execute(node.elseStatement, inner);
    noteLeaving(flow, node, frame, condition);
  } else if (ts.isSwitchStatement(node)) executeSwitch(flow, node, frame);
  else if (ts.isTryStatement(node)) executeTry(flow, node, frame);
  else if (ts.isForOfStatement(node)) executeForOf(flow, node, frame);
  else if (ts.isForInStatement(node)) {
    const value = evaluate(node.expression);
    use(flow, value, "counted");
    executeLoop(flow, node, loopOf(frame, value), () =>
      bindLoop(flow, node.initializer, traces(value), frame),
    );
  } else if (ts.isForStatement(node)) executeFor(flow, node, frame);
  else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    const condition = evaluate(node.expression, { ...frame, isLoop: true });
    use(flow, condition, "tested");
    executeLoop(flow, node, loopOf(frame, condition));
  } else if (ts.isLabeledStatement(node)) flow.execute(node.statement, frame);
}

/** Functions first: they may be called above the place where they stand. */
export function executeAll(flow: Flow, nodes: readonly ts.Statement[], frame: Frame): void {
  const { ts, checker } = flow.project;
  for (const node of nodes) {
    const name =
      ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) ? node.name : undefined;
    const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
    if (symbol === undefined) continue;
    declare(
      frame.env,
      symbol,
      declaredValue(flow, node as ts.FunctionDeclaration, frame),
      flow.progress,
    );
  }
  for (const node of nodes) flow.execute(node, frame);
}

/** What a declared function or class stands for. */
export function declaredValue(
  flow: Flow,
  node: ts.FunctionDeclaration | ts.ClassDeclaration,
  frame: Frame,
): Value {
  const { ts } = flow.project;
  const { env, self } = frame;
  if (ts.isClassDeclaration(node))
    return setOf({ kind: "class", key: flow.keyAt("class", node, frame), node, env });
  return setOf({ kind: "function", key: flow.keyAt("function", node, frame), node, env, self });
}

export function declareAll(flow: Flow, list: ts.VariableDeclarationList, frame: Frame): void {
  for (const { name, initializer } of list.declarations)
    flow.bind(name, initializer === undefined ? NOTHING : flow.evaluate(initializer, frame), frame);
}

function executeSwitch(flow: Flow, node: ts.SwitchStatement, frame: Frame): void {
  const { ts } = flow.project;
  const subject = flow.evaluate(node.expression, frame);
  use(flow, subject, "read");
  const inner = branchOf(frame, subject);
  for (const clause of node.caseBlock.clauses) {
    if (ts.isCaseClause(clause)) use(flow, flow.evaluate(clause.expression, inner), "read");
    executeAll(flow, clause.statements, inner);
  }
  noteLeaving(flow, node, frame, subject);
}

function executeTry(flow: Flow, node: ts.TryStatement, frame: Frame): void {
  const { catchClause } = node;
  const before = flow.facts.met.length;
  flow.execute(node.tryBlock, frame);
  const failures = setOf(...flow.facts.met.slice(before).map(failureOf));
  if (catchClause !== undefined) {
    const inner = branchOf(frame);
    if (catchClause.variableDeclaration !== undefined)
      flow.bind(catchClause.variableDeclaration.name, failures, inner);
    flow.execute(catchClause.block, inner);
    noteLeaving(flow, catchClause, frame, NOTHING);
  }
  if (node.finallyBlock !== undefined) flow.execute(node.finallyBlock, frame);
}

function executeForOf(flow: Flow, node: ts.ForOfStatement, frame: Frame): void {
  const value = flow.evaluate(node.expression, frame);
  const item = flow.item(value, frame);
  executeLoop(flow, node, loopOf(frame, value), () =>
    bindLoop(flow, node.initializer, item, frame),
  );
}

function executeFor(flow: Flow, node: ts.ForStatement, frame: Frame): void {
  const { ts } = flow.project;
  const { initializer, condition, incrementor } = node;
  if (initializer !== undefined) {
    if (ts.isVariableDeclarationList(initializer)) declareAll(flow, initializer, frame);
    else flow.evaluate(initializer, frame);
  }
  const test =
    condition === undefined ? NOTHING : flow.evaluate(condition, { ...frame, isLoop: true });
  use(flow, test, "tested");
  executeLoop(flow, node, loopOf(frame, test));
  if (incrementor !== undefined) flow.evaluate(incrementor, loopOf(frame, test));
}

function executeLoop(
  flow: Flow,
  node: ts.IterationStatement,
  frame: Frame,
  bind: () => void = () => {},
): void {
  bind();
  const { activation } = frame;
  const { mayHaveLeft, leftBecause } = activation;
  flow.execute(node.statement, frame);
  // `continue` and `break` end with the loop.
  if (!containsExit(flow, node, "return")) Object.assign(activation, { mayHaveLeft, leftBecause });
}

function bindLoop(flow: Flow, initializer: ts.ForInitializer, value: Value, frame: Frame): void {
  const { ts } = flow.project;
  if (ts.isVariableDeclarationList(initializer)) {
    for (const { name } of initializer.declarations) flow.bind(name, value, frame);
  } else flow.assignTo(initializer, value, frame);
}

/** What follows a statement that may have left the function depends on what decided it. */
function noteLeaving(flow: Flow, node: ts.Node, { activation }: Frame, because: Value): void {
  const leaves = containsExit(flow, node, "return") || containsExit(flow, node, "jump");
  const throws = containsExit(flow, node, "throw");
  if (leaves) activation.mayHaveLeft = true;
  if (leaves || throws) activation.leftBecause = union(activation.leftBecause, traces(because));
}

/** Whether a statement holds one that leaves, not counting those of functions and loops inside. */
function containsExit(flow: Flow, node: ts.Node, exit: "return" | "jump" | "throw"): boolean {
  const { ts } = flow.project;
  const search = (at: ts.Node): boolean => {
    if (ts.isFunctionLike(at) || ts.isClassLike(at)) return false;
    if (exit === "return" && ts.isReturnStatement(at)) return true;
    if (exit === "throw" && ts.isThrowStatement(at)) return true;
    if (exit === "jump") {
      if (ts.isContinueStatement(at)) return true;
      if (ts.isBreakStatement(at)) return true;
      if (at !== node && (ts.isIterationStatement(at, false) || ts.isSwitchStatement(at)))
        return false;
      if (ts.isSwitchStatement(at)) return false;
    }
    return ts.forEachChild(at, search) ?? false;
  };
  return ts.forEachChild(node, search) ?? false;
}
