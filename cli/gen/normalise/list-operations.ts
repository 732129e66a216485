/** Lists the operations of a document, by path and method, as they stand. */

import { byCodePoint } from "../emit/by-code-point.ts";
import type { SpecificationVersion } from "../model.ts";
import { isRecord, own, type RawRecord } from "../read/raw.ts";
import type { Located } from "../read/resolve.ts";
import { type Context, follow, member, placeOf } from "./context.ts";
import { LeftOut } from "./report.ts";

/** One operation before it is lifted. */
export interface RawOperation {
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  /** `METHOD /path` */
  readonly title: string;
  readonly at: Located;
  /** `parameters` of the path item, and of the path items it refers to. */
  readonly pathParameters: readonly Located[];
  /** `servers` of the path item. */
  readonly servers: unknown;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];

function methodsOf(specification: SpecificationVersion): readonly string[] {
  if (specification === "2.0") return METHODS;
  return specification === "3.2" ? [...METHODS, "trace", "query"] : [...METHODS, "trace"];
}

export function listOperations(context: Context, root: RawRecord): RawOperation[] {
  const at: Located = { value: own(root, "paths"), file: context.library.root, pointer: "/paths" };
  if (!isRecord(at.value)) return [];
  const operations: RawOperation[] = [];
  for (const path of Object.keys(at.value).sort(byCodePoint)) {
    if (path.startsWith("x-")) continue;
    const item = member(at, path, at.value[path]);
    const problem = templateProblem(path);
    if (problem !== undefined) {
      context.report.add({
        code: "operation-invalid",
        place: placeOf(item),
        operation: path,
        message: problem,
        cure: "correct the path; until then its operations are left out",
      });
    } else operations.push(...operationsOf(context, item, path));
  }
  return operations;
}

function operationsOf(context: Context, item: Located, path: string): RawOperation[] {
  const operations: RawOperation[] = [];
  try {
    const layers = layersOf(context, item);
    // What a path item refers to comes first: the path's own parameters replace those of the same name.
    const pathParameters = [...layers]
      .reverse()
      .flatMap((layer) => fieldOf(layer, "parameters") ?? []);
    const servers = layers
      .map((layer) => fieldOf(layer, "servers")?.value)
      .find((value) => value !== undefined);
    for (const [method, at] of methodEntries(context, layers, path)) {
      operations.push({ method, path, title: `${method} ${path}`, at, pathParameters, servers });
    }
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    context.report.add({ ...error.remark, operation: path });
  }
  return operations.sort((a, b) => byCodePoint(a.method, b.method));
}

/** A path item, and what it refers to: its own fields win (OpenAPI 3.1 leaves it open, everybody does it so). */
function layersOf(context: Context, item: Located): Located[] {
  if (!isRecord(item.value)) return [];
  const target = follow(context, item);
  return target === item ? [item] : [item, target];
}

function fieldOf(layer: Located, key: string): Located | undefined {
  const value = isRecord(layer.value) ? own(layer.value, key) : undefined;
  return value === undefined || value === null ? undefined : member(layer, key, value);
}

function methodEntries(
  context: Context,
  layers: readonly Located[],
  path: string,
): Map<string, Located> {
  const entries = new Map<string, Located>();
  for (const layer of layers) {
    for (const method of methodsOf(context.specification)) {
      const at = fieldOf(layer, method);
      if (at !== undefined && !entries.has(method.toUpperCase()))
        entries.set(method.toUpperCase(), at);
    }
    const additional =
      context.specification === "3.2" ? fieldOf(layer, "additionalOperations") : undefined;
    if (!isRecord(additional?.value)) continue;
    for (const name of Object.keys(additional.value)) {
      const at = member(additional, name, additional.value[name]);
      const method = name.toUpperCase();
      // RFC 9110 §9.1 (a method is a token) and §9.3.6 (CONNECT asks for a tunnel).
      if (!/^[!#$%&'*+.^_`|~0-9A-Z-]+$/.test(method) || method === "CONNECT") {
        context.report.add({
          code: "operation-invalid",
          place: placeOf(at),
          operation: `${method} ${path}`,
          message: `"${name}" is not a method that can be called`,
          cure: "use a method name of RFC 9110",
        });
      } else if (!entries.has(method)) entries.set(method, at);
    }
  }
  return entries;
}

/** What is wrong with a path template (OpenAPI 3.1 §4.8.8). */
function templateProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return `the path "${path}" does not begin with a slash`;
  if (/[{}]/.test(path.replaceAll(/\{[^{}]+\}/g, "")))
    return `the path "${path}" has a brace without its other half, or without a name`;
  const query = path.indexOf("?");
  if (query >= 0 && path.indexOf("{", query) >= 0)
    return `the path "${path}" has a placeholder in its query`;
  return undefined;
}
