/** What names stand for: variables, functions and constants of modules, imports, what the language declares. */
import type ts from "typescript";
import { assign, declare, type Environment, lookUp } from "./environment.ts";
import type { Activation, Flow, Frame } from "./flow.ts";
import { heddleFunctions } from "./heddle-functions.ts";
import { declaredValue } from "./statements.ts";
import { foreign, literal, type NativeAtom, NOTHING, setOf, type Value } from "./value.ts";

export interface Names {
  resolve(node: ts.Identifier, frame: Frame): Value;
  assign(node: ts.Identifier, value: Value, frame: Frame): void;
  /** Begins a pass: constants of modules are evaluated once in each. */
  begin(): void;
}

export function createNames(flow: () => Flow): Names {
  const modules = new Map<ts.SourceFile, Frame>();
  const evaluated = new Set<ts.Node>();
  let natives: ReadonlyMap<ts.Symbol, NativeAtom> | undefined;

  function moduleFrame(source: ts.SourceFile): Frame {
    let frame = modules.get(source);
    if (frame === undefined) {
      const { fileName: key } = source;
      const env: Environment = { key, cells: new Map() };
      const activation: Activation = {
        key,
        node: source,
        returned: NOTHING,
        yielded: NOTHING,
        mayHaveLeft: false,
        leftBecause: NOTHING,
        threwBecause: NOTHING,
      };
      frame = {
        env,
        activation,
        isBranch: false,
        isLoop: false,
        part: undefined,
        because: NOTHING,
        self: NOTHING,
      };
      modules.set(source, frame);
    }
    return frame;
  }

  function resolveSymbol(symbol: ts.Symbol, name: string): Value {
    const at = flow();
    const { ts, project } = { ts: at.project.ts, project: at.project };
    natives ??= heddleFunctions(project, flow);
    const native = natives.get(symbol);
    if (native !== undefined) return setOf(native);
    if (at.types.isLibrary(symbol)) return setOf({ kind: "global", key: `g:${name}`, name });
    const declaration = symbol.declarations?.find((one) => !ts.isInterfaceDeclaration(one));
    if (declaration === undefined) return NOTHING;
    if (!project.isOwn(declaration.getSourceFile())) {
      const from = at.types.packageOf(symbol);
      return from === undefined ? NOTHING : foreign(`${name} of ${from}`);
    }
    const source = declaration.getSourceFile();
    const frame = moduleFrame(source);
    if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
      const withBody = symbol.declarations?.find(
        (one) => ts.isFunctionDeclaration(one) && one.body !== undefined,
      );
      return declaredValue(at, (withBody ?? declaration) as ts.FunctionDeclaration, frame);
    }
    if (ts.isExportAssignment(declaration)) return at.evaluate(declaration.expression, frame);
    if (ts.isSourceFile(declaration)) return moduleValue(symbol);
    const statement = ts.findAncestor(declaration, ts.isVariableDeclaration);
    if (statement === undefined) return NOTHING;
    if (!evaluated.has(statement)) {
      evaluated.add(statement);
      const { initializer } = statement;
      const value = initializer === undefined ? NOTHING : at.evaluate(initializer, frame);
      at.bind(statement.name, value, frame);
    }
    return lookUp(frame.env, symbol) ?? NOTHING;
  }

  /** `import * as helpers from "./_helpers.ts"` */
  function moduleValue(module: ts.Symbol): Value {
    const at = flow();
    const { checker, ts } = at.project;
    const key = `module:${module.name}`;
    const object = at.made(key, () => ({
      kind: "object" as const,
      key,
      members: new Map<string, Value>(),
      rest: NOTHING,
      spreads: NOTHING,
    }));
    for (const exported of checker.getExportsOfModule(module)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const target = isAlias ? checker.getAliasedSymbol(exported) : exported;
      if ((target.flags & ts.SymbolFlags.Value) === 0) continue;
      object.members.set(exported.name, resolveSymbol(target, exported.name));
    }
    return setOf(object);
  }

  function symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    const { ts, checker } = flow().project;
    const { parent } = node;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(node);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  }

  return {
    resolve(node, frame) {
      if (node.text === "undefined") return literal(undefined);
      const symbol = symbolOf(node);
      if (symbol === undefined) return NOTHING;
      return lookUp(frame.env, symbol) ?? resolveSymbol(symbol, node.text);
    },
    assign(node, value, frame) {
      const { progress, project } = flow();
      const symbol = symbolOf(node);
      if (symbol === undefined || assign(frame.env, symbol, value, progress)) return;
      const source = symbol.declarations?.[0]?.getSourceFile();
      if (source !== undefined && project.isOwn(source))
        declare(moduleFrame(source).env, symbol, value, progress);
    },
    begin: () => evaluated.clear(),
  };
}
