/** The composers of a program as the compiler sees them: the declaration, the options, the handler. */
import type ts from "typescript";
import type { FoundRoute } from "../gen/composers.ts";
import type { ProjectProgram, TypeScript } from "./program.ts";

export interface ComposerDeclaration {
  readonly frontend: string;
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** The name that it is exported as. */
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  readonly template: string;
  /** `composers/web/order-page.ts:4`: the line of the constant. */
  readonly at: string;
  /** `compose.get(...)`. */
  readonly call: ts.CallExpression;
  /** Absent: the composer has none. */
  readonly options?: ts.Expression;
  readonly handler: ts.Expression;
}

/** Finds the declarations of composed routes, in their order. One that the program does not hold is left out. */
export function composersIn(
  project: ProjectProgram,
  routes: readonly FoundRoute[],
): ComposerDeclaration[] {
  const { ts } = project;
  return routes.flatMap(({ frontend, file, name, method, template, at }): ComposerDeclaration[] => {
    const source = project.source(file);
    if (source === undefined) return [];
    const offset = offsetOf(source.text, at);
    const call = callAt(ts, source, offset);
    const handler = call?.arguments.at(-1);
    if (call === undefined || handler === undefined) return [];
    const options = call.arguments.length > 2 ? call.arguments[1] : undefined;
    const { line } = source.getLineAndCharacterOfPosition(constantOf(ts, call).getStart(source));
    return [
      {
        frontend,
        file,
        name,
        method,
        template,
        at: `${file}:${line + 1}`,
        call,
        ...(options === undefined ? {} : { options }),
        handler,
      },
    ];
  });
}

/** Lines as whoever found the composer counts them: only a line feed ends one. */
function offsetOf(text: string, { line, column }: FoundRoute["at"]): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}

/** The outermost call that begins at an offset. */
function callAt(
  ts: TypeScript,
  source: ts.SourceFile,
  offset: number,
): ts.CallExpression | undefined {
  const visit = (node: ts.Node): ts.CallExpression | undefined => {
    if (offset < node.pos || offset >= node.end) return undefined;
    if (ts.isCallExpression(node) && node.getStart(source) === offset) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(source);
}

/** The statement that declares the constant. */
function constantOf(ts: TypeScript, call: ts.Node): ts.Node {
  let node = call;
  while (!ts.isVariableStatement(node) && !ts.isSourceFile(node.parent)) node = node.parent;
  return node;
}
