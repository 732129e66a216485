/** A value that conforms to a schema, drawn from a seed: hints and examples where they conform, else built. */
import type { Schema } from "../../gen/model.ts";
import { hash } from "../random.ts";
import { conforms, hasType } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { fits } from "./fits.ts";
import { absorb, emptyFlat, type FlatSchema } from "./flat-schema.ts";
import { bySuitability, resolveChoices } from "./resolve-choices.ts";
import { sampleArray } from "./sample-array.ts";
import { numberCandidates } from "./sample-number.ts";
import { sampleObject } from "./sample-object.ts";
import { stringCandidates } from "./sample-string.ts";
import { type Sampling, type Spot, seedOf } from "./sampling.ts";
import { Unsatisfiable } from "./unsatisfiable.ts";

export interface SampleOptions {
  /** Default 1. */
  readonly seed?: number;
  /** What the sample is of: part of the draw. Default "". */
  readonly at?: string;
  /** A property or parameter name, for the words chosen. */
  readonly name?: string;
  /** What is known already: kept whole where it conforms, else piece by piece where the pieces do. */
  readonly hint?: unknown;
  /** Texts that can be written where the sample goes. Default: all. */
  readonly isSafe?: (text: string) => boolean;
  /** Default true. */
  readonly useExamples?: boolean;
  /** Lists and records have something in them, where they may: forms and queries cannot say "empty". Default false. */
  readonly filled?: boolean;
}

const BUDGET = 1500;
/** Beyond this a document asks for more than anybody wants to read. */
const LIMIT = -60_000;
const ATTEMPTS = 4;

/**
 * Samples a schema (as in the model). Where every value matches several alternatives of a `oneOf`, as with
 * alternatives that contain each other, one of those is given: the document does not mean that there is none.
 *
 * @throws Unsatisfiable where no conforming value was found.
 */
export function sampleValue(
  view: SchemaView,
  schema: Schema,
  options: SampleOptions = {},
): unknown {
  try {
    return sampleStrictly(view, schema, options);
  } catch (error) {
    if (!(error instanceof Unsatisfiable) || view.loose === view) throw error;
    return sampleStrictly(view.loose, schema, options);
  }
}

function sampleStrictly(view: SchemaView, schema: Schema, options: SampleOptions): unknown {
  const {
    seed = 1,
    at = "",
    name = "",
    hint,
    isSafe = () => true,
    useExamples = true,
    filled = false,
  } = options;
  const cleaned = view.of(schema);
  const flats = new WeakMap<object, FlatSchema>();
  for (let attempt = 0; attempt <= ATTEMPTS; attempt += 1) {
    const lean = attempt === ATTEMPTS;
    const sampling: Sampling = {
      view,
      seed: hash(at, seed),
      isSafe,
      budget: BUDGET,
      useExamples,
      filled,
      flats,
    };
    const spot: Spot = { at: "", name, depth: 0, lean, inside: [], attempt };
    try {
      const value = build(sampling, cleaned, spot, lean ? undefined : hint);
      if (conforms(view, cleaned, value)) return value;
    } catch (error) {
      if (!(error instanceof Unsatisfiable) || lean) throw error;
    }
  }
  throw new Unsatisfiable(`no sample conforms to the schema of ${at === "" ? "the value" : at}`);
}

function build(sampling: Sampling, schema: Schema, spot: Spot, hint: unknown): unknown {
  if (schema === false) throw new Unsatisfiable(`${spot.at}: the schema is false`);
  sampling.budget -= 1;
  if (sampling.budget < LIMIT) throw new Unsatisfiable(`${spot.at}: the schema asks for too much`);
  const { view } = sampling;
  const usable = (value: unknown): boolean =>
    isWritable(sampling, value) && conforms(view, schema, value);
  if (hint !== undefined && usable(hint)) return hint;
  const flat = flatten(sampling, schema);
  if (flat.impossible)
    throw new Unsatisfiable(`${spot.at}: the parts of the schema contradict each other`);
  const hints = sampling.useExamples && spot.attempt === 0 && !spot.lean ? flat.hints : [];
  if (hint === undefined) {
    const example = hints.find(usable);
    if (example !== undefined) return example;
  }
  const start = hint ?? hints.find((value) => typeof value === "object");
  const way = flat.risky ? buildCarefully : buildPlainly;
  return way(sampling, flat, schema, spot, start);
}

function isWritable(sampling: Sampling, value: unknown): boolean {
  if (typeof value === "string") return sampling.isSafe(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every((item) => isWritable(sampling, item));
}

function flatten(sampling: Sampling, schema: Schema): FlatSchema {
  const known = typeof schema === "object" ? sampling.flats.get(schema) : undefined;
  if (known !== undefined) return known;
  const flat = emptyFlat();
  absorb(flat, schema, sampling.view);
  if (typeof schema === "object") sampling.flats.set(schema, flat);
  return flat;
}

function buildPlainly(
  sampling: Sampling,
  flat: FlatSchema,
  schema: Schema,
  spot: Spot,
  hint: unknown,
): unknown {
  return buildTyped(sampling, flat, schema, enter(flat, spot), hint);
}

/** Tries branch after branch, full and lean, until one gives a value that the whole schema takes. */
function buildCarefully(
  sampling: Sampling,
  flat: FlatSchema,
  schema: Schema,
  spot: Spot,
  hint: unknown,
): unknown {
  let reason: Unsatisfiable | undefined;
  for (const lean of spot.lean ? [true] : [false, true]) {
    for (const candidate of resolveChoices(
      sampling.view,
      flat,
      bySuitability(sampling, { ...spot, lean }, hint),
    )) {
      try {
        const value = buildTyped(
          sampling,
          candidate,
          true,
          enter(candidate, { ...spot, lean }),
          hint,
        );
        if (conforms(sampling.view, schema, value)) return value;
      } catch (error) {
        if (!(error instanceof Unsatisfiable)) throw error;
        reason = error;
      }
    }
  }
  throw reason ?? new Unsatisfiable(`${spot.at}: no branch fits`);
}

/** A component met again inside itself is made lean; met again while lean, it would never end. */
function enter(flat: FlatSchema, spot: Spot): Spot {
  if (flat.references.size === 0) return spot;
  const again = [...flat.references].some((reference) => spot.inside.includes(reference));
  if (again && spot.lean) throw new Unsatisfiable(`${spot.at}: the schema has no end`);
  // Lean starts a trail of its own: what stands above it does not count.
  const inside = again ? [...flat.references] : [...spot.inside, ...flat.references];
  return { ...spot, inside, lean: spot.lean || again };
}

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

function buildTyped(
  sampling: Sampling,
  flat: FlatSchema,
  schema: Schema,
  spot: Spot,
  hint: unknown,
): unknown {
  if (flat.values !== undefined) return pickValue(sampling, flat, spot);
  let reason: Unsatisfiable | undefined;
  for (const type of typesOf(flat, spot, hint)) {
    try {
      return buildOfType(sampling, flat, type, spot, hint);
    } catch (error) {
      if (!(error instanceof Unsatisfiable)) throw error;
      reason = error;
    }
  }
  throw reason ?? new Unsatisfiable(`${spot.at}: no type is left of ${JSON.stringify(schema)}`);
}

function buildOfType(
  sampling: Sampling,
  flat: FlatSchema,
  type: string,
  spot: Spot,
  hint: unknown,
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
