/** JSON pointers (RFC 6901): how a place inside a JSON value is named. */

/** Escapes one reference token (RFC 6901 §3): `~` is `~0`, `/` is `~1`. */
export function escapePointer(token: PropertyKey): string {
  const text = String(token);
  return /[~/]/.test(text) ? text.replaceAll("~", "~0").replaceAll("/", "~1") : text;
}

/** The pointer of a member or an element of what `pointer` points at. */
export function appendPointer(pointer: string, token: PropertyKey): string {
  return `${pointer}/${typeof token === "number" ? token : escapePointer(token)}`;
}

/** The pointer that these tokens make: `["body", "lines", 0]` is `/body/lines/0`. */
export function formatPointer(tokens: Iterable<PropertyKey>): string {
  let pointer = "";
  for (const token of tokens) pointer = appendPointer(pointer, token);
  return pointer;
}

/**
 * The reference tokens of a pointer.
 * @throws RangeError when the text is not a JSON pointer.
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) {
    throw new RangeError(`"${pointer}" is not a JSON pointer: it is empty or begins with "/"`);
  }
  // RFC 6901 §4: first ~1, then ~0, so that "~01" becomes "~1".
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
