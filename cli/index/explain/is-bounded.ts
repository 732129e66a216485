/** Whether a list has a bound that the source itself says, whatever services and callers send. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";

/** Methods whose result has no more items than what they are called on. */
const KEEPERS = ["filter", "map", "sort", "toSorted", "reverse", "toReversed", "concat"];

/** Written out, of a type with so many items, or cut off: `items.slice(0, 10)`. */
export function isBounded(project: ProjectProgram, list: ts.Expression): boolean {
  const { ts, checker } = project;
  const node = uncovered(project, list);
  const inside = (expression: ts.Expression): boolean => isBounded(project, expression);
  if (isFixedTuple(project, checker.getTypeAtLocation(node)) || isMeasured(project, node))
    return true;
  if (ts.isAwaitExpression(node)) return inside(node.expression);
  if (ts.isArrayLiteralExpression(node))
    return node.elements.every((one) => !ts.isSpreadElement(one) || inside(one.expression));
  if (ts.isNewExpression(node)) {
    const [items] = node.arguments ?? [];
    return node.expression.getText() === "Set" && items !== undefined && inside(items);
  }
  if (ts.isIdentifier(node)) {
    const from = initializerOf(project, node);
    // What begins empty is filled later.
    const isEmpty =
      from !== undefined && ts.isArrayLiteralExpression(from) && from.elements.length === 0;
    return from !== undefined && !isEmpty && inside(from);
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  const [first, second] = node.arguments;
  if (name.text === "slice" || name.text === "splice")
    return second !== undefined || (first !== undefined && ts.isPrefixUnaryExpression(first));
  if (KEEPERS.includes(name.text)) {
    const others = name.text === "concat" ? node.arguments : [];
    return inside(expression) && others.every(inside);
  }
  // `Object.entries({ ... })`, `Array.from({ length: 3 })`
  const isGlobal = ts.isIdentifier(expression) && /^(Object|Array)$/.test(expression.text);
  return (
    isGlobal &&
    first !== undefined &&
    ts.isObjectLiteralExpression(first) &&
    !first.properties.some(ts.isSpreadAssignment)
  );
}

/** Without parentheses and what is said about types. */
function uncovered({ ts }: ProjectProgram, node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

function isFixedTuple({ checker }: ProjectProgram, type: ts.Type): boolean {
  return checker.isTupleType(type) && !(type as ts.TupleTypeReference).target.hasRestElement;
}

/** What a constant stands for. */
function initializerOf({ ts, checker }: ProjectProgram, node: ts.Identifier) {
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  const isConstant =
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    ts.isIdentifier(declaration.name) &&
    (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConstant ? declaration.initializer : undefined;
}

/** Whether a condition around compares how many there are: `if (lines.length > 20) throw ...`. */
function isMeasured({ ts }: ProjectProgram, list: ts.Expression): boolean {
  const length = `${list.getText()}.length`;
  const compares = (node: ts.Node): boolean => {
    const isComparison =
      ts.isBinaryExpression(node) &&
      [node.left, node.right].some((side) => side.getText() === length) &&
      /^[<>]=?$/.test(node.operatorToken.getText()) &&
      ![node.left, node.right].some((side) => side.getText() === "0");
    return isComparison || (ts.forEachChild(node, compares) ?? false);
  };
  const body = ts.findAncestor(list, ts.isFunctionLike);
  return body !== undefined && compares(body);
}
