/** Sampled objects: what is required, what is declared while there is room, what the hint brings. */
import type { SchemaObject } from "../../gen/model.ts";
import { createRandom, hash } from "../random.ts";
import { setOwn } from "../set-own.ts";
import { declaredNames, type FlatSchema, propertySchema } from "./flat-schema.ts";
import { parsePattern, patternText } from "./pattern-text.ts";
import { type Build, type Sampling, type Spot, seedOf } from "./sampling.ts";
import { Unsatisfiable } from "./unsatisfiable.ts";
import { wordFor } from "./words.ts";

/** Whether nothing of the value could be written as a form: nothing but nulls and empty values. */
function isUnwritten(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.values(value).every(isUnwritten));
}

/** Optional properties are filled down to here. */
const FULL_DEPTH = 4;

export function sampleObject(
  sampling: Sampling,
  flat: FlatSchema,
  spot: Spot,
  hint: unknown,
  build: Build,
): Record<string, unknown> {
  const given = isRecord(hint) ? hint : {};
  const { minProperties = 0, maxProperties = Infinity } = flat.bounds;
  const value: Record<string, unknown> = {};
  const declared = declaredNames(flat);
  const full = !spot.lean && spot.depth < FULL_DEPTH && sampling.budget > 0;

  const put = (name: string, required: boolean): void => {
    if (Object.hasOwn(value, name)) return;
    const schema = propertySchema(flat, name);
    if (!required && schema === false) return;
    const place: Spot = { ...spot, at: `${spot.at}/${name}`, name, depth: spot.depth + 1 };
    const known = Object.hasOwn(given, name) ? given[name] : undefined;
    try {
      setOwn(value, name, build(sampling, schema, place, known));
    } catch (error) {
      if (required || !(error instanceof Unsatisfiable)) throw error;
    }
  };
  const room = (): boolean => Object.keys(value).length < maxProperties;

  // In document order, so that samples read like the document; the required ones have their seats kept.
  let seats = maxProperties - flat.required.size;
  for (const name of declared) {
    const required = flat.required.has(name);
    if (!required && !(full || Object.hasOwn(given, name))) continue;
    if (!required && seats <= 0) continue;
    const before = Object.keys(value).length;
    put(name, required);
    if (!required) seats -= Object.keys(value).length - before;
  }
  for (const name of flat.required) put(name, true);
  for (const name of dependentNames(flat, value)) put(name, true);
  for (const name of Object.keys(given)) if (!declared.has(name) && room()) put(name, false);
  for (const name of declared) if (Object.keys(value).length < minProperties) put(name, false);
  for (const name of declared) if (sampling.filled && isUnwritten(value)) put(name, false);
  const free =
    full && declared.size === 0 && hasMap(flat) && Object.keys(value).length === 0 ? 1 : 0;
  for (
    let index = 0;
    index < TRIES && Object.keys(value).length < Math.max(minProperties, free);
    index += 1
  ) {
    if (room()) put(freeName(flat, sampling, spot, index), false);
  }
  return value;
}

const TRIES = 12;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function dependentNames(flat: FlatSchema, value: object): Set<string> {
  const names = new Set<string>(Object.keys(value));
  // A name added by one rule can bring in another: names grows while it is walked.
  for (const name of names) {
    for (const layer of flat.layers) {
      const dependents = (layer.dependentRequired ?? {}) as Record<string, readonly string[]>;
      for (const needed of (Object.hasOwn(dependents, name) ? dependents[name] : undefined) ?? [])
        names.add(needed);
    }
  }
  return names;
}

/** Whether the object is a map: free names whose values have a schema. */
function hasMap(flat: FlatSchema): boolean {
  return flat.layers.some(
    (layer) =>
      (typeof layer.additionalProperties === "object" && layer.additionalProperties !== null) ||
      Object.keys(layer.patternProperties ?? {}).length > 0,
  );
}

/** A property name that nobody declared, of the pattern that names must have. */
function freeName(flat: FlatSchema, sampling: Sampling, spot: Spot, index: number): string {
  const random = createRandom(hash(`name${index}`, seedOf(sampling, spot)));
  for (const layer of flat.layers) {
    const names = layer.propertyNames as SchemaObject | undefined;
    const values = Array.isArray(names?.enum) ? names.enum : [];
    if (values.length > 0) return String(values[index % values.length]);
    const pattern = names?.pattern ?? Object.keys(layer.patternProperties ?? {})[0];
    if (typeof pattern === "string")
      return patternText(parsePattern(pattern), random, 1 + (index % 4));
  }
  const word = wordFor("", random);
  return index === 0 ? word : `${word}${index}`;
}
