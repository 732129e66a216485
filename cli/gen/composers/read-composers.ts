/** Reads one file of `composers/`: which composers it exports, without running it. */
import { parseSync } from "rolldown/utils";
import { COMPOSER_METHODS } from "../../../src/compose/composer.ts";
import { parseTemplate } from "../../../src/core/path-template.ts";
import { RETIREMENT_KEYS, type Retirement } from "../../../src/core/retirement.ts";
import { isBindingName } from "../emit/printer.ts";

/** `export const orderPage = compose.get("/web/orders/{orderId}", ...)`. */
export interface FoundComposer {
  /** The name that it is exported as. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  readonly template: string;
  /** What the options say of it in literals; absent: nothing. */
  readonly retirement?: Retirement;
  /** In the file's text. */
  readonly offset: number;
}

export interface ComposerFault {
  /** Lower case. */
  readonly message: string;
  readonly cure: string;
  readonly offset: number;
}

export interface ComposerReading {
  readonly composers: readonly FoundComposer[];
  readonly faults: readonly ComposerFault[];
}

/** What composers import `compose` from. */
const GATEWAY = /^#gateway$|(?:^|\/)gateway\.[jt]s$/;
const METHODS: readonly string[] = COMPOSER_METHODS;

/** The parts of a syntax tree that are looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

interface Call {
  readonly method: string;
  readonly template: string | undefined;
  readonly retirement?: Retirement;
  readonly offset: number;
}

/** Finds the exported composers of a file's text. `name` is for messages alone. */
export function readComposers(name: string, text: string): ComposerReading {
  const { program, errors } = parseSync(name, text, { lang: "ts" });
  const [error] = errors;
  if (error !== undefined) {
    const offset = error.labels[0]?.start ?? 0;
    const message = `the file is not valid TypeScript: ${lowerFirst(error.message)}`;
    return { composers: [], faults: [{ message, cure: "mend the file", offset }] };
  }
  const statements = nodesOf(program.body);
  const makers = new Set(statements.flatMap(importedMakers));
  const local = new Map<string, Call>();
  const exported: { name: string; call: Call }[] = [];
  const faults: ComposerFault[] = [];
  for (const statement of statements) {
    const isExport = statement.type === "ExportNamedDeclaration";
    const declaration = isExport ? asNode(statement.declaration) : statement;
    for (const [variable, call] of declaredCalls(declaration, makers)) {
      local.set(variable, call);
      if (isExport) exported.push({ name: variable, call });
    }
    if (statement.type === "ExportDefaultDeclaration") {
      const call = callOf(asNode(statement.declaration), makers);
      if (call !== undefined) faults.push(notNamed(call));
    }
  }
  for (const [variable, name] of statements.flatMap(exportedNames)) {
    const call = local.get(variable);
    if (call !== undefined) exported.push({ name, call });
  }
  for (const [variable, call] of local) {
    if (exported.every((one) => one.call !== call)) faults.push(notExported(variable, call));
  }
  const composers = exported.flatMap(({ name, call }): FoundComposer[] => {
    const fault = faultOf(name, call);
    if (fault !== undefined) faults.push(fault);
    const { method, template = "", ...rest } = call;
    return fault === undefined ? [{ name, method: method.toUpperCase(), template, ...rest }] : [];
  });
  return { composers, faults: faults.sort((a, b) => a.offset - b.offset) };
}

function asNode(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && "type" in value
    ? (value as Node)
    : undefined;
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.flatMap((item) => asNode(item) ?? []) : [];
}

function nameOf(value: unknown): string {
  const node = asNode(value);
  const name = node?.type === "Literal" ? node.value : node?.name;
  return typeof name === "string" ? name : "";
}

/** What `compose` is called in this file. */
function importedMakers(statement: Node): string[] {
  const source = asNode(statement.source)?.value;
  if (statement.type !== "ImportDeclaration" || typeof source !== "string" || !GATEWAY.test(source))
    return [];
  return nodesOf(statement.specifiers)
    .filter((specifier) => nameOf(specifier.imported) === "compose")
    .map((specifier) => nameOf(specifier.local));
}

function exportedNames(statement: Node): [string, string][] {
  if (statement.type !== "ExportNamedDeclaration" || asNode(statement.source) !== undefined)
    return [];
  return nodesOf(statement.specifiers).map((specifier) => [
    nameOf(specifier.local),
    nameOf(specifier.exported),
  ]);
}

function declaredCalls(
  declaration: Node | undefined,
  makers: ReadonlySet<string>,
): [string, Call][] {
  if (declaration?.type !== "VariableDeclaration") return [];
  return nodesOf(declaration.declarations).flatMap((declarator): [string, Call][] => {
    const call = callOf(asNode(declarator.init), makers);
    return call === undefined ? [] : [[nameOf(declarator.id), call]];
  });
}

const WRAPPERS = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "ParenthesizedExpression",
]);

/** `compose.get(...)`, also behind `as` and `satisfies`. */
function callOf(node: Node | undefined, makers: ReadonlySet<string>): Call | undefined {
  let call = node;
  while (call !== undefined && WRAPPERS.has(call.type)) call = asNode(call.expression);
  const callee = asNode(call?.callee);
  if (call?.type !== "CallExpression" || callee?.type !== "MemberExpression") return undefined;
  if (!makers.has(nameOf(callee.object))) return undefined;
  const [template, options] = nodesOf(call.arguments);
  const method = nameOf(callee.property);
  return { method, template: literalText(template), ...retirementIn(options), offset: call.start };
}

/** What the options say in literals: anything else is known only when the composer is loaded. */
function retirementIn(options: Node | undefined): { readonly retirement?: Retirement } {
  if (options?.type !== "ObjectExpression") return {};
  const said = nodesOf(options.properties).flatMap((property): [string, string | true][] => {
    const key = RETIREMENT_KEYS.find((name) => name === nameOf(property.key));
    const value = asNode(property.value);
    const told = value?.type === "Literal" && value.value === true ? true : literalText(value);
    return key === undefined || told === undefined ? [] : [[key, told]];
  });
  return said.length === 0 ? {} : { retirement: Object.fromEntries(said) as Retirement };
}

function literalText(node: Node | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral" || nodesOf(node.expressions).length > 0) return undefined;
  const [quasi] = nodesOf(node.quasis);
  const { cooked } = (quasi?.value ?? {}) as { cooked?: unknown };
  return typeof cooked === "string" ? cooked : undefined;
}

function faultOf(name: string, { method, template, offset }: Call): ComposerFault | undefined {
  if (!METHODS.includes(method)) {
    return {
      message: `compose.${method} of ${name} is no method`,
      cure: `use one of ${METHODS.join(", ")}`,
      offset,
    };
  }
  if (!isBindingName(name)) return notNamed({ method, template, offset });
  if (template === undefined) {
    const cure = 'write it as a text, for example compose.get("/web/orders/{orderId}", ...)';
    return { message: `the path template of ${name} is computed`, cure, offset };
  }
  try {
    parseTemplate(template);
    return undefined;
  } catch (error) {
    const cure = 'write a path such as "/web/orders/{orderId}"';
    return { message: error instanceof Error ? error.message : String(error), cure, offset };
  }
}

function notNamed({ offset }: Call): ComposerFault {
  return {
    message: "a composer is not exported by a name of its own",
    cure: "give it a name: export const orderPage = compose.get(...)",
    offset,
  };
}

function notExported(name: string, { offset }: Call): ComposerFault {
  return {
    message: `the composer ${name} is not exported`,
    cure: `write export const ${name} = ...`,
    offset,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
