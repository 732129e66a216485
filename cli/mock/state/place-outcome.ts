/** Puts what the state knows into the answer of an operation: as the answer itself or as one of its properties. */
import type { Schema } from "../../gen/model.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import type { Outcome } from "./create-state.ts";
import { plain, propertiesOf } from "./json-shapes.ts";

const TOTALS = new Set(["total", "count", "totalcount", "totalitems", "totalresults", "size"]);

/**
 * @param base what the rest of the answer is taken from, for example an example.
 * @returns a hint for the content; undefined where the answer has no place for it.
 */
export function placeOutcome(
  view: SchemaView,
  schema: Schema,
  outcome: Exclude<Outcome, { kind: "missing" }>,
  base: Readonly<Record<string, unknown>>,
): unknown {
  const { resource, role } = outcome.part;
  if (outcome.kind === "list") {
    const property = resource.lists[role]?.property;
    if (property === undefined) return outcome.value;
    const totals = Object.fromEntries(
      propertiesOf(view, schema)
        .filter(([name]) => TOTALS.has(plain(name)))
        .map(([name]) => [name, outcome.total]),
    );
    return { ...base, ...totals, [property]: outcome.value };
  }
  const properties = propertiesOf(view, schema);
  const names = new Set(properties.map(([name]) => name));
  // An answer that names one property of the object is about the object, or about what happened to it.
  if (names.has(resource.idProperty)) return outcome.value;
  const holders = properties.filter(([, property]) =>
    propertiesOf(view, property).some(([name]) => name === resource.idProperty),
  );
  const [holder, ...more] = holders;
  return holder === undefined || more.length > 0
    ? undefined
    : { ...base, [holder[0]]: outcome.value };
}
