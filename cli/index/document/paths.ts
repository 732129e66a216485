/** Routes as the paths of a document: one item a path, whatever its parameters are called. */
import { byCodePoint } from "../../gen/emit/by-code-point.ts";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { GatewayDocument, OperationObject } from "./document-types.ts";
import type { LossReport } from "./loss-report.ts";

export interface Placed {
  /** Upper case. */
  readonly method: string;
  readonly template: string;
  readonly operation: OperationObject;
  /** Absent: proxied. */
  readonly declaration?: ComposerDeclaration;
}

/** By template, then method. */
export function inOrder<Route extends Pick<Placed, "template" | "method">>(
  routes: readonly Route[],
): Route[] {
  return [...routes].sort(
    (one, other) =>
      byCodePoint(one.template, other.template) || byCodePoint(one.method, other.method),
  );
}

/**
 * Paths that differ in the names of parameters alone are one (OpenAPI 3.1.1 §4.8.8): the names of the first count. Two
 * routes of different hosts may have one method and path, which a document cannot say.
 */
export function pathsOf(placed: readonly Placed[], reporter: LossReport): GatewayDocument["paths"] {
  const paths = new Map<string, { path: string; item: Record<string, OperationObject> }>();
  for (const { template, method, operation, declaration } of inOrder(placed)) {
    const shape = template.replaceAll(PARAMETER, "{}");
    const known = paths.get(shape) ?? { path: template, item: {} };
    paths.set(shape, known);
    const key = method.toLowerCase();
    if (!Object.hasOwn(known.item, key)) {
      known.item[key] = renamed(operation, namesOf(template), namesOf(known.path));
    } else if (declaration !== undefined) {
      reporter.about(declaration, undefined);
      const what = `${method} ${template} is a route of another host as well: it is left out`;
      reporter.lossy("", what);
    }
  }
  return Object.fromEntries([...paths.values()].map(({ path, item }) => [path, item]));
}

const PARAMETER = /\{([^{}]*)\}/g;

function namesOf(template: string): string[] {
  return [...template.matchAll(PARAMETER)].map(([, name = ""]) => name);
}

function renamed(
  operation: OperationObject,
  from: readonly string[],
  to: readonly string[],
): OperationObject {
  const { parameters } = operation;
  if (parameters === undefined || from.every((name, index) => name === to[index])) return operation;
  return {
    ...operation,
    parameters: parameters.map((parameter) => {
      if ("$ref" in parameter || parameter.in !== "path") return parameter;
      return { ...parameter, name: to[from.indexOf(parameter.name)] ?? parameter.name };
    }),
  };
}
