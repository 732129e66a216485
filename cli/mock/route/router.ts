/**
 * Finds the operation of a request: a tree of segments, tried literal first, then mixed, then parameter.
 *
 * The gateway's own cannot tell operations apart by a query that belongs to the path key, and gives one route where a
 * mock has several that a document tells apart by a fragment.
 */
import type { OperationModel } from "../../gen/model.ts";
import { decodePercent } from "../request/raw-value.ts";
import { parseTemplate, type Segment } from "./path-template.ts";

export interface Route {
  readonly operation: OperationModel;
  /** By name, as they stand in the path. */
  readonly path: Readonly<Record<string, string>>;
}

export type Finding =
  /** Several where the document tells operations apart by a fragment, which is never sent; at least one. */
  | { readonly kind: "found"; readonly routes: readonly Route[] }
  /** The path is known, the method is not: what is allowed. */
  | { readonly kind: "method"; readonly allowed: readonly string[] }
  | { readonly kind: "nothing" };

export interface Router {
  /** @param path without query. */
  find(method: string, path: string, query: string): Finding;
}

interface Candidate {
  readonly operation: OperationModel;
  readonly names: readonly string[];
  readonly fixedQuery: readonly string[];
}

interface Node {
  readonly literals: Map<string, Node>;
  readonly mixed: {
    readonly segment: Extract<Segment, { kind: "mixed" }>;
    readonly key: string;
    readonly node: Node;
  }[];
  parameter?: Node;
  readonly byMethod: Map<string, Candidate[]>;
}

const newNode = (): Node => ({ literals: new Map(), mixed: [], byMethod: new Map() });

export function createRouter(operations: readonly OperationModel[]): Router {
  const root = newNode();
  for (const operation of operations) add(root, operation);

  return {
    find: (method, path, query) => {
      const segments = path.replace(/^\//, "").split("/");
      const pairs = new Set(query.split("&"));
      const ends = [...walk(root, segments, 0, [])];
      for (const { node, values } of ends) {
        const routes = choose(node, method, pairs).map(({ operation, names }): Route => {
          const named = names.map((name, at): [string, string] => [name, values[at] ?? ""]);
          return { operation, path: Object.fromEntries(named) };
        });
        if (routes.length > 0) return { kind: "found", routes };
      }
      const allowed = new Set(ends.flatMap(({ node }) => [...node.byMethod.keys()]));
      if (allowed.size === 0) return { kind: "nothing" };
      if (allowed.has("GET")) allowed.add("HEAD");
      return { kind: "method", allowed: [...allowed].sort() };
    },
  };
}

function add(root: Node, operation: OperationModel): void {
  const { segments, fixedQuery } = parseTemplate(operation.path);
  let node = root;
  const names: string[] = [];
  for (const segment of segments) {
    node = step(node, segment);
    if (segment.kind === "parameter") names.push(segment.name);
    if (segment.kind === "mixed") names.push(...segment.names);
  }
  const candidates = node.byMethod.get(operation.method) ?? [];
  candidates.push({ operation, names, fixedQuery });
  // What asks for more of the query is tried first.
  candidates.sort((a, b) => b.fixedQuery.length - a.fixedQuery.length);
  node.byMethod.set(operation.method, candidates);
}

function step(node: Node, segment: Segment): Node {
  if (segment.kind === "parameter") {
    node.parameter ??= newNode();
    return node.parameter;
  }
  if (segment.kind === "literal") {
    const next = node.literals.get(segment.text) ?? newNode();
    node.literals.set(segment.text, next);
    return next;
  }
  const key = segment.pattern.source;
  const known = node.mixed.find((entry) => entry.key === key);
  if (known !== undefined) return known.node;
  const made = { segment, key, node: newNode() };
  node.mixed.push(made);
  // More literal text is more specific.
  node.mixed.sort((a, b) => b.segment.literals - a.segment.literals);
  return made.node;
}

/** Every node that the path ends at, the most specific first. */
function* walk(
  node: Node,
  segments: readonly string[],
  at: number,
  values: readonly string[],
): Iterable<{ readonly node: Node; readonly values: readonly string[] }> {
  const segment = segments[at];
  if (segment === undefined) {
    if (node.byMethod.size > 0) yield { node, values };
    return;
  }
  const literal = node.literals.get(decodePercent(segment) ?? segment);
  if (literal !== undefined) yield* walk(literal, segments, at + 1, values);
  for (const { segment: mixed, node: next } of node.mixed) {
    const found = mixed.pattern.exec(segment);
    if (found !== null) yield* walk(next, segments, at + 1, [...values, ...found.slice(1)]);
  }
  // An empty segment is no value (OpenAPI 3.1 §4.8.12.1).
  if (node.parameter !== undefined && segment !== "") {
    yield* walk(node.parameter, segments, at + 1, [...values, segment]);
  }
}

/** HEAD is GET without a body, where the document does not say more (RFC 9110 §9.3.2). */
function choose(node: Node, method: string, pairs: ReadonlySet<string>): Candidate[] {
  const candidates =
    node.byMethod.get(method) ?? (method === "HEAD" ? node.byMethod.get("GET") : undefined) ?? [];
  const fitting = candidates.filter(({ fixedQuery }) =>
    fixedQuery.every((pair) => pairs.has(pair) || pairs.has(`${pair}=`)),
  );
  const [first] = fitting;
  return fitting.filter(({ fixedQuery }) => fixedQuery.length === first?.fixedQuery.length);
}
