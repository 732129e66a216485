/** Where a text stops being JSON that can be read (RFC 8259): engines word it differently, and often leave out the place. */
import type { JsonLimits } from "../core/json-limits.ts";

export interface JsonFault {
  /** It is no JSON from there on, or it goes beyond a limit there. */
  readonly kind: "syntax" | "depth" | "items" | "number";
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

const NONE: JsonLimits = {
  depth: Number.POSITIVE_INFINITY,
  items: Number.POSITIVE_INFINITY,
};

const SPACE = /[ \t\n\r]*/y;
/** Unrolled, so that V8 keeps no way back for every character: a text can be longer than its stack. */
const STRING_BEGIN =
  /"[\x20\x21\x23-\x5b\x5d-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[\x20\x21\x23-\x5b\x5d-\uffff]*)*/y;
const STRING = new RegExp(`${STRING_BEGIN.source}"`, "y");
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next. `key!` and `value!`: after a comma, where a closing bracket may not stand. */
type Expected = "value" | "value!" | "key" | "key!" | "colon" | "comma" | "end";

const INTEGER = /^-?\d+$/;

/** Whether a scalar is a number that is read as Infinity. Integers are not: they keep their digits. */
function isTooLarge(token: string): boolean {
  return Math.abs(Number(token)) === Number.POSITIVE_INFINITY && !INTEGER.test(token);
}

/**
 * The first fault of a text that is refused for its syntax, for what is beyond the limits, or for a number beyond a double.
 * A list of its own stands in for the call stack.
 */
export function findJsonFault(text: string, limits: JsonLimits = NONE): JsonFault {
  let kind: JsonFault["kind"] = "syntax";
  const open: ("[" | "{")[] = [];
  /** How many members each of them has so far, but for the first. */
  const commas: number[] = [];
  let at = 0;
  let expected: Expected = "value!";
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const after = (): Expected => (open.length === 0 ? "end" : "comma");
  for (;;) {
    take(SPACE);
    const begin = at;
    const unit = text[at];
    if (unit === undefined) break;
    const isClosing = unit === (open.at(-1) === "[" ? "]" : "}") && open.length > 0;
    if (isClosing && (expected === "comma" || expected === "key" || expected === "value")) {
      open.pop();
      commas.pop();
      at++;
      expected = after();
    } else if (expected === "colon" && unit === ":") {
      at++;
      expected = "value!";
    } else if (expected === "comma" && unit === ",") {
      const members = (commas.pop() ?? 0) + 1;
      if (open.at(-1) === "[" && members >= limits.items) {
        kind = "items";
        break;
      }
      commas.push(members);
      at++;
      expected = open.at(-1) === "[" ? "value!" : "key!";
    } else if ((expected === "key" || expected === "key!") && take(STRING)) {
      expected = "colon";
    } else if ((expected === "value" || expected === "value!") && (unit === "[" || unit === "{")) {
      if (open.length >= limits.depth) {
        kind = "depth";
        break;
      }
      open.push(unit);
      commas.push(0);
      at++;
      expected = unit === "[" ? "value" : "key";
    } else if ((expected === "value" || expected === "value!") && take(STRING)) {
      expected = after();
    } else if ((expected === "value" || expected === "value!") && take(SCALAR)) {
      if (isTooLarge(text.slice(begin, at))) {
        kind = "number";
        at = begin;
        break;
      }
      expected = after();
    } else {
      // A string that breaks off is at fault where it breaks, not where it begins.
      if (unit === '"' && expected !== "colon" && expected !== "comma" && expected !== "end")
        take(STRING_BEGIN);
      break;
    }
  }
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { kind, line, column: at - before.lastIndexOf("\n") };
}
