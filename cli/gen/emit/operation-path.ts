/** A document's path key -> the template of a route, the pieces of a target, and a query that belongs to the key. */
import type { ParameterPlan, PathPiece } from "./plan-types.ts";

export interface OperationPath {
  /** Without query and fragment. */
  readonly template: string;
  readonly pieces: readonly PathPiece[];
  /** Without `?`. */
  readonly fixedQuery?: string;
}

/** Splits a path key. `plan` gives the plan of a path parameter. `#...` tells operations apart, and is never sent. */
export function splitPath(key: string, plan: (name: string) => ParameterPlan): OperationPath {
  const [whole = ""] = splitOutside(key, "#");
  const [template = "", query] = splitOutside(whole, "?");
  const pieces = template.split(/(\{[^{}]*\})/).flatMap((text): PathPiece[] => {
    if (text === "") return [];
    return /^\{[^{}]*\}$/.test(text) ? [plan(text.slice(1, -1))] : [encodeLiteral(text)];
  });
  return { template, pieces, ...(query ? { fixedQuery: encodeLiteral(query) } : {}) };
}

/** At the first occurrence outside of braces. */
function splitOutside(text: string, mark: string): [string, string?] {
  let depth = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === "{") depth += 1;
    else if (character === "}") depth = Math.max(0, depth - 1);
    else if (character === mark && depth === 0) {
      const characters = [...text];
      return [characters.slice(0, at).join(""), characters.slice(at + 1).join("")];
    }
  }
  return [text];
}

/** Percent-encodes what may not stand in a path or query (RFC 3986 §3.3, §3.4); what is encoded already stays. */
function encodeLiteral(text: string): string {
  return text.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]/gu, (character) => {
    return /\p{Surrogate}/u.test(character) ? "%EF%BF%BD" : encodeURIComponent(character);
  });
}
