/** The syntax tree of a configuration's text: the object that is exported, and what its keys hold. */
import { parseAst } from "rolldown/parseAst";

/** A node of the syntax tree (ESTree); offsets are UTF-16 units. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The statements of a file; undefined for what is no TypeScript. */
export function parseStatements(text: string): readonly Node[] | undefined {
  try {
    const program = parseAst(text, { lang: "ts" }, "heddle.config.ts") as unknown as Node;
    return nodesOf(program.body);
  } catch {
    return undefined;
  }
}

/** The object of `export default defineGateway({ ... })` and near relatives. */
export function exportedObject(body: readonly Node[]): Node | undefined {
  const exported = body.find(({ type }) => type === "ExportDefaultDeclaration");
  return exported && toObject(exported.declaration, body);
}

/** The object literal that a value is. */
export function toObject(value: unknown, body: readonly Node[]): Node | undefined {
  const node = toLiteral(value, body);
  return node?.type === "ObjectExpression" ? node : undefined;
}

/** An object or a list, looked for through calls, `as`, `satisfies` and constants of the same file. */
export function toLiteral(value: unknown, body: readonly Node[], depth = 0): Node | undefined {
  const node = asNode(value);
  if (node === undefined || depth > 8) return undefined;
  switch (node.type) {
    case "ObjectExpression":
    case "ArrayExpression":
      return node;
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return toLiteral(node.expression, body, depth + 1);
    case "CallExpression":
      return toLiteral(nodesOf(node.arguments)[0], body, depth + 1);
    case "Identifier":
      return toLiteral(constantOf(String(node.name), body), body, depth + 1);
    default:
      return undefined;
  }
}

/** The property of an object literal that holds a key, spread constants looked through; the last one wins. */
export function propertyOf(
  object: Node,
  key: string,
  body: readonly Node[],
  depth = 0,
): Node | undefined {
  for (const property of [...nodesOf(object.properties)].reverse()) {
    if (property.type === "SpreadElement") {
      const spread = depth > 8 ? undefined : toObject(property.argument, body);
      const found = spread && propertyOf(spread, key, body, depth + 1);
      if (found !== undefined) return found;
      continue;
    }
    const named = asNode(property.key);
    const name = named?.type === "Identifier" ? named.name : named?.value;
    if (property.computed !== true && name === key) return property;
  }
  return undefined;
}

function constantOf(name: string, body: readonly Node[]): unknown {
  const declarations = body.flatMap((node) => {
    const declaration = node.type === "ExportNamedDeclaration" ? asNode(node.declaration) : node;
    return declaration?.type === "VariableDeclaration" ? nodesOf(declaration.declarations) : [];
  });
  return declarations.find(({ id }) => asNode(id)?.name === name)?.init;
}

export function asNode(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && "type" in value
    ? (value as Node)
    : undefined;
}

/** The nodes among the members of a list; holes and other values are left out. */
export function nodesOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.flatMap((item) => asNode(item) ?? []) : [];
}
