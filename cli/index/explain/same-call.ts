/** Whether two places make the same call: the same operation, with the same text of constants that are the same. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";
import type { PlanNode } from "./plan-nodes.ts";
import { excludes } from "./wait-state.ts";

/** Of one run: places of which only one is come to are not the same call. */
export function isSameCall(project: ProjectProgram, one: PlanNode, other: PlanNode): boolean {
  const [first, second] = [one.site, other.site];
  if (first === undefined || second === undefined || first.node === second.node) return false;
  if (one.call.service !== other.call.service || one.call.operation !== other.call.operation)
    return false;
  // What is asked for again since it failed is meant to be.
  if (excludes(first.ways, second.ways) || second.guards.has(one.call.at)) return false;
  const [input, otherInput] = [first.node.arguments[0], second.node.arguments[0]];
  return input === undefined || otherInput === undefined
    ? input === otherInput
    : isSameText(project, input, otherInput);
}

function isSameText(project: ProjectProgram, one: ts.Node, other: ts.Node): boolean {
  const { ts } = project;
  if (one.kind !== other.kind) return false;
  if (ts.isIdentifier(one) && ts.isIdentifier(other))
    return one.text === other.text && (isName(project, one) || isSameConstant(project, one, other));
  if (ts.isCallExpression(one) || ts.isAwaitExpression(one) || ts.isNewExpression(one))
    return false;
  if (one.kind === ts.SyntaxKind.ThisKeyword) return false;
  const [parts, others] = [childrenOf(project, one), childrenOf(project, other)];
  if (parts.length !== others.length) return false;
  if (parts.length === 0) return one.getText() === other.getText();
  return parts.every((part, index) => {
    const against = others[index];
    return against !== undefined && isSameText(project, part, against);
  });
}

/** Whether it is a member's name, not that of a variable. */
function isName({ ts }: ProjectProgram, node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent)) &&
    parent.name === node
  );
}

function isSameConstant(project: ProjectProgram, one: ts.Identifier, other: ts.Identifier) {
  const symbol = variableOf(project, one);
  return symbol !== undefined && symbol === variableOf(project, other) && isKept(project, symbol);
}

function variableOf({ ts, checker }: ProjectProgram, node: ts.Identifier): ts.Symbol | undefined {
  return ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
}

/** Whether nothing is assigned to a variable or to what is inside of it, as far as its own file tells. */
function isKept(project: ProjectProgram, symbol: ts.Symbol): boolean {
  const { ts } = project;
  const source = symbol.declarations?.[0]?.getSourceFile();
  const changes = (node: ts.Node): boolean => {
    const target = targetOf(project, node);
    const root = target === undefined ? undefined : rootOf(project, target);
    if (root?.text === symbol.name && variableOf(project, root) === symbol) return true;
    return ts.forEachChild(node, changes) ?? false;
  };
  return source === undefined || !changes(source);
}

/** What an expression assigns to. */
function targetOf({ ts }: ProjectProgram, node: ts.Node): ts.Expression | undefined {
  const { SyntaxKind } = ts;
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isAssignment = kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
    return isAssignment ? node.left : undefined;
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const isStep = operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
    return isStep ? node.operand : undefined;
  }
  return ts.isDeleteExpression(node) ? node.expression : undefined;
}

function rootOf({ ts }: ProjectProgram, node: ts.Expression): ts.Identifier | undefined {
  let root = node;
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root))
    root = root.expression;
  return ts.isIdentifier(root) ? root : undefined;
}

function childrenOf({ ts }: ProjectProgram, node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    found.push(child);
  });
  return found;
}
