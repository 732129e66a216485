/** A value that conforms to a schema, drawn from a seed: hints and examples where they conform, else built. */
import type { Schema } from "../../gen/model.ts";
import { hash } from "../random.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { buildTyped } from "./build-typed.ts";
import { type FlatSchema, flatten } from "./flat-schema.ts";
import { bySuitability, resolveChoices } from "./resolve-choices.ts";
import { isWritable, type Sampling, type Spot } from "./sampling.ts";
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

const BUDGET = 400;
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
  for (let attempt = 0; attempt <= ATTEMPTS; attempt += 1) {
    const lean = attempt === ATTEMPTS;
    const sampling: Sampling = {
      view,
      seed: hash(at, seed),
      isSafe,
      budget: BUDGET,
      useExamples,
      filled,
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
  const flat = flatten(sampling.view, schema);
  if (flat.impossible)
    throw new Unsatisfiable(`${spot.at}: the parts of the schema contradict each other`);
  const hints = sampling.useExamples && spot.attempt === 0 && !spot.lean ? flat.hints : [];
  if (hint === undefined) {
    const example = hints.find(usable);
    if (example !== undefined) return example;
  }
  const start = hint ?? hints.find((value) => typeof value === "object");
  if (flat.risky) return buildCarefully(sampling, flat, schema, spot, start);
  return buildTyped(sampling, flat, enter(flat, spot), start, build);
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
    const here = { ...spot, lean };
    const order = bySuitability(sampling, here, hint);
    for (const candidate of resolveChoices(sampling.view, flat, order)) {
      try {
        const value = buildTyped(sampling, candidate, enter(candidate, here), hint, build);
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
