/** Compares the parts of objects and lists: properties, items, and what has no name of its own. */
import type { Schema } from "../../../gen/model.ts";
import type { Sides } from "../operations/compare-parameters.ts";
import { below } from "../place.ts";
import { addField, createDelta, type Delta, type SchemaChange, type Sited } from "./delta.ts";
import type { PlainSchema } from "./plain.ts";

type Standing = Pick<Sited, "place">;

/** Compares two schemas, now or later. */
export type Visit = (old: Sited, now: Sited) => Delta;

/** @param required of each side, whatever part of its `allOf` says so */
export function compareProperties(
  delta: Delta,
  { old, now }: Sides<PlainSchema>,
  required: Sides<ReadonlySet<string>>,
  visit: Visit,
): void {
  const names = [old.properties, now.properties, old.required, now.required];
  for (const name of new Set(names.flatMap((list) => [...list.keys()]))) {
    const [before, after] = [old.properties.get(name), now.properties.get(name)];
    const change = (
      kind: SchemaChange["kind"],
      places: { old?: Standing | undefined; now?: Standing | undefined },
    ): void => {
      const leaf = createDelta();
      leaf.changes.push({
        kind,
        name,
        ...(places.old === undefined ? {} : { old: places.old.place }),
        ...(places.now === undefined ? {} : { now: places.now.place }),
      });
      addField(delta, name, leaf);
    };
    if (before === undefined && after !== undefined) {
      change(required.now.has(name) ? "property-added-required" : "property-added", {
        now: after,
      });
    } else if (before !== undefined && after === undefined) {
      change("property-removed", { old: before });
    } else if (required.old.has(name) !== required.now.has(name)) {
      change(required.now.has(name) ? "property-required" : "property-optional", {
        old: before ?? old,
        now: after ?? now,
      });
    }
    if (before !== undefined && after !== undefined) addField(delta, name, visit(before, after));
  }
}

/** Items, and whatever has no name of its own. */
export function compareRest(delta: Delta, { old, now }: Sides<PlainSchema>, visit: Visit): void {
  for (const keyword of ["items", "additionalProperties"] as const) {
    const [before, after] = [restOf(old, keyword), restOf(now, keyword)];
    if (before.schema === after.schema) continue;
    const isOpen = before.schema !== false;
    if (isOpen === (after.schema !== false)) addField(delta, "*", visit(before, after));
    else {
      const leaf = createDelta();
      const kind = isOpen ? "additional-closed" : "additional-opened";
      leaf.changes.push({ kind, name: keyword, old: before.place, now: after.place });
      addField(delta, "*", leaf);
    }
  }
  for (const keyword of ["patternProperties", "prefixItems"] as const) {
    const [before, after] = [partsOf(old, keyword), partsOf(now, keyword)];
    if ([...before.keys()].join("\n") !== [...after.keys()].join("\n")) {
      const places = { old: old.place, now: now.place };
      delta.changes.push({ kind: "limit-changed", name: keyword, ...places });
    }
    for (const [key, part] of before) {
      const other =
        after.get(key) ?? (keyword === "prefixItems" ? restOf(now, "items") : undefined);
      if (other !== undefined) addField(delta, "*", visit(part, other));
    }
  }
}

function restOf({ keywords, place }: PlainSchema, keyword: string): Sited {
  const found = keywords.get(keyword);
  if (found === undefined) return { schema: true, place };
  return { schema: found.value as Schema, place: below(found.place, keyword) };
}

function partsOf({ keywords }: PlainSchema, keyword: string): Map<string, Sited> {
  const found = keywords.get(keyword);
  if (found === undefined) return new Map();
  return new Map(
    Object.entries(found.value as Record<string, Schema>).map(([key, schema]) => [
      key,
      { schema, place: below(found.place, keyword, key) },
    ]),
  );
}
