/**
 * Builds a zod schema from its sources with this package's own zod. Nothing of the user's runs: calls of zod on literal
 * data are made again here, functions among the arguments are replaced by ones that do nothing.
 */
import type ts from "typescript";
import * as z from "zod";
import type { ProjectProgram } from "../program.ts";

/** What cannot be built from data alone. */
class NotFollowed extends Error {}

/** Undefined: something in it is computed, or it is of another library or version. */
export function evaluateZod(
  project: ProjectProgram,
  expression: ts.Expression,
): z.ZodType | undefined {
  try {
    const value = createEvaluation(project)(expression);
    return value instanceof z.ZodType ? value : undefined;
  } catch {
    // What zod itself refuses (a limit that is no number) its user is told when the gateway starts.
    return undefined;
  }
}

type Evaluate = (node: ts.Expression) => unknown;

function createEvaluation({ ts, checker }: ProjectProgram): Evaluate {
  const constants = new Map<ts.Node, unknown>();

  function evaluate(node: ts.Expression): unknown {
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node)
    )
      return evaluate(node.expression);
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isNumericLiteral(node)) return Number(node.text);
    if (ts.isRegularExpressionLiteral(node)) return regularExpression(node.text);
    if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
    if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
    if (node.kind === ts.SyntaxKind.NullKeyword) return null;
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
      return -Number(evaluate(node.operand));
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return () => undefined;
    if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(element);
    if (ts.isObjectLiteralExpression(node)) return object(node);
    if (ts.isIdentifier(node)) return constant(symbolOf(node));
    if (ts.isPropertyAccessExpression(node))
      return member(evaluate(node.expression), node.name.text);
    if (ts.isCallExpression(node)) return call(node);
    throw new NotFollowed();
  }

  /** In `{ query }` the name is that of the property as well. */
  function symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    return ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
  }

  function element(node: ts.Expression): unknown[] {
    if (!ts.isSpreadElement(node)) return [evaluate(node)];
    const list = evaluate(node.expression);
    if (!Array.isArray(list)) throw new NotFollowed();
    return list;
  }

  function object({ properties }: ts.ObjectLiteralExpression): object {
    const result: Record<string, unknown> = {};
    for (const property of properties) {
      if (ts.isSpreadAssignment(property)) {
        Object.assign(result, evaluate(property.expression));
        continue;
      }
      const { name } = property;
      if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name) && !ts.isNumericLiteral(name))
        throw new NotFollowed();
      if (name.text === "__proto__") throw new NotFollowed();
      if (ts.isShorthandPropertyAssignment(property)) {
        result[name.text] = constant(symbolOf(property.name));
      } else if (ts.isPropertyAssignment(property)) {
        result[name.text] = evaluate(property.initializer);
      } else if (ts.isGetAccessorDeclaration(property)) {
        // How zod 4 says that a schema contains itself.
        const get = later(returned(property.body));
        Object.defineProperty(result, name.text, { get, enumerable: true, configurable: true });
      } else if (!ts.isMethodDeclaration(property)) {
        throw new NotFollowed();
      }
    }
    return result;
  }

  function constant(symbol: ts.Symbol | undefined): unknown {
    if (symbol === undefined) throw new NotFollowed();
    const [declaration] = symbol.declarations ?? [];
    if (declaration === undefined) throw new NotFollowed();
    const imported = fromZod(declaration);
    if (imported !== undefined) return imported;
    if ((symbol.flags & ts.SymbolFlags.Alias) !== 0)
      return constant(checker.getAliasedSymbol(symbol));
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
      throw new NotFollowed();
    if ((ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0) throw new NotFollowed();
    if (!constants.has(declaration)) {
      constants.set(declaration, undefined);
      constants.set(declaration, evaluate(declaration.initializer));
    }
    const value = constants.get(declaration);
    if (value === undefined) throw new NotFollowed();
    return value;
  }

  /** `import { z } from "zod"`, `import * as z from "zod"`, `import { object } from "zod"`: version 4 alone. */
  function fromZod(declaration: ts.Declaration): unknown {
    const isImport =
      ts.isImportSpecifier(declaration) ||
      ts.isNamespaceImport(declaration) ||
      ts.isImportClause(declaration);
    if (!isImport) return undefined;
    let clause: ts.Node = declaration;
    while (!ts.isImportDeclaration(clause)) clause = clause.parent;
    const { moduleSpecifier } = clause;
    if (!ts.isStringLiteral(moduleSpecifier) || !/^zod(?:\/v4)?$/.test(moduleSpecifier.text))
      return undefined;
    const local = checker.getSymbolAtLocation(declaration.name ?? declaration);
    const [source] = (local && checker.getAliasedSymbol(local).declarations) ?? [];
    if (
      source === undefined ||
      !/\/zod\/(?:v4\/|index\.d\.c?ts$)/.test(source.getSourceFile().fileName)
    )
      throw new NotFollowed();
    if (!ts.isImportSpecifier(declaration)) return z;
    const name = (declaration.propertyName ?? declaration.name).text;
    return name === "z" || name === "default" ? z : member(z, name);
  }

  function member(owner: unknown, name: string): unknown {
    if (typeof owner !== "object" || owner === null || BARRED.test(name)) throw new NotFollowed();
    const value: unknown = Reflect.get(owner, name);
    if (value === undefined) throw new NotFollowed();
    return value;
  }

  function call({ expression, arguments: given }: ts.CallExpression): unknown {
    if (!ts.isPropertyAccessExpression(expression)) {
      const made = evaluate(expression);
      if (typeof made !== "function") throw new NotFollowed();
      return made(...given.flatMap(element));
    }
    const owner = evaluate(expression.expression);
    const { text: name } = expression.name;
    const method = member(owner, name);
    const isZods =
      owner === z || owner === z.coerce || owner === z.iso || owner instanceof z.ZodType;
    if (typeof method !== "function" || !isZods) throw new NotFollowed();
    const [first] = given;
    // A default that is computed is not known; that there is one is.
    const isComputed =
      first !== undefined && (ts.isArrowFunction(first) || ts.isFunctionExpression(first));
    if (DEFAULTS.has(name) && isComputed && owner instanceof z.ZodType) return owner.optional();
    if (name === "lazy" && isComputed)
      return z.lazy(later(returned(first.body)) as () => z.ZodType);
    const data = given.flatMap(element);
    return Reflect.apply(method, owner, name === "meta" ? data.map(withoutId) : data);
  }

  function later(node: ts.Expression): () => unknown {
    let value: unknown;
    return () => {
      value ??= evaluate(node);
      return value;
    };
  }

  /** What a function gives, when that is all that it does. */
  function returned(body: ts.ConciseBody | undefined): ts.Expression {
    if (body !== undefined && !ts.isBlock(body)) return body;
    const [statement, more] = body?.statements ?? [];
    if (statement === undefined || more !== undefined) throw new NotFollowed();
    if (!ts.isReturnStatement(statement) || statement.expression === undefined)
      throw new NotFollowed();
    return statement.expression;
  }

  return evaluate;
}

/** What would change zod for everybody, or look at values. */
const BARRED =
  /^(?:constructor|prototype|__proto__|config|register|registry|globalRegistry|clone|implement|toJSONSchema|.*[pP]arse.*|.*[eE]ncode.*|.*[dD]ecode.*)$/;
const DEFAULTS = new Set(["default", "prefault", "catch"]);

function regularExpression(text: string): RegExp {
  const end = text.lastIndexOf("/");
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}

/** Names that are to be unique in the whole process. */
function withoutId(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return data;
  const { id: _, ...rest } = data as { id?: unknown };
  return rest;
}
