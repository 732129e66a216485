/** Which key each named schema gets in the model. */
import { byCodePoint } from "../../emit/by-code-point.ts";
import { wordsOf } from "../../name/words.ts";
import { parsePointer } from "../../read/pointer.ts";
import type { SourceFile } from "../../read/source-file.ts";
import type { SchemaShelf, Target } from "./schema-shelf.ts";

/** Says nothing about what a schema is. */
const NOISE: ReadonlySet<string> = new Set([
  "components",
  "schemas",
  "definitions",
  "$defs",
  "paths",
  "content",
  "schema",
  "properties",
  "responses",
  "parameters",
  "headers",
  "requestBodies",
]);

/**
 * A component of the root document keeps its name. Everything else gets a name made of the place where it stands, and
 * a number where that is taken; components come first, the others by file and pointer.
 * @param reserved every component of the root document, reachable or not: reaching one more renames nothing
 */
export function nameTargets(
  targets: readonly Target[],
  root: SourceFile,
  reserved: Iterable<string>,
): Map<Target, string> {
  const keys = new Map<Target, string>();
  const taken = new Set<string>(reserved);
  const derived: { target: Target; order: string }[] = [];
  for (const target of targets) {
    const component =
      target.key ?? (target.at.file === root ? componentName(target.at.pointer) : undefined);
    if (component !== undefined) keys.set(target, component);
    else derived.push({ target, order: `${target.at.file.name}#${target.at.pointer}` });
  }
  derived.sort((a, b) => byCodePoint(a.order, b.order));
  for (const { target } of derived) keys.set(target, freeName(derivedName(target, root), taken));
  return keys;
}

/**
 * `components.schemas.Order: { $ref: "./order.yaml" }`: the file's schema is called Order, also where other files refer
 * to it directly. Of several such components the first one lends its name.
 */
export function lendKeys(shelf: SchemaShelf, root: SourceFile): void {
  const aliases: { name: string; alias: Target; target: Target }[] = [];
  for (const alias of shelf.targets) {
    const name = alias.at.file === root ? componentName(alias.at.pointer) : undefined;
    const isBare = typeof alias.schema === "object" && Object.keys(alias.schema).length === 1;
    const target =
      isBare && typeof alias.schema === "object" ? shelf.linked(alias.schema) : undefined;
    if (name !== undefined && target !== undefined && target.at.file !== root)
      aliases.push({ name, alias, target });
  }
  aliases.sort((a, b) => byCodePoint(a.name, b.name));
  for (const { name, alias, target } of aliases) {
    target.key ??= name;
    shelf.redirect(alias, target);
  }
}

/** The first of `name`, `name2`, `name3`... that is free; it is taken then. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
  taken.add(free);
  return free;
}

/** `#/components/schemas/Order` and `#/definitions/Order` are `Order`. */
export function componentName(pointer: string): string | undefined {
  const segments = parsePointer(pointer) ?? [];
  const [first, second, third] = segments;
  if (segments.length === 3 && first === "components" && second === "schemas") return third;
  return segments.length === 2 && first === "definitions" ? second : undefined;
}

function derivedName({ at }: Target, root: SourceFile): string {
  const segments = parsePointer(at.pointer) ?? [];
  const component = componentName(at.pointer);
  if (component !== undefined) return component;
  const words = segments
    .filter((segment, index) => !NOISE.has(segment) || index === segments.length - 1)
    .filter((segment) => !NOISE.has(segment) && !segment.includes("/json"));
  const inner = pascalCase(words.flatMap(wordsOf));
  if (at.file === root) return inner === "" ? "Schema" : inner;
  if (inner !== "") return inner;
  const base = at.file.name.split("/").pop() ?? "";
  const name = wordsOf(base.replace(/\.(json|ya?ml)$/i, "")).join("_");
  return name === "" ? "Schema" : name;
}

function pascalCase(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
