/** Regular expressions of documents: ECMA-262 with `u`, else without, else a pattern that says nothing. */

export interface Pattern {
  test(text: string): boolean;
  /** False: the pattern is not ECMA-262 and every text passes. */
  readonly understood: boolean;
  /** The source: ajv keeps one pattern for each text. */
  toString(): string;
}

const known = new Map<string, Pattern>();

function compile(source: string): Pattern {
  for (const flags of ["u", ""]) {
    try {
      const expression = new RegExp(source, flags);
      return { test: (text) => expression.test(text), understood: true, toString: () => source };
    } catch {
      // Not valid with these flags: `\-` and the like are errors with `u` only.
    }
  }
  return { test: () => true, understood: false, toString: () => source };
}

/** Compiles once a source. Never throws: JSON Schema §6.4 only asks that patterns *should* be ECMA-262. */
export function tolerantPattern(source: string): Pattern {
  const found = known.get(source);
  if (found !== undefined) return found;
  const made = compile(source);
  known.set(source, made);
  return made;
}
