/** Finds the parts of an answer, and copies just the objects and arrays on the way to them. */
import { appendPointer } from "../core/json-pointer.ts";

/** A function in an answer: called once, without arguments, for the value of its field. */
export type Part = () => unknown;

/** An object or array that holds parts, at any depth. Absent where there are none: most of an answer. */
export interface PartHolder {
  readonly container: object;
  readonly slots: readonly PartSlot[];
}

interface PartSlot {
  readonly key: string | number;
  readonly content: Part | PartHolder;
}

/** Is handed a part, its JSON pointer, and the function that writes its value. */
export type VisitPart = (part: Part, at: string, fill: (value: unknown) => void) => void;

/**
 * Where the parts of a value are; undefined when it has none. Looks into arrays and plain objects only: instances of
 * classes are data. A promise counts as a part that has been started already.
 *
 * Runs over every answer whole, so it allocates nothing where there is nothing to find.
 */
export function findParts(value: unknown): PartHolder | undefined {
  try {
    const found = partOf(value);
    return typeof found === "function" ? undefined : found;
  } catch (error) {
    const isOverflow = error instanceof RangeError && /call stack/.test(error.message);
    throw isOverflow ? new RangeError(ENDLESS, { cause: error }) : error;
  }
}

/** So that no promise in an answer whose parts are never started is rejected unhandled. */
export function lookAfterPromises(value: unknown): void {
  try {
    partOf(value);
  } catch {
    // Endless: told when the parts are looked for.
  }
}

const ENDLESS = "the answer refers to itself, or is nested too deep";

function partOf(value: unknown): Part | PartHolder | undefined {
  if (typeof value !== "object") {
    return typeof value === "function" ? (value as Part) : undefined;
  }
  if (value === null) return undefined;
  if (Array.isArray(value)) return findInArray(value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return findInMembers(value);
  if (!(value instanceof Promise)) return undefined;
  // It may fail before anybody waits for it, or when the request is over and nobody ever will.
  value.catch(ignore);
  return () => value;
}

function ignore(): void {}

function findInMembers(container: object): PartHolder | undefined {
  let slots: PartSlot[] | undefined;
  const members = container as Readonly<Record<string, unknown>>;
  // Faster than Object.keys; but it also meets what somebody put on Object.prototype.
  for (const key in members) {
    const content = partOf(members[key]);
    if (content !== undefined && Object.hasOwn(members, key)) {
      slots ??= [];
      slots.push({ key, content });
    }
  }
  return slots === undefined ? undefined : { container, slots };
}

function findInArray(container: readonly unknown[]): PartHolder | undefined {
  let slots: PartSlot[] | undefined;
  for (let key = 0; key < container.length; key += 1) {
    const content = partOf(container[key]);
    if (content !== undefined) {
      slots ??= [];
      slots.push({ key, content });
    }
  }
  return slots === undefined ? undefined : { container, slots };
}

/**
 * A copy of the answer, every part of which has been handed to `visit`. Everything that holds no part is shared with
 * the original, which is never changed: it may be a service's answer, which other calls of the request were given too.
 */
export function copyAroundParts(holder: PartHolder, pointer: string, visit: VisitPart): unknown {
  const copy: Record<string | number, unknown> = Array.isArray(holder.container)
    ? (holder.container.slice() as never)
    : { ...holder.container };
  for (const { key, content } of holder.slots) {
    const at = appendPointer(pointer, key);
    if (typeof content === "function") {
      visit(content, at, (value) => {
        copy[key] = value;
      });
    } else {
      copy[key] = copyAroundParts(content, at, visit);
    }
  }
  return copy;
}
