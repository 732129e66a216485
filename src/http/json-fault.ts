/** Where a text stops being JSON (RFC 8259): engines word it differently, and often leave out the place. */

export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[\x20\x21\x23-\x5b\x5d-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y;
const STRING_BEGIN = /"(?:[\x20\x21\x23-\x5b\x5d-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next. `key!` and `value!`: after a comma, where a closing bracket may not stand. */
type Expected = "value" | "value!" | "key" | "key!" | "colon" | "comma" | "end";

/** The place of the first fault of a text that `JSON.parse` refuses. A list of its own stands in for the call stack. */
export function findJsonFault(text: string): JsonFault {
  const open: ("[" | "{")[] = [];
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
    const unit = text[at];
    if (unit === undefined) break;
    const isClosing = unit === (open.at(-1) === "[" ? "]" : "}") && open.length > 0;
    if (isClosing && (expected === "comma" || expected === "key" || expected === "value")) {
      open.pop();
      at++;
      expected = after();
    } else if (expected === "colon" && unit === ":") {
      at++;
      expected = "value!";
    } else if (expected === "comma" && unit === ",") {
      at++;
      expected = open.at(-1) === "[" ? "value!" : "key!";
    } else if ((expected === "key" || expected === "key!") && take(STRING)) {
      expected = "colon";
    } else if ((expected === "value" || expected === "value!") && (unit === "[" || unit === "{")) {
      open.push(unit);
      at++;
      expected = unit === "[" ? "value" : "key";
    } else if ((expected === "value" || expected === "value!") && (take(STRING) || take(SCALAR))) {
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
  return { line, column: at - before.lastIndexOf("\n") };
}
