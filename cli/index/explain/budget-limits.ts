/** The budget of a composer, by the types of its options. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";

export interface BudgetLimit {
  readonly name: "calls" | "stages";
  /** Absent: the types do not say. */
  readonly most: number | undefined;
  /** `file:line:column` of the number. */
  readonly place: string;
}

/** In numbers, or in constants that stand for numbers, wherever they are written. */
export function budgetLimits(
  project: ProjectProgram,
  options: ts.Expression | undefined,
): BudgetLimit[] {
  if (options === undefined) return [];
  const { checker } = project;
  const memberOf = (type: ts.Type, name: string): ts.Symbol | undefined =>
    checker.getNonNullableType(type).getProperty(name);
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, options);
  const budget = memberOf(checker.getTypeAtLocation(options), "budget");
  if (budget === undefined) return [];
  return (["calls", "stages"] as const).flatMap((name): BudgetLimit[] => {
    const limit = memberOf(typeOf(budget), name);
    if (limit === undefined) return [];
    const written = writtenAt(project, limit);
    const type = written === undefined ? typeOf(limit) : typeAt(project, written);
    const most = type.isNumberLiteral() ? type.value : undefined;
    return [{ name, most, place: project.placeOf(written ?? options) }];
  });
}

/** Of a shorthand that of the variable: a property's own is any number. */
function typeAt({ ts, checker }: ProjectProgram, node: ts.Node): ts.Type {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : undefined;
  return symbol === undefined
    ? checker.getTypeAtLocation(node)
    : checker.getTypeOfSymbolAtLocation(symbol, node);
}

function writtenAt({ ts }: ProjectProgram, symbol: ts.Symbol): ts.Node | undefined {
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (ts.isPropertyAssignment(declaration)) return declaration.initializer;
  return ts.isShorthandPropertyAssignment(declaration) ? declaration.name : undefined;
}
