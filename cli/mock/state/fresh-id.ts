/** An id for a new object: the next number where ids are numbered, else a sampled one that is free. */
import { sampleValue } from "../sample/sample-value.ts";
import { conforms } from "../schema/conforms.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import type { Collection } from "./collections.ts";
import type { Resource } from "./find-resources.ts";
import { attempt } from "./seed-items.ts";

/** Ids tried before one is taken twice: an enumeration may be used up. */
const TRIES = 200;

export function freshId(
  view: SchemaView,
  resource: Resource,
  collection: Collection,
  seed: number,
): unknown {
  const { idSchema, collection: path, idProperty } = resource;
  const cleaned = view.of(idSchema);
  const next = nextNumber(collection.all().map((item) => item[idProperty]));
  if (next !== undefined && conforms(view, cleaned, next) && isFree(collection, next)) return next;
  const first = collection.all().length + 1;
  let id: unknown = first;
  for (let count = first; count < first + TRIES; count += 1) {
    const options = { seed, at: `id ${path} ${count}`, name: idProperty, useExamples: false };
    id = attempt(() => sampleValue(view, idSchema, options)) ?? count;
    if (isFree(collection, id)) break;
  }
  return id;
}

export function isFree(collection: Collection, id: unknown): boolean {
  return collection.get(String(id)) === undefined && !collection.isRemoved(String(id));
}

/** After `o-1001`, `o-1002`: `o-1003`. Undefined where ids do not all end in a short number behind one text. */
function nextNumber(ids: readonly unknown[]): unknown {
  const found = ids.map((id) => /^(.*?)(\d{1,12})$/.exec(String(id)));
  const [prefix] = found.map((match) => match?.[1]);
  if (prefix === undefined || found.some((match) => match?.[1] !== prefix)) return undefined;
  const highest = Math.max(...found.map((match) => Number(match?.[2])));
  return ids.every((id) => typeof id === "number") ? highest + 1 : `${prefix}${highest + 1}`;
}
