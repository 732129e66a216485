/** Finds where a text stops being JSON (RFC 8259): the messages of `JSON.parse` say so in some versions of Node only. */

/** What may come next. */
type State = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

const SPACE = /[ \t\r\n]*/y;
// Control characters must be escaped (RFC 8259 §7).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The offset of the first mistake; the length of the text where it ends too early; `undefined`: it is JSON. */
export function findJsonError(text: string): number | undefined {
  const open: ("{" | "[")[] = [];
  let state: State = "value";
  let at = 0;

  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };

  for (;;) {
    match(SPACE);
    if (open.length === 0 && state === "comma or end") return at === text.length ? undefined : at;
    const char = text.charAt(at);
    if (char === (open.at(-1) === "{" ? "}" : "]") && state.endsWith("or end") && open.length > 0) {
      open.pop();
      at += 1;
      state = "comma or end";
    } else if (state === "comma or end" || state === "colon") {
      if (char !== (state === "colon" ? ":" : ",")) return at;
      at += 1;
      state = state === "comma or end" && open.at(-1) === "{" ? "key" : "value";
    } else if (state === "key" || state === "key or end") {
      if (!match(STRING)) return at;
      state = "colon";
    } else if (char === "{" || char === "[") {
      open.push(char);
      at += 1;
      state = char === "{" ? "key or end" : "value or end";
    } else {
      if (!match(STRING) && !match(SCALAR)) return at;
      state = "comma or end";
    }
  }
}
