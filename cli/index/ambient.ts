/** Whether sources need what only the project's ambient packages declare, `@types/node` above all: it is large. */
import type ts from "typescript";
import type { TypeScript } from "./program.ts";

/** Whether a name or a module of these sources is declared nowhere yet. */
export function needsAmbient(
  ts: TypeScript,
  checker: ts.TypeChecker,
  sources: readonly ts.SourceFile[],
): boolean {
  const search = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return isReference(ts, node) && isUnknown(node);
    if (ts.isImportDeclaration(node)) return isUnknown(node.moduleSpecifier);
    return ts.forEachChild(node, search) ?? false;
  };
  const isUnknown = (node: ts.Node): boolean => checker.getSymbolAtLocation(node) === undefined;
  return sources.some(search);
}

/** Names of members are looked up in types, which would be worked out for it. */
function isReference(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (node.text === "undefined") return false;
  if (ts.isPropertyAccessExpression(parent) || ts.isMetaProperty(parent))
    return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  return !ts.isShorthandPropertyAssignment(parent) && !ts.isImportSpecifier(parent);
}
