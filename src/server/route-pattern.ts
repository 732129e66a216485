/** A route's path, taken apart into what each of its segments takes. */

/** A literal, percent-encoded or not, or a parameter. */
export type RoutePiece = string | { readonly name: string };

export interface RoutePattern {
  readonly segments: readonly PatternSegment[];
  /** Whether everything below belongs to it. */
  readonly isPrefix: boolean;
  /** Of the parameters, in the order of the template. */
  readonly names: readonly string[];
  /** Equal for routes that match the same paths: `/a/{}`, `/a/**`. */
  readonly shape: string;
}

export type PatternSegment = LiteralSegment | PartSegment | WholeSegment;

/** Takes itself. */
export interface LiteralSegment {
  readonly kind: "literal";
  /** Decoded. */
  readonly text: string;
}

/** Takes a literal with a parameter before, behind or in it, or several. */
export interface PartSegment {
  readonly kind: "part";
  /** Equal for segments that take the same: `v{}.json`. */
  readonly shape: string;
  /** Before the first parameter; decoded. */
  readonly before: string;
  /** What is behind `before`, decoded, with a group for each parameter; none of them takes nothing. */
  readonly rest: RegExp;
  /** By which those that take the same text are compared: the least is tried first. */
  readonly order: readonly number[];
}

/** Takes any segment that is not empty, as one parameter. */
export interface WholeSegment {
  readonly kind: "whole";
}

/** What RFC 3986 §2.2 reserves, and `%`: encoded, these differ from themselves. */
const KEPT_ENCODED = /%(?:2[3-6BCF]|3[ABDF]|40)/i;
const ESCAPED_BY_NUMBER = /[^A-Za-z0-9]/g;
const WHOLE: WholeSegment = { kind: "whole" };

/**
 * Compiles the pieces of a path template.
 * @param isPrefix whether everything below belongs to it; only then there may be no pieces
 * @throws RangeError that says what cannot be matched.
 */
export function compilePattern(pieces: readonly RoutePiece[], isPrefix = false): RoutePattern {
  const split = splitSegments(pieces);
  const shape = split.map((segment) => `/${shapeOf(segment)}`).join("");
  return {
    segments: split.map(compileSegment),
    isPrefix,
    names: split.flat().flatMap((piece) => (typeof piece === "string" ? [] : [piece.name])),
    shape: isPrefix ? `${shape}/**` : shape,
  };
}

/**
 * The values of the parameters in a path that the pattern has.
 * @param path as `decodePath` leaves it
 */
export function valuesIn({ segments }: RoutePattern, path: string): readonly string[] {
  // Before the first slash there is nothing.
  const texts = path.split("/", segments.length + 1);
  return segments.flatMap((segment, at): readonly string[] => {
    const text = texts[at + 1] ?? "";
    if (segment.kind === "literal") return [];
    return segment.kind === "whole" ? [decodeRest(text)] : (partsOf(segment, text) ?? []);
  });
}

/** The values of a segment's parameters; undefined: it does not take this text, which `decodePath` has left. */
export function partsOf(segment: PartSegment, text: string): readonly string[] | undefined {
  const { before, rest } = segment;
  if (!text.startsWith(before)) return undefined;
  return rest.exec(decodeRest(text.slice(before.length)))?.slice(1);
}

/**
 * Decodes what means the same encoded and not: all but the reserved characters and `%` (RFC 3986 §2.2, §2.4).
 * @returns undefined where the encoding is invalid
 */
export function decodePath(path: string): string | undefined {
  if (!path.includes("%")) return path;
  try {
    // `decodeURI` leaves the reserved alone, but not the percent sign.
    return decodeURI(path.replaceAll("%25", "%2525"));
  } catch {
    return undefined;
  }
}

/** Decodes what `decodePath` has left. */
function decodeRest(text: string): string {
  return text.includes("%") ? decodeURIComponent(text) : text;
}

function compileSegment(segment: readonly RoutePiece[]): PatternSegment {
  const [first = ""] = segment;
  if (segment.length <= 1) {
    return typeof first === "string" ? { kind: "literal", text: first } : WHOLE;
  }
  const before = typeof first === "string" ? first : "";
  const last = segment.at(-1);
  const after = typeof last === "string" ? last : "";
  const shape = shapeOf(segment);
  // The more literal text at its begin, then at its end; the more pieces, then the more literal text.
  const order = [before.length, after.length, segment.length, shape.length].map((count) => -count);
  const expressions = segment.map((piece, index) => {
    if (typeof piece === "object") return valueExpression(segment, index);
    return index === 0 ? "" : byNumber(piece);
  });
  return { kind: "part", shape, before, rest: new RegExp(`^${expressions.join("")}$`), order };
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

/** Text of users and documents never has a meaning in an expression. */
function byNumber(text: string): string {
  return text.replace(
    ESCAPED_BY_NUMBER,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function shapeOf(segment: readonly RoutePiece[]): string {
  return segment.map((piece) => (typeof piece === "string" ? piece : "{}")).join("");
}

/** The pieces of each segment, with literals decoded. */
function splitSegments(pieces: readonly RoutePiece[]): RoutePiece[][] {
  const segments: RoutePiece[][] = [];
  for (const piece of pieces) {
    if (typeof piece !== "string") {
      const segment = segments.at(-1);
      const before = segment?.at(-1);
      if (typeof before === "object")
        throw new RangeError(`nothing separates {${before.name}} and {${piece.name}}`);
      segment?.push(piece);
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
