/** The first objects of a collection: those of the document's examples, else a sampled list. */
import { decodeExample, sampleContent } from "../sample/sample-content.ts";
import { Unsatisfiable } from "../sample/unsatisfiable.ts";
import type { SchemaView } from "../schema/schema-view.ts";
import type { Item } from "./collections.ts";
import { echoOf } from "./echo.ts";
import type { Place } from "./find-lists.ts";
import type { Resource } from "./find-resources.ts";
import { isRecord, jsonOf } from "./json-shapes.ts";
import { selectItems } from "./select-items.ts";

export interface Seeds {
  readonly items: readonly (readonly [string, Item])[];
  /** The document has no examples: the objects are made up. */
  readonly sampled: boolean;
}

/**
 * @param path of the collection, filled in: part of the draw.
 * @param parents the path parameters above the collection.
 */
export function seedItems(
  view: SchemaView,
  resource: Resource,
  path: string,
  parents: Item,
  seed: number,
): Seeds {
  const found = new Map<string, Item>();
  const add = (item: unknown): void => {
    const id = isRecord(item) ? item[resource.idProperty] : undefined;
    if (isRecord(item) && isId(id) && !found.has(String(id))) found.set(String(id), item);
  };
  for (const item of exampleItems(resource)) add(item);
  if (found.size > 0) {
    const kept = selectItems([...found.values()], parents);
    return { sampled: false, items: kept.map((item) => [String(item[resource.idProperty]), item]) };
  }
  const { lists, schema } = resource;
  const list = lists.list ?? lists.search;
  if (list === undefined) return { sampled: true, items: [] };
  const sampled = [
    valueAt(
      list,
      attempt(() => sampleContent(view, list.media, { seed, at: `seed ${path}` })),
    ),
  ].flat();
  const echo = echoOf(view, schema, parents);
  for (const item of sampled) add(isRecord(item) ? { ...item, ...echo } : item);
  return { sampled: true, items: [...found] };
}

/** Objects in the examples of the operations that answer them. What an example creates is not there yet. */
function exampleItems({ operations, lists, item }: Resource): unknown[] {
  const found = (["list", "search"] as const).flatMap((role) => examplesAt(lists[role]).flat());
  found.push(...examplesAt(item?.place));
  if (found.length > 0) return found;
  const media = jsonOf(operations.create);
  return media === undefined ? [] : examplesAt({ ...item?.place, media });
}

/** What the examples of a media type have at a place. */
export function examplesAt(place: Place | undefined): unknown[] {
  return (place?.media.examples ?? []).map((example) => valueAt(place, decodeExample(example)));
}

/** What stands at a place of an answer. */
export function valueAt(place: Place | undefined, value: unknown): unknown {
  if (place?.property === undefined) return value;
  return isRecord(value) ? value[place.property] : undefined;
}

export function attempt(sample: () => unknown): unknown {
  try {
    return sample();
  } catch (error) {
    if (error instanceof Unsatisfiable) return undefined;
    throw error;
  }
}

/** What can be an id; integers beyond 2^53 that keep their digits are `Number` objects. */
export function isId(value: unknown): boolean {
  return (
    (typeof value === "string" && value !== "") ||
    typeof value === "number" ||
    value instanceof Number
  );
}
