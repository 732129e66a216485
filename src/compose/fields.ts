/** `?fields=order.id,customer,lines.sku`: which fields of an answer are asked for. */
import { problem } from "../core/errors.ts";

/** The fields asked for below a value; undefined: all of it. */
export type FieldTree = ReadonlyMap<string, FieldTree | undefined>;

/** Longer lists are refused: they cost more to read than they save. */
const MAX_LENGTH = 4_096;

/**
 * Reads a comma-separated list of dotted names. Arrays are transparent: `lines.sku` is the `sku` of every line. A name
 * wins over what it contains: `order,order.id` is the whole order.
 *
 * With `known`, a path must begin with one of these names. Without, a name that an answer does not have selects
 * nothing: whether it is optional or misspelt cannot be told from one answer.
 * @throws GatewayError `bad-request` with the pointer `/query/fields`.
 */
export function parseFields(
  text: string | undefined,
  known?: readonly string[],
): FieldTree | undefined {
  if (text === undefined) return undefined;
  if (text.length > MAX_LENGTH) throw wrong(`the list is longer than ${MAX_LENGTH} characters`);
  const tree: MutableTree = new Map();
  for (const path of text.split(",")) {
    const names = path.trim().split(".");
    if (names.includes("")) {
      throw wrong(
        `"${path.trim()}" is not a field: write names and dots, for example order.id,customer`,
      );
    }
    const [first = ""] = names;
    if (known !== undefined && !known.includes(first)) {
      throw wrong(`there is no field "${first}": use ${known.join(", ")}`);
    }
    plant(tree, names);
  }
  return tree;
}

interface MutableTree extends Map<string, MutableTree | undefined> {}

function plant(tree: MutableTree, names: readonly string[]): void {
  let at = tree;
  for (const [index, name] of names.entries()) {
    const below = at.get(name);
    if (below === undefined && at.has(name)) return;
    if (index === names.length - 1) {
      at.set(name, undefined);
    } else {
      const next: MutableTree = below ?? new Map();
      at.set(name, next);
      at = next;
    }
  }
}

function wrong(detail: string): Error {
  return problem("bad-request", { detail, errors: [{ pointer: "/query/fields", detail }] });
}

/**
 * A copy of a value that has only the fields asked for, in the value's own order. A part that is asked for stays a
 * part, and selects from its own answer what is asked for below it; a part that is not is gone, and so never called.
 * Values that have no fields stay as they are.
 */
export function selectFields(value: unknown, fields: FieldTree | undefined): unknown {
  if (fields === undefined) return value;
  if (typeof value === "function") return () => selectLater(value(), fields);
  if (value instanceof Promise) return selectLater(value, fields);
  if (Array.isArray(value)) return value.map((item) => selectFields(item, fields));
  if (typeof value !== "object" || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  // Defined, not assigned: a field may be called `__proto__`.
  const selected: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (fields.has(name)) selected.push([name, selectFields(member, fields.get(name))]);
    else if (member instanceof Promise) member.catch(() => {});
  }
  return Object.fromEntries(selected);
}

function selectLater(result: unknown, fields: FieldTree): unknown {
  return result instanceof Promise
    ? result.then((value) => selectFields(value, fields))
    : selectFields(result, fields);
}
