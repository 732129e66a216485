/** The references between prepared schemas, and which of them lead in a circle. */
import type { Prepared, PreparedNode } from "./prepared-schema.ts";

/** Named schemas: reference -> schema. */
export type Named = ReadonlyMap<string, Prepared>;

/**
 * Calls `visit` with every reference.
 * @param depth `shallow`: stops at objects, which TypeScript resolves late
 */
export function eachRef(
  schema: Prepared,
  visit: (ref: string) => void,
  depth: "whole" | "shallow" = "whole",
): void {
  if (typeof schema === "boolean") return;
  const { $ref, anyOf = [], allOf = [], prefixItems = [], items = true, rest = true } = schema;
  if ($ref !== undefined) visit($ref);
  for (const member of [...anyOf, ...allOf, ...prefixItems, items, rest])
    eachRef(member, visit, depth);
  if (depth === "shallow") return;
  const { properties = {}, additionalProperties = true } = schema;
  for (const member of [...Object.values(properties), additionalProperties]) eachRef(member, visit);
}

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

/** The groups of schemas that lead to each other, and so to themselves, without an object in between. */
export function circlesOf(named: Named): Set<string>[] {
  const edges = new Map<string, string[]>();
  for (const [name, schema] of named) {
    const targets: string[] = [];
    eachRef(schema, (ref) => targets.push(ref), "shallow");
    edges.set(
      name,
      targets.filter((ref) => named.has(ref)),
    );
  }
  return stronglyConnected(edges).filter((group) => {
    const [first = ""] = group;
    return group.size > 1 || edges.get(first)?.includes(first) === true;
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
