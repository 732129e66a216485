/** The ways through the `oneOf`s and `anyOf`s of a schema: flat schemas with one branch of each merged in. */
import type { Schema } from "../../gen/model.ts";
import { hash } from "../random.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import { absorb, type Choice, type FlatSchema, flatten, withoutChoices } from "./flat-schema.ts";
import type { Sampling, Spot } from "./sampling.ts";

/** Ways tried at most; a schema with more choices than this has been given a fair chance. */
const WAYS = 64;

/** Puts the branches of a choice in the order in which they are tried. */
export type Order = (choice: Choice) => readonly Schema[];

const inDocumentOrder: Order = ({ branches }) => branches;

/** Yields flat schemas without choices. */
export function* resolveChoices(
  view: SchemaView,
  flat: FlatSchema,
  order: Order = inDocumentOrder,
): Iterable<FlatSchema> {
  let left = WAYS;
  for (const way of walk(view, flat, order)) {
    yield way;
    left -= 1;
    if (left === 0) return;
  }
}

function* walk(view: SchemaView, flat: FlatSchema, order: Order): Iterable<FlatSchema> {
  const [choice, ...rest] = flat.choices;
  if (choice === undefined) {
    if (!flat.impossible) yield flat;
    return;
  }
  for (const branch of order(choice)) {
    const next = withoutChoices(flat);
    next.choices.push(...rest);
    absorb(next, branch, view);
    if (!next.impossible) yield* walk(view, next, order);
  }
}

/** For samples: branches that the hint fits first, then by chance; lean: those that end soonest; `null` last unless lean. */
export function bySuitability(sampling: Sampling, spot: Spot, hint: unknown): Order {
  return ({ branches }) => {
    const start = (hash(spot.at, sampling.seed) + spot.attempt) % branches.length;
    const turned = [...branches.slice(start), ...branches.slice(0, start)];
    const ranked = turned.map((branch) => {
      const matches = hint !== undefined && conforms(sampling.view, branch, hint);
      return { branch, rank: matches ? -1 : weight(sampling, branch, spot.lean) };
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ branch }) => branch);
  };
}

/** How far a branch is from an end. */
function weight(sampling: Sampling, branch: Schema, lean: boolean): number {
  const flat = flatten(sampling.view, branch);
  const types = flat.types ?? [];
  const isNull = types.length === 1 && types[0] === "null";
  if (!lean) return isNull ? 1 : 0;
  if (isNull) return 0;
  return types.includes("object") || flat.layers.length > 0 ? 3 : types.includes("array") ? 2 : 1;
}
