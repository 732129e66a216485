/** A route's path as find-my-way reads it; text of users and documents never reaches it with a meaning of its own. */

/** A literal, percent-encoded or not, or a parameter. */
export type RoutePiece = string | { readonly name: string };

export interface RoutePattern {
  /** In find-my-way's syntax, with parameters by position: `/a/:p0`. Of a prefix: what is before it, perhaps nothing. */
  readonly pattern: string;
  /** The same, with parameters that find-my-way takes nothing empty for. */
  readonly strict: string;
  /** Whether everything below belongs to it. */
  readonly isPrefix: boolean;
  /** By position; null for one that only stands in for a literal. */
  readonly names: readonly (string | null)[];
  /** Equal for routes that match the same paths: `/a/{}`, `/a/**`. */
  readonly shape: string;
  /**
   * One text a segment, by which patterns are sorted before find-my-way is given them: of those that begin alike, what is
   * only a part of a segment comes before a whole one, and the more literal before the less, because of expressions it
   * tries the first it was given.
   */
  readonly order: readonly string[];
}

/** What RFC 3986 §2.2 reserves, and `%`: encoded, these differ from themselves, and find-my-way keeps them encoded. */
const KEPT_ENCODED = /%(?:2[3-6BCF]|3[ABDF]|40)/i;
const ESCAPED_BY_NUMBER = /[^A-Za-z0-9]/g;

/** What a whole segment is, where it must not be empty. */
const NOT_EMPTY = "([\\s\\S]+)";

/**
 * Compiles the pieces of a path template.
 * @param isPrefix whether everything below belongs to it; only then there may be no pieces
 * @throws RangeError that says what cannot be matched.
 */
export function compilePattern(pieces: readonly RoutePiece[], isPrefix = false): RoutePattern {
  const names: (string | null)[] = [];
  const order: string[] = [];
  let pattern = "";
  let strict = "";
  let shape = "";
  for (const segment of splitSegments(pieces)) {
    pattern += "/";
    strict += "/";
    shape += "/";
    order.push(orderOf(segment));
    const whole = segment.length === 1 && typeof segment[0] === "object";
    for (const [index, piece] of segment.entries()) {
      if (typeof piece === "string") {
        const literal = escapeLiteral(piece, names);
        pattern += literal;
        strict += literal;
        shape += piece;
        continue;
      }
      const next = segment[index + 1];
      if (typeof next === "object")
        throw new RangeError(`nothing separates {${piece.name}} and {${next.name}}`);
      const expression = whole ? "" : valueExpression(segment, index);
      pattern += `:p${names.length}${expression}`;
      strict += `:p${names.length}${whole ? NOT_EMPTY : expression}`;
      shape += "{}";
      names.push(piece.name);
    }
  }
  return { pattern, strict, isPrefix, names, shape: isPrefix ? `${shape}/**` : shape, order };
}

/** The more pieces, then the more literal text, the earlier; a whole parameter last. */
function orderOf(segment: readonly RoutePiece[]): string {
  const [first] = segment;
  if (segment.length === 1 && typeof first === "object") return "~";
  const text = segment.map((piece) => (typeof piece === "string" ? piece : "{}")).join("");
  const rank = (count: number): string => String(100_000 - Math.min(count, 99_999));
  return `${rank(segment.length)} ${rank(text.length)} ${text}`;
}

/**
 * What a parameter takes of a segment with more in it: as little as possible up to the literal after it, or, as the
 * segment's last, all there is. Both in linear time, whatever the segment.
 */
function valueExpression(segment: readonly RoutePiece[], index: number): string {
  const isLast = !segment.slice(index + 1).some((piece) => typeof piece === "object");
  const after = segment[index + 1];
  if (isLast || typeof after !== "string") return "([\\s\\S]+)";
  return `((?:(?!${byNumber(after)})[\\s\\S])+)`;
}

function byNumber(text: string): string {
  return text.replace(
    ESCAPED_BY_NUMBER,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A colon is doubled; an asterisk, which cannot be escaped, becomes an expression that takes only itself. */
function escapeLiteral(text: string, names: (string | null)[]): string {
  return text
    .split(/(\*+)/)
    .map((part) => {
      if (!part.startsWith("*")) return part.replaceAll(":", "::");
      names.push(null);
      return `:p${names.length - 1}(${byNumber(part)})`;
    })
    .join("");
}

/** The pieces of each segment, with literals decoded. */
function splitSegments(pieces: readonly RoutePiece[]): RoutePiece[][] {
  const segments: RoutePiece[][] = [];
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      segments.at(-1)?.push(piece);
      continue;
    }
    const [rest = "", ...begun] = piece.split("/");
    if (rest !== "") segments.at(-1)?.push(decodeLiteral(rest));
    for (const text of begun) segments.push(text === "" ? [] : [decodeLiteral(text)]);
  }
  return segments;
}

function decodeLiteral(text: string): string {
  if (!text.includes("%")) return text;
  if (KEPT_ENCODED.test(text)) {
    throw new RangeError(
      `the literal "${text}" has an encoded reserved character, which cannot be matched`,
    );
  }
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError(`the literal "${text}" has an invalid percent-encoding`);
  }
}
