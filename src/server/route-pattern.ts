/** A route's path as find-my-way reads it; text of users and documents never reaches it with a meaning of its own. */

/** A literal, percent-encoded or not, or a parameter. */
export type RoutePiece = string | { readonly name: string };

export interface RoutePattern {
  /** In find-my-way's syntax, with parameters by position: `/a/:p0`. */
  readonly pattern: string;
  /** By position; null for one that only stands in for a literal. */
  readonly names: readonly (string | null)[];
  /** Equal for routes that match the same paths: `/a/{}`. */
  readonly shape: string;
}

/** What RFC 3986 §2.2 reserves, and `%`: encoded, these differ from themselves, and find-my-way keeps them encoded. */
const KEPT_ENCODED = /%(?:2[3-6BCF]|3[ABDF]|40)/i;
const ESCAPED_BY_NUMBER = /[^A-Za-z0-9]/g;

/**
 * Compiles the pieces of a path template.
 * @throws RangeError that says what cannot be matched.
 */
export function compilePattern(pieces: readonly RoutePiece[]): RoutePattern {
  const names: (string | null)[] = [];
  let pattern = "";
  let shape = "";
  for (const segment of splitSegments(pieces)) {
    pattern += "/";
    shape += "/";
    const whole = segment.length === 1 && typeof segment[0] === "object";
    for (const [index, piece] of segment.entries()) {
      if (typeof piece === "string") {
        pattern += escapeLiteral(piece, names);
        shape += piece;
        continue;
      }
      const next = segment[index + 1];
      if (typeof next === "object")
        throw new RangeError(`nothing separates {${piece.name}} and {${next.name}}`);
      pattern += `:p${names.length}${whole ? "" : valueExpression(segment, index)}`;
      shape += "{}";
      names.push(piece.name);
    }
  }
  return { pattern, names, shape };
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
