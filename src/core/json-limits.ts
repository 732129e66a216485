/** What is read of JSON and what is not, though it is JSON (RFC 8259 §6, §9): how deep it nests, how long its lists and how large its numbers are. */

/** A text is JSON, but beyond what is read here. The message is the rest of a sentence: "the body ...". */
export class JsonLimitError extends SyntaxError {
  override readonly name = "JsonLimitError";
}

export interface JsonLimits {
  /** Lists and records within each other. */
  readonly depth: number;
  /** Members of one list. */
  readonly items: number;
}

/**
 * Of what services answer. Nobody nests so deep on purpose, and whoever recurses over what was read (schemas, parts,
 * `JSON.stringify`) has stack for several times as many; lists are as long as an answer may be.
 */
export const ANSWER_LIMITS: JsonLimits = { depth: 512, items: Number.POSITIVE_INFINITY };

/**
 * Looks at what `JSON.parse` gave: at the text it would cost ten times as much.
 * @throws JsonLimitError for what is beyond a limit, and for a number beyond a double (`1e400`), which is read as Infinity
 * and would be written as `null`.
 */
export function checkJsonLimits(value: unknown, limits: JsonLimits): void {
  if (typeof value === "object" && value !== null) checkMembers(value, 0, limits);
  else if (typeof value === "number" && !Number.isFinite(value)) throw tooLarge();
}

/** Written out for lists and records, without a function for their members: every answer comes through here. */
function checkMembers(container: object, depth: number, limits: JsonLimits): void {
  if (depth === limits.depth) {
    // An exact integer is an object without members.
    if (container instanceof Number) return;
    throw new JsonLimitError(`is nested deeper than ${limits.depth} levels`);
  }
  if (Array.isArray(container)) {
    if (container.length > limits.items) {
      throw new JsonLimitError(`has a list of more than ${limits.items} items`);
    }
    for (let index = 0; index < container.length; index++) {
      const member: unknown = container[index];
      if (typeof member === "object") {
        if (member !== null) checkMembers(member, depth + 1, limits);
      } else if (typeof member === "number" && !Number.isFinite(member)) throw tooLarge();
    }
    return;
  }
  const members = container as Readonly<Record<string, unknown>>;
  // Three times as fast as Object.keys.
  for (const key in members) {
    const member = members[key];
    if (typeof member === "object") {
      if (member !== null) checkMembers(member, depth + 1, limits);
    } else if (typeof member === "number" && !Number.isFinite(member)) throw tooLarge();
  }
}

function tooLarge(): JsonLimitError {
  return new JsonLimitError("has a number beyond 1.8e308, the largest that a double holds");
}
