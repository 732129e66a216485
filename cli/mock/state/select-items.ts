/** Which objects of a collection a list shows: those that the query and the path ask for, page by page. */
import type { Item } from "./collections.ts";
import { plain } from "./json-shapes.ts";

const SIZES = new Set(["limit", "perpage", "pagesize", "size", "maxresults", "first"]);

/**
 * A parameter that is called like a property asks for objects with that value; a list, or a name in the plural
 * (`ids`), for any of several values.
 */
export function selectItems(
  items: readonly Item[],
  asked: Readonly<Record<string, unknown>>,
): Item[] {
  const tests = Object.entries(asked).map(([name, value]) => testOf(plain(name), value));
  return items.filter((item) => tests.every((test) => test(item)));
}

function testOf(name: string, asked: unknown): (item: Item) => boolean {
  const values = Array.isArray(asked) ? asked : [asked];
  if (values.some((value) => typeof value === "object" || value === "asc" || value === "desc"))
    return () => true;
  const wanted = new Set(values.map(String));
  return (item) => {
    const property = Object.keys(item).find(
      (key) => plain(key) === name || (Array.isArray(asked) && `${plain(key)}s` === name),
    );
    const own = property === undefined ? undefined : item[property];
    return typeof own !== "string" && typeof own !== "number" && typeof own !== "boolean"
      ? true
      : wanted.has(String(own));
  };
}

/** The page that `limit`, `offset` and `page` (counted from 1) and their like ask for. */
export function pageOf(items: readonly Item[], query: Readonly<Record<string, unknown>>): Item[] {
  const numbers = new Map(
    Object.entries(query)
      .filter(([, value]) => Number.isInteger(value) && (value as number) >= 0)
      .map(([name, value]) => [plain(name), value as number]),
  );
  const size = [...numbers].find(([name]) => SIZES.has(name))?.[1];
  if (size === undefined || size === 0) return [...items];
  const page = numbers.get("page");
  const start =
    numbers.get("offset") ??
    numbers.get("skip") ??
    (page === undefined || page === 0 ? 0 : (page - 1) * size);
  return items.slice(start, start + size);
}
