/** The syntax of the `Forwarded` field (RFC 7239 §4), read from its end: what proxies have added stands last. */

/** Where the last element before `end` begins. Commas within quotes separate nothing. */
export function lastElement(text: string, end: number): number {
  let isQuoted = false;
  for (let at = end - 1; at >= 0; at--) {
    const character = text[at];
    if (character === '"' && !isEscaped(text, at)) isQuoted = !isQuoted;
    else if (character === "," && !isQuoted) return at + 1;
  }
  return 0;
}

/** RFC 9110 §5.6.4: an odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && text[before] === "\\") before--;
  return (at - 1 - before) % 2 === 1;
}

const PAIR =
  /[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+)|"((?:[^"\\]|\\.)*)")[ \t]*(?:;|$)/y;

/** Its parameters, names in lower case; undefined: it is malformed, or has one twice. */
export function parseForwardedElement(text: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(text);
    if (match === null) return undefined;
    const [whole, name = "", token, quoted = ""] = match;
    const key = name.toLowerCase();
    if (parameters.has(key)) return undefined;
    parameters.set(key, token ?? quoted.replace(/\\(.)/g, "$1"));
    at += whole.length;
  }
  return parameters;
}
