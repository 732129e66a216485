/** What the parts of the sampler hand to each other. */
import type { Schema } from "../../gen/model.ts";
import { hash } from "../random.ts";
import type { SchemaView } from "../schema/schema-view.ts";

/** One sample in the making. */
export interface Sampling {
  readonly view: SchemaView;
  readonly seed: number;
  /** Texts that can be written where the sample goes, for example into a path. */
  readonly isSafe: (text: string) => boolean;
  /** Values that the sampler may still make before it only makes what is required. */
  budget: number;
  /** Whether the schemas' own examples and defaults are used. */
  readonly useExamples: boolean;
  /** Lists and records have something in them: forms and queries cannot say "empty". */
  readonly filled: boolean;
}

/** Where a value stands. */
export interface Spot {
  /** Part of the draw: the same place gives the same value. */
  readonly at: string;
  /** The nearest property name. */
  readonly name: string;
  readonly depth: number;
  /** Only what is required: the schema has come round to itself, or there is enough already. */
  readonly lean: boolean;
  /** Components that this value is inside of. */
  readonly inside: readonly string[];
  /** How often this place was tried before. */
  readonly attempt: number;
}

/** Makes a value for a schema. Throws Unsatisfiable where it finds none. */
export type Build = (sampling: Sampling, schema: Schema, spot: Spot, hint: unknown) => unknown;

/** The seed of a place. */
export function seedOf(sampling: Sampling, spot: Spot): number {
  return hash(`${spot.at}#${spot.attempt}`, sampling.seed);
}

/** Whether a value that is known already can be written where the sample goes. */
export function isWritable(sampling: Sampling, value: unknown): boolean {
  if (typeof value === "string") return sampling.isSafe(value);
  if (value === null) return !sampling.filled;
  if (typeof value !== "object") return true;
  const members = Object.values(value);
  if (sampling.filled && members.length === 0) return false;
  return members.every((item) => isWritable(sampling, item));
}
