/** Which key each named schema gets in the model. */
import { byCodePoint } from "../../emit/by-code-point.ts";
import type { SpecificationVersion } from "../../model.ts";
import { wordsOf } from "../../name/words.ts";
import { parsePointer } from "../../read/pointer.ts";
import { isRecord, own } from "../../read/raw.ts";
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
 * a number where that is taken; components come first, reachable or not, so that reaching one more renames nothing; the
 * others by file and pointer.
 */
export function nameTargets(targets: readonly Target[], root: RootComponents): Map<Target, string> {
  const keys = new Map<Target, string>();
  const taken = takenNames(root.names);
  const derived: { target: Target; order: string }[] = [];
  for (const target of targets) {
    const component = target.key ?? nameInRoot(target, root);
    if (component !== undefined) keys.set(target, component);
    else derived.push({ target, order: `${target.at.file.name}#${target.at.pointer}` });
  }
  derived.sort((a, b) => byCodePoint(a.order, b.order));
  for (const { target } of derived) {
    keys.set(target, freeName(derivedName(target, root.file), taken));
  }
  return keys;
}

/**
 * `components.schemas.Order: { $ref: "./order.yaml" }`: the file's schema is called Order, also where other files refer
 * to it directly. Of several such components the first one lends its name.
 */
export function lendKeys(shelf: SchemaShelf, root: RootComponents): void {
  const aliases: { name: string; alias: Target; target: Target }[] = [];
  for (const alias of shelf.targets) {
    const name = nameInRoot(alias, root);
    const { schema } = alias;
    const isBare = typeof schema === "object" && Object.keys(schema).length === 1;
    const target = isBare ? shelf.linked(schema) : undefined;
    if (name !== undefined && target !== undefined && target.at.file !== root.file) {
      aliases.push({ name, alias, target });
    }
  }
  aliases.sort((a, b) => byCodePoint(a.name, b.name));
  for (const { name, alias, target } of aliases) {
    target.key ??= name;
    shelf.redirect(alias, target);
  }
}

/** Names in use, with the last number that was put behind each. */
export type TakenNames = Map<string, number>;

export function takenNames(names: Iterable<string>): TakenNames {
  return new Map([...names].map((name) => [name, 1]));
}

/** The first of `name`, `name2`, `name3`... that is free; it is taken then. */
export function freeName(name: string, taken: TakenNames): string {
  let free = name;
  let number = taken.get(name) ?? 1;
  while (taken.has(free)) {
    number += 1;
    free = `${name}${number}`;
  }
  taken.set(name, number);
  taken.set(free, Math.max(1, taken.get(free) ?? 1));
  return free;
}

/** `#/components/schemas/Order` and `#/definitions/Order` are `Order`, in any file. */
export function componentName(pointer: string): string | undefined {
  const segments = parsePointer(pointer) ?? [];
  const [first, second, third] = segments;
  if (segments.length === 3 && first === "components" && second === "schemas") return third;
  return segments.length === 2 && first === "definitions" ? second : undefined;
}

/** The components of a root document: where they stand depends on its version. */
export interface RootComponents {
  readonly file: SourceFile;
  /** The pointer of the object that holds them. */
  readonly pointer: "/components/schemas" | "/definitions";
  readonly names: readonly string[];
}

export function rootComponents(
  file: SourceFile,
  specification: SpecificationVersion,
): RootComponents {
  const root = isRecord(file.value) ? file.value : {};
  const is2 = specification === "2.0";
  const components = is2 ? root : own(root, "components");
  const schemas = isRecord(components)
    ? own(components, is2 ? "definitions" : "schemas")
    : undefined;
  const names = isRecord(schemas) ? Object.keys(schemas) : [];
  return { file, pointer: is2 ? "/definitions" : "/components/schemas", names };
}

function nameInRoot({ at }: Target, { file, pointer }: RootComponents): string | undefined {
  const isThere = at.file === file && at.pointer.startsWith(`${pointer}/`);
  return isThere ? componentName(at.pointer) : undefined;
}

function derivedName({ at }: Target, root: SourceFile): string {
  const component = componentName(at.pointer);
  if (component !== undefined) return component;
  const words = (parsePointer(at.pointer) ?? [])
    .filter((segment) => !NOISE.has(segment) && !segment.includes("/json"))
    .flatMap(wordsOf);
  if (words.length > 0) return pascalCase(words);
  if (at.file === root) return "Schema";
  const base = at.file.name.split("/").pop() ?? "";
  const name = wordsOf(base.replace(/\.(json|ya?ml)$/i, "")).join("_");
  return name === "" ? "Schema" : name;
}

function pascalCase(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
