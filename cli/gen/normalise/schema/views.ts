/** Writes the schemas of the model out: keys for links, and one view for requests and one for answers where they differ. */
import type { Schema, SchemaObject } from "../../model.ts";
import { escapeSegment } from "../../read/pointer.ts";
import { createRecord } from "../../read/raw.ts";
import type { DirectedSchemas, Direction } from "./directed-schemas.ts";
import { inheritOrigin } from "./origins.ts";
import type { SchemaShelf, Target } from "./schema-shelf.ts";
import { SCHEMA_KEYWORDS, SCHEMA_LIST_KEYWORDS, SCHEMA_MAP_KEYWORDS } from "./subschemas.ts";

export interface Views {
  /** Writes a schema out; what it refers to will be in {@link Views.schemas}. */
  write(schema: Schema, direction: Direction): Schema;
  /** Every schema that was referred to so far, by key. */
  written(): ReadonlyMap<string, Schema>;
}

/**
 * @param keyOf the key of a target in one direction; only asked when the target differs by direction, or for "answer"
 */
export function createViews(
  shelf: SchemaShelf,
  directed: DirectedSchemas,
  keyOf: (target: Target, direction: Direction) => string,
): Views {
  const memo = {
    answer: new WeakMap<SchemaObject, Schema>(),
    request: new WeakMap<SchemaObject, Schema>(),
  };
  const done = new Map<string, Schema>();
  const waiting: { target: Target; direction: Direction; key: string }[] = [];

  function write(schema: Schema, direction: Direction): Schema {
    const written = writeInline(schema, direction, NONE);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      done.set(next.key, writeInline(next.target.schema, next.direction, NONE));
    }
    return written;
  }

  /** @param dropped names that a schema around this one, for the same value, has dropped */
  function writeInline(schema: Schema, direction: Direction, dropped: ReadonlySet<string>): Schema {
    if (typeof schema === "boolean") return schema;
    if (dropped.size > 0) return writeObject(schema, direction, dropped);
    let written = memo[direction].get(schema);
    if (written === undefined) {
      written = writeObject(schema, direction, dropped);
      memo[direction].set(schema, written);
    }
    return written;
  }

  function writeObject(
    schema: SchemaObject,
    direction: Direction,
    outer: ReadonlySet<string>,
  ): SchemaObject {
    const target = shelf.linked(schema);
    const own = directed.droppedBy(schema, direction);
    const dropped = own.size === 0 ? outer : outer.size === 0 ? own : new Set([...outer, ...own]);
    const copy: SchemaObject = {};
    inheritOrigin(copy, schema);
    for (const keyword of Object.keys(schema)) {
      const value = schema[keyword];
      if (keyword === "$ref" && target !== undefined) copy.$ref = refTo(target, direction);
      else if (keyword === "required") {
        const names = (value as string[]).filter((name) => !dropped.has(name));
        if (names.length > 0) copy.required = names;
      } else if (SINGLE.has(keyword))
        copy[keyword] = writeInline(
          value as Schema,
          direction,
          SAME_VALUE.has(keyword) ? dropped : NONE,
        );
      else if (LISTS.has(keyword)) {
        const inner = keyword === "prefixItems" ? NONE : dropped;
        copy[keyword] = (value as Schema[]).map((member) => writeInline(member, direction, inner));
      } else if (MAPS.has(keyword))
        copy[keyword] = writeMap(
          value as Record<string, Schema>,
          direction,
          keyword === "properties" ? dropped : NONE,
        );
      else copy[keyword] = value;
    }
    if (direction === "answer") noteHidden(copy, schema, dropped);
    return copy;
  }

  function writeMap(
    map: Record<string, Schema>,
    direction: Direction,
    dropped: ReadonlySet<string>,
  ): Record<string, Schema> {
    const copy = createRecord<Schema>();
    for (const name of Object.keys(map)) {
      if (!dropped.has(name)) copy[name] = writeInline(map[name] as Schema, direction, NONE);
    }
    return copy;
  }

  function refTo(target: Target, direction: Direction): string {
    const key = keyOf(target, directed.differs(target) ? direction : "answer");
    if (!done.has(key)) {
      done.set(key, true);
      waiting.push({ target, direction, key });
    }
    return `#/components/schemas/${escapeSegment(key)}`;
  }

  return { write, written: () => done };
}

/** What an answer leaves out it must not show: those who look at answers need the names. */
function noteHidden(
  copy: SchemaObject,
  { properties = {} }: SchemaObject,
  dropped: ReadonlySet<string>,
): void {
  if (dropped.size === 0) return;
  const hidden = Object.keys(properties as object).filter((name) => dropped.has(name));
  if (hidden.length > 0) copy["x-write-only"] = hidden;
}

const NONE: ReadonlySet<string> = new Set();
const SINGLE: ReadonlySet<string> = new Set(SCHEMA_KEYWORDS);
const LISTS: ReadonlySet<string> = new Set(SCHEMA_LIST_KEYWORDS);
const MAPS: ReadonlySet<string> = new Set(SCHEMA_MAP_KEYWORDS);
/** Keywords whose schema is for the same value as the one around it. */
const SAME_VALUE: ReadonlySet<string> = new Set(["not", "if", "then", "else"]);
