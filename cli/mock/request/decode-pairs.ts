/** Reads values out of `name=value` pairs: queries, forms and cookies (OpenAPI 3.1 §4.8.12.4). */
import { decodeDelimited, type Shape, splitPair } from "./decode-style.ts";
import {
  type Decode,
  decodePercent,
  type RawRecord,
  type RawValue,
  rawRecord,
} from "./raw-value.ts";

/** Names decoded, values as they stand. */
export type Pairs = readonly (readonly [name: string, text: string])[];

/** Splits a query or a form. A name that cannot be decoded is kept as it is. */
export function queryPairs(query: string): Pairs {
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map(splitPair)
    .map(([name, text]) => [decodePercent(name.replaceAll("+", " ")) ?? name, text]);
}

export interface PairStyle {
  readonly name: string;
  readonly style: string;
  readonly explode: boolean;
}

/**
 * The value of one parameter; undefined where the pairs do not hold it.
 *
 * @param isMember whether a pair of this name can be a property of an exploded record.
 */
export function decodePairs(
  pairs: Pairs,
  { name, style, explode }: PairStyle,
  shape: Shape,
  decode: Decode,
  isMember: (name: string) => boolean,
): RawValue | undefined {
  if (style === "deepObject") return decodeDeep(pairs, name, decode);
  const own = pairs.filter(([key]) => key === name).map(([, text]) => text);
  if (explode && shape === "record") {
    const members = pairs.filter(([key]) => isMember(key));
    if (members.length > 0) return rawRecord(members.map(([key, text]) => [key, decode(text)]));
  }
  const [first] = own;
  if (first === undefined) return undefined;
  if (explode) return shape === "list" || own.length > 1 ? own.map(decode) : decode(first);
  // Not exploded, and yet repeated: taken as a list, so that the schema can say what is wrong.
  return own.length > 1 ? own.map(decode) : decodeDelimited(first, style, shape, decode);
}

/** Style `deepObject`, at any depth: `a[b]=1`, `a[b][c]=1`, `a[]=1`, `a[0]=1`, and a plain `a=1`. */
export function decodeDeep(pairs: Pairs, name: string, decode: Decode): RawValue | undefined {
  const root: RawRecord = rawRecord();
  let found = false;
  for (const [key, text] of pairs) {
    const path =
      key === name ? [] : key.startsWith(`${name}[`) ? deepPath(key.slice(name.length)) : undefined;
    if (path === undefined) continue;
    found = true;
    insert(root, [name, ...path], decode(text));
  }
  return found ? foldLists(root[name] ?? "") : undefined;
}

/** `[b][c]` -> `b`, `c`; undefined where brackets are not closed. */
function deepPath(text: string): string[] | undefined {
  if (!/^(?:\[[^[\]]*\])+$/.test(text)) return undefined;
  return [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, key = ""]) => key);
}

function insert(root: RawRecord, path: readonly string[], value: string): void {
  let node = root;
  for (const [index, key] of path.entries()) {
    const last = index === path.length - 1;
    const before = node[key];
    if (last) {
      node[key] =
        before === undefined
          ? value
          : Array.isArray(before)
            ? [...before, value]
            : typeof before === "string"
              ? [before, value]
              : before;
      return;
    }
    const next: RawRecord =
      before !== undefined && typeof before === "object" && !Array.isArray(before)
        ? (before as RawRecord)
        : rawRecord();
    node[key] = next;
    node = next;
  }
}

/** Records whose names are numbers, or that have one nameless member, are lists. */
function foldLists(value: RawValue): RawValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const entries = Object.entries(value as RawRecord);
  if (entries.length === 1 && entries[0]?.[0] === "")
    return [entries[0][1]].flat().map((item) => foldLists(item as RawValue));
  return rawRecord(entries.map(([key, item]) => [key, foldLists(item)]));
}
