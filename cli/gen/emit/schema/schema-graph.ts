/** Which prepared schemas lead back to themselves, and what is done about it. */
import type { Prepared, PreparedNode } from "./prepared-schema.ts";

/** Named schemas: reference -> schema. */
export type Named = ReadonlyMap<string, Prepared>;

/** Calls `visit` with every reference. `below`: what lies between the root and the reference. */
export function eachRef(
  schema: Prepared,
  visit: (ref: string, below: Depth) => void,
  below: Depth = "union",
): void {
  if (typeof schema === "boolean") return;
  if (schema.$ref !== undefined) visit(schema.$ref, below);
  const list: Depth = below === "object" ? "object" : "list";
  for (const member of schema.anyOf ?? []) eachRef(member, visit, below);
  for (const member of schema.allOf ?? []) eachRef(member, visit, below);
  for (const item of schema.prefixItems ?? []) eachRef(item, visit, list);
  if (schema.items !== undefined) eachRef(schema.items, visit, list);
  if (schema.rest !== undefined) eachRef(schema.rest, visit, list);
  for (const property of Object.values(schema.properties ?? {})) eachRef(property, visit, "object");
  if (schema.additionalProperties !== undefined)
    eachRef(schema.additionalProperties, visit, "object");
}

/** `union`: nothing but unions and intersections. `list`: arrays and tuples too. `object`: an object, which TypeScript resolves late. */
export type Depth = "union" | "list" | "object";

/** A copy with other references. */
export function mapRefs(schema: Prepared, change: (ref: string) => string): Prepared {
  if (typeof schema === "boolean") return schema;
  const copy: PreparedNode = { ...schema };
  const map = (member: Prepared): Prepared => mapRefs(member, change);
  if (schema.$ref !== undefined) copy.$ref = change(schema.$ref);
  if (schema.anyOf !== undefined) copy.anyOf = schema.anyOf.map(map);
  if (schema.allOf !== undefined) copy.allOf = schema.allOf.map(map);
  if (schema.prefixItems !== undefined) copy.prefixItems = schema.prefixItems.map(map);
  if (schema.items !== undefined) copy.items = map(schema.items);
  if (schema.rest !== undefined) copy.rest = map(schema.rest);
  if (schema.additionalProperties !== undefined)
    copy.additionalProperties = map(schema.additionalProperties);
  if (schema.properties !== undefined) {
    const properties: Record<string, Prepared> = Object.create(null);
    for (const [name, property] of Object.entries(schema.properties))
      properties[name] = map(property);
    copy.properties = properties;
  }
  return copy;
}

/** The groups of schemas that lead to each other, and so to themselves, through references no deeper than `deepest`. */
export function circlesOf(named: Named, deepest: "union" | "list"): Set<string>[] {
  const edges = new Map<string, string[]>();
  for (const [name, schema] of named) {
    const targets: string[] = [];
    eachRef(schema, (ref, below) => {
      if (named.has(ref) && (below === "union" || below === deepest)) targets.push(ref);
    });
    edges.set(name, targets);
  }
  return stronglyConnected(edges).filter((group) => {
    const [first = ""] = group;
    return group.size > 1 || (edges.get(first) ?? []).includes(first);
  });
}

/** Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion. */
function stronglyConnected(edges: ReadonlyMap<string, readonly string[]>): Set<string>[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: Set<string>[] = [];
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const work: { name: string; next: number }[] = [{ name: root, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      if (frame === undefined) break;
      const { name } = frame;
      if (frame.next === 0) {
        index.set(name, index.size);
        low.set(name, index.size - 1);
        open.push(name);
        isOpen.add(name);
      }
      const target = (edges.get(name) ?? [])[frame.next];
      frame.next += 1;
      if (target !== undefined) {
        if (!index.has(target)) work.push({ name: target, next: 0 });
        else if (isOpen.has(target)) lower(low, name, index.get(target));
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent !== undefined) lower(low, parent.name, low.get(name));
      if (low.get(name) !== index.get(name)) continue;
      const group = new Set(open.splice(open.lastIndexOf(name)));
      for (const member of group) isOpen.delete(member);
      groups.push(group);
    }
  }
  return groups;
}

function lower(low: Map<string, number>, name: string, value: number | undefined): void {
  low.set(
    name,
    Math.min(low.get(name) ?? Number.POSITIVE_INFINITY, value ?? Number.POSITIVE_INFINITY),
  );
}
