/** Builds a value of a flat schema without choices: one of its values, else a value of one of its types. */
import { hash } from "../random.ts";
import { hasType } from "../schema/conforms.ts";
import { fits } from "./fits.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { sampleArray } from "./sample-array.ts";
import { numberCandidates } from "./sample-number.ts";
import { sampleObject } from "./sample-object.ts";
import { stringCandidates } from "./sample-string.ts";
import { type Build, isWritable, type Sampling, type Spot, seedOf } from "./sampling.ts";
import { Unsatisfiable } from "./unsatisfiable.ts";

const INFERRED: readonly (readonly [string, (flat: FlatSchema) => boolean])[] = [
  ["object", (flat) => flat.layers.length > 0 || flat.required.size > 0],
  ["array", (flat) => flat.items.length + flat.prefixes.length + flat.contains.length > 0],
  [
    "string",
    (flat) => flat.patterns.length > 0 || "minLength" in flat.bounds || "maxLength" in flat.bounds,
  ],
  [
    "number",
    (flat) => "minimum" in flat.bounds || "maximum" in flat.bounds || flat.multiples.length > 0,
  ],
];

/** Types to try: what the hint is, then those said or meant, `null` last. */
function typesOf(flat: FlatSchema, spot: Spot, hint: unknown): string[] {
  const inferred = INFERRED.filter(([, test]) => test(flat)).map(([type]) => type);
  const said =
    flat.types ?? (inferred.length > 0 ? inferred : spot.depth === 0 ? ["object"] : ["string"]);
  const rank = (type: string): number => {
    if (hint !== undefined && hasType(hint, type)) return 0;
    return type === "null" ? 3 : inferred.includes(type) ? 1 : 2;
  };
  return [...said].sort((a, b) => rank(a) - rank(b));
}

/** @param build for what is inside of the value. */
export function buildTyped(
  sampling: Sampling,
  flat: FlatSchema,
  spot: Spot,
  hint: unknown,
  build: Build,
): unknown {
  if (flat.values !== undefined) return pickValue(sampling, flat, spot);
  let reason: Unsatisfiable | undefined;
  for (const type of typesOf(flat, spot, hint)) {
    try {
      return buildOfType(sampling, flat, type, spot, hint, build);
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error;
      reason = error;
    }
  }
  throw reason ?? new Unsatisfiable(`${spot.at}: no type is left`);
}

function buildOfType(
  sampling: Sampling,
  flat: FlatSchema,
  type: string,
  spot: Spot,
  hint: unknown,
  build: Build,
): unknown {
  switch (type) {
    case "null":
      return null;
    case "boolean":
      return seedOf(sampling, spot) % 2 === 0;
    case "array":
      return sampleArray(sampling, flat, spot, hint, build);
    case "object":
      return sampleObject(sampling, flat, spot, hint, build);
    case "string":
      return firstFitting(
        sampling,
        flat,
        spot,
        stringCandidates(flat, spot.name, seedOf(sampling, spot)),
      );
    default: {
      const whole = type === "integer";
      return firstFitting(
        sampling,
        flat,
        spot,
        numberCandidates(flat, spot.name, whole, seedOf(sampling, spot)),
      );
    }
  }
}

/** One of an enumeration; another one at every attempt. */
function pickValue(sampling: Sampling, flat: FlatSchema, spot: Spot): unknown {
  const values = (flat.values ?? []).filter((value) => fits(flat, value));
  const safe = values.filter((value) => isWritable(sampling, value) && value !== null);
  const list = safe.length > 0 ? safe : values;
  if (list.length === 0) throw new Unsatisfiable(`${spot.at}: no value of the enumeration fits`);
  const start = hash(spot.at, sampling.seed);
  return list[(start + spot.attempt) % list.length];
}

function firstFitting<Value extends string | number>(
  sampling: Sampling,
  flat: FlatSchema,
  spot: Spot,
  candidates: Iterable<Value>,
): Value {
  for (const candidate of candidates) {
    if (fits(flat, candidate) && isWritable(sampling, candidate)) return candidate;
  }
  throw new Unsatisfiable(`${spot.at}: no text or number fits`);
}
