/** Tells of a call whether it is a loop, and of which kind. */
import type ts from "typescript";
import { isBounded } from "./is-bounded.ts";
import type { Loop } from "./wait-state.ts";
import type { Walk } from "./walk.ts";

export const MAPPERS = ["map", "flatMap", "forEach"];

/** The loop that a call is, where it is one: `each(items, fn)`, `items.map(fn)`. */
export function loopOf(walk: Walk, node: ts.CallExpression): Loop | undefined {
  const { ts, placeOf } = walk.project;
  const at = placeOf(node);
  const { expression } = node;
  if (isHeddleEach(walk, expression)) {
    const [, , options] = node.arguments;
    const concurrency = concurrencyOf(walk, options);
    return { kind: "each", at, isCut: false, ...(concurrency && { concurrency }) };
  }
  if (!isMember(walk, node, MAPPERS) || !ts.isPropertyAccessExpression(expression))
    return undefined;
  const kind = isBounded(walk.project, expression.expression) ? "few" : "all";
  return { kind, at, isCut: false };
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

export function isMember(
  { project: { ts } }: Walk,
  node: ts.CallExpression,
  names: readonly string[],
) {
  const { expression } = node;
  return ts.isPropertyAccessExpression(expression) && names.includes(expression.name.text);
}

export function isPromise({ project: { ts } }: Walk, node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "Promise"
  );
}
