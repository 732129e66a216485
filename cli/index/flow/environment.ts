/** The variables of one activation of a function, and of a module. */
import type ts from "typescript";
import { NOTHING, union, type Value } from "./value.ts";

export interface Environment {
  readonly key: string;
  readonly parent?: Environment;
  readonly cells: Map<ts.Symbol, Value>;
}

/** Counts whether anything is known that was not known before: the analysis ends when nothing is. */
export interface Progress {
  changed: boolean;
}

/** What a variable may hold: all that it is ever assigned. Undefined: it is no variable of these environments. */
export function lookUp(environment: Environment, symbol: ts.Symbol): Value | undefined {
  return ownerOf(environment, symbol)?.cells.get(symbol);
}

/** Declares a variable, or adds to it. */
export function declare(
  { cells }: Environment,
  symbol: ts.Symbol,
  value: Value,
  progress: Progress,
): void {
  const before = cells.get(symbol);
  const after = grown(before ?? NOTHING, value, progress);
  if (before === undefined || after !== before) cells.set(symbol, after);
}

/** Adds to a variable, wherever it was declared. */
export function assign(
  environment: Environment,
  symbol: ts.Symbol,
  value: Value,
  progress: Progress,
): boolean {
  const owner = ownerOf(environment, symbol);
  if (owner !== undefined) declare(owner, symbol, value, progress);
  return owner !== undefined;
}

/** The union; tells when it is more than before. */
export function grown(before: Value, more: Value, progress: Progress): Value {
  for (const key of more.keys()) {
    if (before.has(key)) continue;
    progress.changed = true;
    return union(before, more);
  }
  return before;
}

function ownerOf(environment: Environment, symbol: ts.Symbol): Environment | undefined {
  let at: Environment | undefined = environment;
  while (at !== undefined && !at.cells.has(symbol)) at = at.parent;
  return at;
}
