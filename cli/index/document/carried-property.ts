/** A property that holds what a property of a service's schema held: `({ id, placedAt }) => ({ id, placedAt })`. */
import type ts from "typescript";
import type { Schema } from "../../gen/model.ts";
import type { TypeWalk } from "./schema-of-type.ts";
import { withoutNull } from "./union-schema.ts";

/**
 * What the service's document says of the property that this one was taken from, as long as it is of the very same
 * type; undefined where it comes from elsewhere, or something was done to it on the way.
 */
export function carriedProperty(
  walk: TypeWalk,
  property: ts.Symbol,
  type: ts.Type,
): Schema | undefined {
  const { carriage, components, project } = walk;
  const { checker } = project;
  const declarations = originOf(walk, property, 0)?.declarations ?? [];
  const carried = carriage.declaredAt(declarations);
  if (carried === undefined) return undefined;
  // Not the type of the property that was found: a mapped type may have given it another.
  const [whole, ...others] = declarations.flatMap((declaration) => declaredType(walk, declaration));
  if (whole === undefined || others.some((other) => other !== whole)) return undefined;
  const own = present(walk, type);
  if (own === whole) return components.adopt(carried.service, carried.schema);
  // What was asked for `null` before.
  if (own !== checker.getNonNullableType(whole)) return undefined;
  const schema = withoutNull(carried.schema);
  return schema === undefined ? undefined : components.adopt(carried.service, schema);
}

/** Without `undefined`: whether a property is there is said elsewhere. */
function present({ project }: TypeWalk, type: ts.Type): ts.Type {
  const { checker, ts } = project;
  if (!type.isUnion()) return type;
  const isNullable = type.types.some(({ flags }) => (flags & ts.TypeFlags.Null) !== 0);
  return isNullable ? type : checker.getNonNullableType(type);
}

function declaredType(walk: TypeWalk, declaration: ts.Node): readonly ts.Type[] {
  const { ts, checker } = walk.project;
  if (!ts.isPropertySignature(declaration) || declaration.type === undefined) return [];
  return [present(walk, checker.getTypeFromTypeNode(declaration.type))];
}

/** How many constants a value is followed through. */
const MAX_STEPS = 16;

/** The property that a property's value was taken from; itself where it was spread, picked or left over. */
function originOf(walk: TypeWalk, property: ts.Symbol, steps: number): ts.Symbol | undefined {
  const { ts, checker } = walk.project;
  const { valueDeclaration: declaration, declarations = [] } = property;
  if (isMadeAnew(walk, property)) return undefined;
  if (declaration === undefined || declarations.length !== 1) return property;
  if (ts.isShorthandPropertyAssignment(declaration)) {
    const value = checker.getShorthandAssignmentValueSymbol(declaration);
    return value && originOfVariable(walk, value, steps + 1);
  }
  if (ts.isPropertyAssignment(declaration))
    return originOfExpression(walk, declaration.initializer, steps + 1);
  return property;
}

/** Of a mapped type that gives its properties values of its own: `{ [Key in keyof Order]: string }`, unlike `Pick`. */
function isMadeAnew({ project: { ts } }: TypeWalk, property: ts.Symbol): boolean {
  const { links } = property as { readonly links?: { readonly mappedType?: ts.Type } };
  const [mapped] = links?.mappedType?.symbol?.declarations ?? [];
  return (
    mapped !== undefined &&
    ts.isMappedTypeNode(mapped) &&
    !(mapped.type !== undefined && ts.isIndexedAccessTypeNode(mapped.type))
  );
}

function originOfExpression(
  walk: TypeWalk,
  expression: ts.Expression,
  steps: number,
): ts.Symbol | undefined {
  const { ts, checker } = walk.project;
  if (steps > MAX_STEPS) return undefined;
  if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression))
    return originOfExpression(walk, expression.expression, steps + 1);
  if (ts.isPropertyAccessExpression(expression)) {
    const property = checker.getSymbolAtLocation(expression.name);
    return property && originOf(walk, property, steps + 1);
  }
  if (!ts.isIdentifier(expression)) return undefined;
  const variable = checker.getSymbolAtLocation(expression);
  return variable && originOfVariable(walk, variable, steps + 1);
}

/** Of a constant, or of what a pattern takes out of an object. What may be assigned again is not followed. */
function originOfVariable(
  walk: TypeWalk,
  { valueDeclaration: declaration }: ts.Symbol,
  steps: number,
): ts.Symbol | undefined {
  const { ts, checker } = walk.project;
  if (declaration === undefined || steps > MAX_STEPS) return undefined;
  if (ts.isVariableDeclaration(declaration)) {
    const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
    return isConstant && declaration.initializer !== undefined
      ? originOfExpression(walk, declaration.initializer, steps + 1)
      : undefined;
  }
  if (!ts.isBindingElement(declaration) || declaration.initializer !== undefined) return undefined;
  const { propertyName, name, parent, dotDotDotToken } = declaration;
  if (!ts.isObjectBindingPattern(parent) || dotDotDotToken !== undefined) return undefined;
  const key = propertyName ?? name;
  if (!ts.isIdentifier(key)) return undefined;
  const property = checker.getTypeAtLocation(parent).getProperty(key.text);
  return property && originOf(walk, property, steps + 1);
}
