/** Where a schema stands, as far as its `$ref`s need to know (JSON Schema 2020-12 core §8.2). */
import { createRecord, isRecord, own, type RawRecord } from "../../read/raw.ts";
import { isMiss, type Located, type Miss, type Resolver } from "../../read/resolve.ts";
import type { SourceFile } from "../../read/source-file.ts";

export interface SchemaScope {
  readonly file: SourceFile;
  /** The nearest schema around that has an `$id` or definitions of its own, and the scope around it. */
  readonly base?: { readonly node: RawRecord; readonly outer: SchemaScope };
}

export function enterScope(scope: SchemaScope, schema: RawRecord): SchemaScope {
  const opens =
    Object.hasOwn(schema, "$id") ||
    Object.hasOwn(schema, "$defs") ||
    Object.hasOwn(schema, "definitions");
  return opens && scope.base?.node !== schema
    ? { file: scope.file, base: { node: schema, outer: scope } }
    : scope;
}

/** What the `$ref` of a schema leads to, and the scope there. */
export function resolveInScope(
  ref: string,
  scope: SchemaScope,
  resolver: Resolver,
): { readonly at: Located; readonly scope: SchemaScope } | Miss {
  const named = findNamed(ref, scope.file);
  if (named !== undefined) return { at: named, scope: { file: scope.file } };
  const found = resolver.resolve(ref, scope.file);
  if (!isMiss(found))
    return {
      at: found,
      scope: found.file === scope.file ? outermost(scope, found) : { file: found.file },
    };
  // `#/$defs/x` counts from the schema with the `$id`; many documents leave the `$id` out.
  if (!ref.startsWith("#/")) return found;
  for (let base = scope.base; base !== undefined; base = base.outer.base) {
    const pointer = scope.file.pointerOf(base.node);
    if (pointer === undefined) continue;
    const inner = resolver.resolve(`#${encodeURI(pointer)}${ref.slice(1)}`, scope.file);
    if (!isMiss(inner)) return { at: inner, scope: { file: scope.file, base } };
  }
  return found;
}

/** A target outside of the base must not look for definitions in it. */
function outermost(scope: SchemaScope, found: Located): SchemaScope {
  const base = scope.base === undefined ? undefined : scope.file.pointerOf(scope.base.node);
  return base !== undefined && found.pointer.startsWith(`${base}/`) ? scope : { file: scope.file };
}

const NAMES = new WeakMap<SourceFile, Record<string, RawRecord>>();

/** By `$anchor`, `$dynamicAnchor` or `$id`. The file is searched only when a `$ref` looks like one of them. */
function findNamed(ref: string, file: SourceFile): Located | undefined {
  const isAnchor = ref.startsWith("#") && ref.length > 1 && !ref.startsWith("#/");
  const isAddress = !ref.startsWith("#") && /^[a-z][a-z0-9+.-]*:/i.test(ref);
  if (!isAnchor && !isAddress) return undefined;
  let names = NAMES.get(file);
  if (names === undefined) {
    names = collectNames(file.value);
    NAMES.set(file, names);
  }
  const value = names[ref];
  return value === undefined ? undefined : { value, file, pointer: file.pointerOf(value) ?? "" };
}

function collectNames(root: unknown): Record<string, RawRecord> {
  const names = createRecord<RawRecord>();
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const node = queue.pop();
    if (Array.isArray(node)) for (const child of node) queue.push(child);
    if (!isRecord(node)) continue;
    for (const [keyword, prefix] of [
      ["$id", ""],
      ["$anchor", "#"],
      ["$dynamicAnchor", "#"],
    ] as const) {
      const name = own(node, keyword);
      if (typeof name === "string") names[prefix + name] ??= node;
    }
    for (const child of Object.values(node)) if (typeof child === "object") queue.push(child);
  }
  return names;
}
