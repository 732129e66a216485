/** Finds the schemas that requests and answers see differently: those with `readOnly` or `writeOnly` properties. */
import type { Schema, SchemaObject } from "../../model.ts";
import type { SchemaShelf, Target } from "./schema-shelf.ts";
import { visitAll } from "./subschemas.ts";

/** Where a schema is used. Answers leave out `writeOnly` properties, requests `readOnly` ones. */
export type Direction = "answer" | "request";

export interface DirectedSchemas {
  /** Whether requests and answers see this schema differently, itself or anything it refers to. */
  differs(target: Target): boolean;
  /** The names of properties that a direction leaves out of this schema, all of its `allOf`, `anyOf`, `oneOf` included. */
  droppedBy(schema: SchemaObject, direction: Direction): ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
/** Longer chains of `$ref`s and `allOf`s are nobody's; the stack is not endless. */
const MAX_DEPTH = 128;

/** Finds what differs by direction. All targets must be there. */
export function findDirectedSchemas(shelf: SchemaShelf): DirectedSchemas {
  const dropped = {
    answer: new WeakMap<SchemaObject, ReadonlySet<string>>(),
    request: new WeakMap<SchemaObject, ReadonlySet<string>>(),
  };
  const marks = {
    readOnly: new WeakMap<SchemaObject, boolean>(),
    writeOnly: new WeakMap<SchemaObject, boolean>(),
  };
  const differing = findDiffering();

  function droppedBy(schema: SchemaObject, direction: Direction, depth = 0): ReadonlySet<string> {
    const known = dropped[direction].get(schema);
    if (known !== undefined) return known;
    if (depth > MAX_DEPTH) return NONE;
    const names = new Set<string>();
    const keyword = direction === "answer" ? "writeOnly" : "readOnly";
    for (const [name, property] of Object.entries(
      (schema.properties ?? {}) as Record<string, Schema>,
    )) {
      if (isMarked(property, keyword)) names.add(name);
    }
    const target = shelf.linked(schema);
    const members = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(
      (list) => (list ?? []) as Schema[],
    );
    for (const member of target === undefined ? members : [...members, target.schema]) {
      if (typeof member === "boolean") continue;
      for (const name of droppedBy(member, direction, depth + 1)) names.add(name);
    }
    const result = names.size === 0 ? NONE : names;
    dropped[direction].set(schema, result);
    return result;
  }

  /** The mark may stand in the property, in what it refers to, or in a member of its `allOf`. */
  function isMarked(schema: Schema, keyword: "readOnly" | "writeOnly", depth = 0): boolean {
    if (typeof schema === "boolean" || depth > MAX_DEPTH) return false;
    const known = marks[keyword].get(schema);
    if (known !== undefined) return known;
    const target = shelf.linked(schema);
    const members = (schema.allOf ?? []) as Schema[];
    const marked =
      schema[keyword] === true ||
      (target !== undefined && isMarked(target.schema, keyword, depth + 1)) ||
      members.some((member) => isMarked(member, keyword, depth + 1));
    marks[keyword].set(schema, marked);
    return marked;
  }

  function findDiffering(): Set<Target> {
    const usedBy = new Map<Target, Target[]>();
    const queue: Target[] = [];
    for (const target of shelf.targets) {
      let marked = false;
      visitAll(target.schema, (schema) => {
        const link = shelf.linked(schema);
        if (link !== undefined) {
          const users = usedBy.get(link);
          if (users === undefined) usedBy.set(link, [target]);
          else users.push(target);
        }
        for (const property of Object.values((schema.properties ?? {}) as Record<string, Schema>)) {
          marked ||= isMarked(property, "readOnly") || isMarked(property, "writeOnly");
        }
      });
      if (marked) queue.push(target);
    }
    const found = new Set(queue);
    for (let target = queue.pop(); target !== undefined; target = queue.pop()) {
      for (const user of usedBy.get(target) ?? []) {
        if (found.has(user)) continue;
        found.add(user);
        queue.push(user);
      }
    }
    return found;
  }

  return { differs: (target) => differing.has(target), droppedBy };
}
