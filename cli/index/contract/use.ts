/** What is used of a body: a tree of fields. */
import { parsePointer } from "../../gen/read/pointer.ts";

/** `*` stands for any item, and for any key that has no name of its own. */
export interface Use {
  /** Everything below, too. */
  whole: boolean;
  readonly below: Map<string, Use>;
}

export function noUse(): Use {
  return { whole: false, below: new Map() };
}

// A block comment would end in the middle of this: `/lines/*/sku`.
/** Adds the place at a path, with all that is below it. `""` is the whole body. */
export function useField(use: Use, field: string): void {
  let at = use;
  for (const step of parsePointer(field) ?? []) {
    const next = at.below.get(step) ?? noUse();
    at.below.set(step, next);
    at = next;
  }
  at.whole = true;
}

/** Adds all of `other`; false: nothing of it was new. */
export function mergeUse(use: Use, other: Use): boolean {
  if (use.whole) return false;
  let isChanged = other.whole;
  use.whole = other.whole;
  for (const [step, below] of other.below) {
    const known = use.below.get(step);
    if (known === undefined) use.below.set(step, copyOf(below));
    isChanged = known === undefined || mergeUse(known, below) || isChanged;
  }
  return isChanged;
}

function copyOf({ whole, below }: Use): Use {
  return { whole, below: new Map([...below].map(([step, one]) => [step, copyOf(one)])) };
}
