/** Finds the items of single calls in the answer of a bulk call. */
import { textOfId } from "./single-input.ts";

/** Item by the text of its id; or why the answer cannot be split, to be read after "the answer of listProducts". */
export type SplitAnswer = ReadonlyMap<string, unknown> | string;

/**
 * @param items where the list is; undefined: it is the value itself, or the only list among its members
 * @param key the steps to an item's id
 */
export function splitAnswer(
  value: unknown,
  items: readonly string[] | undefined,
  key: readonly string[],
): SplitAnswer {
  const list = items === undefined ? onlyList(value) : at(value, items);
  if (!Array.isArray(list)) {
    return items === undefined
      ? "is no list and does not have exactly one; name it by items"
      : `has no list ${items.join(".")}`;
  }
  const found = new Map<string, unknown>();
  for (const item of list) {
    const id = textOfId(at(item, key));
    // The first, where a service names one twice.
    if (id !== undefined && !found.has(id)) found.set(id, item);
  }
  // A key that no item has would make every one of them look missing.
  return list.length > 0 && found.size === 0 ? `has no item with ${key.join(".")}` : found;
}

function onlyList(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return undefined;
  const lists = Object.values(value).filter(Array.isArray);
  return lists.length === 1 ? lists[0] : undefined;
}

function at(value: unknown, steps: readonly string[]): unknown {
  let found = value;
  for (const step of steps) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step))
      return undefined;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found;
}
