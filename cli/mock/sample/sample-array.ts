/** Sampled lists: as few items as are allowed to be, as many as make a list look like one. */
import type { Schema } from "../../gen/model.ts";
import { canonicalText } from "../schema/same-json.ts";
import { both, type FlatSchema } from "./flat-schema.ts";
import type { Build, Sampling, Spot } from "./sampling.ts";
import { Unsatisfiable } from "./unsatisfiable.ts";

const TRIES = 24;

export function sampleArray(
  sampling: Sampling,
  flat: FlatSchema,
  spot: Spot,
  hint: unknown,
  build: Build,
): unknown[] {
  const { minItems = 0, maxItems = Infinity } = flat.bounds;
  const given: readonly unknown[] = Array.isArray(hint) ? hint : [];
  const itemSchema = both(flat.items);
  const demanded = demandedItems(flat);
  const least = Math.max(demanded.length, sampling.filled ? 1 : 0);
  const size = wantedSize(flat, spot, given.length, least);
  const items: unknown[] = [];
  const seen = new Set<string>();

  const add = (schema: Schema, index: number): boolean => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const place: Spot = {
        ...spot,
        at: `${spot.at}/${index}`,
        depth: spot.depth + 1,
        attempt: spot.attempt + attempt,
      };
      const value = build(sampling, schema, place, attempt === 0 ? given[index] : undefined);
      const text = canonicalText(value);
      if (!seen.has(text) || (!flat.uniqueItems && index < Math.max(minItems, demanded.length))) {
        seen.add(text);
        items.push(value);
        return true;
      }
      if (!flat.uniqueItems) break;
    }
    return false;
  };

  for (let index = 0; index < size && items.length < maxItems; index += 1) {
    const schema = both([schemaAt(flat, index, itemSchema), demanded[index] ?? true]);
    try {
      // A second item that would only repeat the first is left out where it may be.
      if (!add(schema, index) && items.length >= minItems) break;
    } catch (error) {
      if (!(error instanceof Unsatisfiable) || items.length < minItems) throw error;
      break;
    }
  }
  if (items.length < minItems)
    throw new Unsatisfiable(`${spot.at}: fewer than ${minItems} different items`);
  return items;
}

/** The items that `contains` asks for. */
function demandedItems(flat: FlatSchema): Schema[] {
  return flat.contains.flatMap((schema) => {
    const times = Number(schema.minContains ?? 1);
    return Array.from({ length: times }, () => schema.contains as Schema);
  });
}

function schemaAt(flat: FlatSchema, index: number, rest: Schema): Schema {
  const own = flat.prefixes.flatMap((list) => {
    const schema = list[index];
    return schema === undefined ? [] : [schema];
  });
  return own.length > 0 ? both(own) : rest;
}

function wantedSize(flat: FlatSchema, spot: Spot, given: number, least: number): number {
  const { minItems = 0, maxItems = Infinity } = flat.bounds;
  const prefix = Math.max(0, ...flat.prefixes.map((list) => list.length));
  const usual = spot.lean ? 0 : Math.max(prefix, spot.depth < 2 ? 2 : 1);
  return Math.min(maxItems, Math.max(minItems, least, given > 0 ? given : usual));
}
