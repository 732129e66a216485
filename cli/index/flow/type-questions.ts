/** What the interpreter asks the checker: types decide where values do not. */
import type ts from "typescript";
import type { ProjectProgram } from "../program.ts";

export interface TypeQuestions {
  /** What a name stands for; an import is followed to its declaration. */
  symbolOf(node: ts.Node): ts.Symbol | undefined;
  /** The interface of the language whose member is asked for: `Array`, `String`. */
  libraryOwner(node: ts.Node): string | undefined;
  /** Whether a symbol is declared by the language or the platform. */
  isLibrary(symbol: ts.Symbol): boolean;
  /** The package that declares a symbol. */
  packageOf(symbol: ts.Symbol): string | undefined;
  /** A member of the generated clients: the service and, where it is one, the operation. */
  clientMember(node: ts.Node): { service: string; operation?: string } | undefined;
  /** Whether a function is an operation of a generated client, by its type alone. */
  isOperation(node: ts.Node): boolean;
  /** The names that a computed key may be; undefined: any. */
  keysOf(node: ts.Expression): readonly string[] | undefined;
  isArrayLike(node: ts.Node): boolean;
  /** Whether a function returns arrays, or an array holds them. */
  givesArray(node: ts.Node): boolean;
  /** Whether the value has nothing inside. */
  isPrimitive(node: ts.Node): boolean;
  /** Whether members have any name, so that none is named. */
  isIndexed(node: ts.Node): boolean;
  /** The names of the members, of every member of a union; undefined where there may be others. */
  namesOf(node: ts.Node): readonly string[] | undefined;
  /** The names of the members that a member has, by the type alone. */
  namesBelow(node: ts.Node, member: string): readonly string[] | undefined;
  /** The statuses of an answer, as narrowed where it stands; undefined: any. */
  statusesOf(node: ts.Node): readonly number[] | undefined;
}

export function createTypeQuestions(project: ProjectProgram): TypeQuestions {
  const { ts, checker, program } = project;
  const isDefault = (source: ts.SourceFile): boolean =>
    program.isSourceFileDefaultLibrary(source) ||
    source.fileName.includes("/node_modules/@types/node/");

  function symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  }

  function memberSymbol(node: ts.Node): ts.Symbol | undefined {
    if (ts.isBindingElement(node)) {
      const key = node.propertyName ?? node.name;
      return "text" in key
        ? checker.getTypeAtLocation(node.parent).getProperty(key.text)
        : undefined;
    }
    if (ts.isPropertyAccessExpression(node)) return symbolOf(node.name);
    return ts.isElementAccessExpression(node) ? symbolOf(node.argumentExpression) : undefined;
  }

  function membersOf(given: ts.Type): readonly ts.Type[] {
    const type = checker.getNonNullableType(given);
    const whole = checker.getBaseConstraintOfType(type) ?? type;
    return whole.isUnion() ? whole.types : [whole];
  }

  const typesOf = (node: ts.Node): readonly ts.Type[] => membersOf(checker.getTypeAtLocation(node));

  function namesIn(types: readonly ts.Type[]): readonly string[] | undefined {
    const names = new Set<string>();
    for (const type of types) {
      if (isNothing(type) || type.getStringIndexType() !== undefined) return undefined;
      if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) return undefined;
      for (const { name } of type.getProperties()) names.add(name);
    }
    return [...names];
  }

  const isArray = (type: ts.Type): boolean =>
    checker.isArrayType(type) || checker.isTupleType(type);

  const isNothing = ({ flags }: ts.Type): boolean =>
    (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) !== 0;

  return {
    symbolOf,
    libraryOwner(node) {
      const declaration = memberSymbol(node)?.declarations?.[0];
      if (declaration === undefined || !isDefault(declaration.getSourceFile())) return undefined;
      const { parent } = declaration;
      return ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent)
        ? (parent.name?.text ?? "")
        : "";
    },
    isLibrary: ({ declarations = [] }) =>
      declarations.length > 0 && declarations.every((one) => isDefault(one.getSourceFile())),
    packageOf(symbol) {
      const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? "";
      const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
      return name?.replace(/^@types\//, "");
    },
    clientMember(node) {
      const declaration = memberSymbol(node)?.declarations?.[0];
      if (declaration === undefined || !ts.isPropertySignature(declaration)) return undefined;
      const service = project.serviceOf(declaration.getSourceFile());
      const { name, parent } = declaration;
      if (service !== undefined && ts.isInterfaceDeclaration(parent) && "text" in name) {
        return /Client$/.test(parent.name.text) ? { service, operation: name.text } : undefined;
      }
      const { type } = declaration;
      if (type === undefined || !ts.isTypeReferenceNode(type)) return undefined;
      const client = symbolOf(type.typeName)?.declarations?.[0];
      const whose = client === undefined ? undefined : project.serviceOf(client.getSourceFile());
      return whose === undefined ? undefined : { service: whose };
    },
    isOperation: (node) =>
      typesOf(node).some(({ symbol }) => {
        const source = (symbol as ts.Symbol | undefined)?.declarations?.[0]?.getSourceFile();
        return /Operation$/.test(symbol?.name ?? "") && project.isHeddle(source);
      }),
    keysOf(node) {
      const types = typesOf(node);
      const keys = types.flatMap((type) =>
        type.isStringLiteral() || type.isNumberLiteral() ? [String(type.value)] : [],
      );
      return keys.length === types.length ? keys : undefined;
    },
    isArrayLike: (node) => typesOf(node).some(isArray),
    givesArray: (node) =>
      typesOf(node).some((type) => {
        const [signature] = type.getCallSignatures();
        const inner = signature?.getReturnType() ?? type.getNumberIndexType();
        return inner !== undefined && (inner.isUnion() ? inner.types : [inner]).some(isArray);
      }),
    isPrimitive(node) {
      const flags =
        ts.TypeFlags.StringLike |
        ts.TypeFlags.NumberLike |
        ts.TypeFlags.BigIntLike |
        ts.TypeFlags.BooleanLike |
        ts.TypeFlags.VoidLike |
        ts.TypeFlags.Null;
      return typesOf(node).every((type) => (type.flags & flags) !== 0);
    },
    isIndexed: (node) =>
      typesOf(node).some(
        (type) => type.getStringIndexType() !== undefined && type.getProperties().length === 0,
      ),
    namesOf: (node) => namesIn(typesOf(node)),
    namesBelow(node, member) {
      const found: string[] = [];
      for (const type of typesOf(node)) {
        const symbol = type.getProperty(member);
        const names =
          symbol === undefined
            ? []
            : namesIn(membersOf(checker.getTypeOfSymbolAtLocation(symbol, node)));
        if (names === undefined) return undefined;
        found.push(...names);
      }
      return found;
    },
    statusesOf(node) {
      const found = new Set<number>();
      for (const type of typesOf(node)) {
        if (isNothing(type)) return undefined;
        const status = type.getProperty("status");
        const statusType =
          status === undefined ? undefined : checker.getTypeOfSymbolAtLocation(status, node);
        for (const one of statusType?.isUnion() ? statusType.types : [statusType]) {
          if (one === undefined || !one.isNumberLiteral()) return undefined;
          found.add(one.value);
        }
      }
      return [...found].sort((one, other) => one - other);
    },
  };
}
