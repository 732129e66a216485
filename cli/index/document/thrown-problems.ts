/** The problems that a composer's own sources throw: `throw problem("not-found", ...)`, also in the helpers it calls. */
import type ts from "typescript";
import { PROBLEMS, type ProblemCode } from "../../../src/core/errors.ts";
import type { ProjectProgram } from "../program.ts";

/** Codes that stand in a function's text, or in that of a function of the project that it names. */
export function thrownProblems(
  project: ProjectProgram,
  handler: ts.Node,
): ReadonlySet<ProblemCode> {
  const { ts, checker } = project;
  const found = new Set<ProblemCode>();
  const seen = new Set<ts.Node>();

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      if (first !== undefined && isProblem(node.expression)) {
        const type = checker.getTypeAtLocation(first);
        for (const one of type.isUnion() ? type.types : [type]) {
          const code = one.isStringLiteral() ? one.value : "";
          if (Object.hasOwn(PROBLEMS, code)) found.add(code as ProblemCode);
        }
      }
    }
    if (ts.isIdentifier(node)) follow(resolved(node));
    ts.forEachChild(node, visit);
  }

  function follow(symbol: ts.Symbol | undefined): void {
    for (const declaration of symbol?.declarations ?? []) {
      const isFunction =
        ts.isFunctionDeclaration(declaration) ||
        (ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined);
      if (!isFunction || seen.has(declaration)) continue;
      seen.add(declaration);
      if (project.isOwn(declaration.getSourceFile())) ts.forEachChild(declaration, visit);
    }
  }

  function resolved(node: ts.Identifier): ts.Symbol | undefined {
    const symbol = checker.getSymbolAtLocation(node);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  /** The function of this package, whatever it is called here. */
  function isProblem(callee: ts.Expression): boolean {
    const symbol = ts.isIdentifier(callee) ? resolved(callee) : undefined;
    const [declaration] = symbol?.declarations ?? [];
    return (
      symbol?.name === "problem" &&
      declaration !== undefined &&
      /\/core\/errors\.(?:d\.)?ts$/.test(declaration.getSourceFile().fileName)
    );
  }

  seen.add(handler);
  visit(handler);
  return found;
}
