/** Where problems of a configuration stand in its file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePath } from "../../src/config/path.ts";
import type { ConfigProblem } from "../../src/config/problems.ts";
import {
  asNode,
  exportedObject,
  type Node,
  parseStatements,
  propertyOf,
  toLiteral,
} from "./config-syntax.ts";

/**
 * The problems with the place of their key, or of the nearest one above it that the file has. What is no problem of the
 * file, and what has a place already, stays as it is.
 * @param file relative to the project
 */
export function placeProblems(
  problems: readonly ConfigProblem[],
  root: string,
  file: string,
): readonly ConfigProblem[] {
  const find = findInConfig(root, file);
  return problems.map((problem) => {
    const place = problem.place ?? find(problem.path);
    return place === undefined ? problem : { ...problem, place };
  });
}

/** Path of the configuration -> `file:line:column`, or the file alone where it has a shape of its own. */
export function findInConfig(root: string, file: string): (path: string) => string | undefined {
  const text = readText(join(root, file));
  const body = parseStatements(text) ?? [];
  const config = exportedObject(body);
  return function find(path) {
    const steps = parsePath(path);
    if (steps === undefined) return undefined;
    if (config === undefined) return file;
    const before = text.slice(0, offsetOf(config, steps, body)).split("\n");
    return `${file}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
  };
}

/** Where the value at a path is written: its key, or as far as the file goes. */
function offsetOf(
  config: Node,
  steps: readonly (string | number)[],
  body: readonly Node[],
): number {
  let { start } = config;
  let literal: Node | undefined = config;
  for (const step of steps) {
    const found: { node: Node; value: unknown } | undefined =
      literal && member(literal, step, body);
    if (found === undefined) break;
    start = found.node.start;
    literal = toLiteral(found.value, body);
  }
  return start;
}

function member(
  literal: Node,
  step: string | number,
  body: readonly Node[],
): { node: Node; value: unknown } | undefined {
  if (literal.type === "ArrayExpression") {
    const elements = (Array.isArray(literal.elements) ? literal.elements : []).map(asNode);
    const element = elements[Number(step)];
    // Nobody knows how many elements a spread one is.
    const known = elements.slice(0, Number(step) + 1);
    const isSpread = known.some((node) => node?.type === "SpreadElement");
    return element === undefined || isSpread ? undefined : { node: element, value: element };
  }
  const property = propertyOf(literal, String(step), body);
  return property && { node: property, value: property.value };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
