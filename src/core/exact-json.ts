/** JSON (RFC 8259) in which integers beyond 2^53 keep every digit, at the price of plain JSON where there are none. */
import { ANSWER_LIMITS, checkJsonLimits, type JsonLimits } from "./json-limits.ts";

/**
 * An integer that a double cannot hold, as it stood in a JSON text.
 *
 * Calculates as the nearest number (`id + 0`), prints its exact digits (`String(id)`, `BigInt(String(id))`), and
 * {@link stringifyJson} writes them back unchanged. It is an object: compare with `String(a) === String(b)`.
 */
export class ExactInteger extends Number {
  readonly #digits: string;

  /** @throws RangeError when the text is not a decimal integer. */
  constructor(digits: string) {
    if (!INTEGER.test(digits)) throw new RangeError(`"${digits}" is not a decimal integer`);
    super(digits);
    this.#digits = digits;
  }

  /** The exact digits; of another radix than 10, those of the nearest number. */
  override toString(radix?: number): string {
    return radix === undefined || radix === 10 ? this.#digits : super.toString(radix);
  }

  /** The nearest number. `JSON.stringify` asks for it where a `toJSON` gave this: too late to be given a mark. */
  override valueOf(): number {
    rounded = true;
    return super.valueOf();
  }

  /** Inside {@link stringifyJson} a mark for the exact digits, under a bare `JSON.stringify` the nearest number. */
  toJSON(): unknown {
    return mark(this.#digits) ?? Number(this);
  }
}

const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** What marks digits that were not a string. 128 random bits and never sent: no text can be mistaken for one. */
const NONCE = `exact:${crypto.randomUUID()}:`;
/** Behind backslashes where a `toJSON` made a text of marked JSON: digits there as well. */
const MARKS = new RegExp(`(?<!\\\\)\\\\*"${NONCE}(-?\\d+)\\\\*"`, "g");

/**
 * A value of sixteen digits or more (2^53 has sixteen), without fraction or exponent; strings may look like it. The
 * digits are written out because V8 then skips through the text, ten times as fast as for `\d{15}`.
 */
const LONG_INTEGER = new RegExp(`(?:[[:,\\s]|^)-?[1-9]${"\\d".repeat(15)}\\d*(?=[\\s,\\]}]|$)`);
// V8 compiles a pattern for the text it meets first, and would not skip if that were mostly digits.
for (const sample of ["a", "\u4e00"]) LONG_INTEGER.test(`{"text":"${sample.repeat(2_000)}"}`);
/** Strings, so that they are stepped over, or numbers. Quadratic in a text that is not JSON. */
const TOKENS = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * As `JSON.parse`, but an integer that is not safe (beyond ±(2^53 - 1)) becomes an {@link ExactInteger}.
 * @throws JsonLimitError for what is beyond the limits, and for any other number beyond a double.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string, limits: JsonLimits = ANSWER_LIMITS): unknown {
  const value = parseExactJson(text);
  checkJsonLimits(value, limits);
  return value;
}

/** {@link parseJson} without limits, for texts of one's own. */
export function parseExactJson(text: string): unknown {
  // First, and whatever follows: in a text that is JSON strings end and names are strings, so that the tokens below
  // are found in linear time and only values are marked.
  const plain: unknown = JSON.parse(text);
  return LONG_INTEGER.test(text) ? withExactIntegers(text, plain) : plain;
}

function withExactIntegers(text: string, plain: unknown): unknown {
  let marks = 0;
  const marked = text.replace(TOKENS, (token) => {
    if (token.length < 16 || !INTEGER.test(token) || Number.isSafeInteger(Number(token))) {
      return token;
    }
    marks++;
    return `"${NONCE}${token}"`;
  });
  return marks === 0 ? plain : restore(JSON.parse(marked));
}

/** Whether `ExactInteger`s are to be marked, and whether one was. Set during one synchronous `JSON.stringify`. */
let marking = false;
let marked = false;
/** Whether an `ExactInteger` was asked for its nearest number. */
let rounded = false;

function mark(digits: string): string | undefined {
  if (!marking) return undefined;
  marked = true;
  return NONCE + digits;
}

/**
 * As `JSON.stringify`, but an {@link ExactInteger} and a `bigint` are written with all their digits. What has no
 * JSON form (undefined, a function) is written as `null`.
 * @throws TypeError when the value refers to itself, RangeError when it is nested deeper than the call stack.
 */
export function stringifyJson(value: unknown): string {
  const outer = marking;
  const outerMarked = marked;
  const outerRounded = rounded;
  marking = true;
  marked = false;
  try {
    const text = stringify(value) ?? "null";
    return marked ? text.replace(MARKS, "$1") : text;
  } catch (error) {
    const isOverflow = error instanceof RangeError && /call stack/.test(error.message);
    throw isOverflow ? new RangeError(TOO_DEEP, { cause: error }) : error;
  } finally {
    marking = outer;
    marked = outerMarked;
    rounded = outerRounded;
  }
}

const TOO_DEEP = "the value is nested too deep to be written as JSON";

function stringify(value: unknown): string | undefined {
  let failure: unknown;
  rounded = false;
  try {
    const text = JSON.stringify(value);
    if (!rounded) return text;
  } catch (error) {
    failure = error;
  }
  // A bigint stops JSON.stringify, and an ExactInteger out of a toJSON is rounded; only then is the much slower
  // replacer worth its price.
  const text = JSON.stringify(value, exactly);
  if (failure !== undefined && !marked) throw failure;
  return text;
}

function exactly(_key: string, member: unknown): unknown {
  const isExact = typeof member === "bigint" || member instanceof ExactInteger;
  return isExact ? mark(String(member)) : member;
}

/** Puts {@link ExactInteger}s in the place of marks; with a list of its own, as JSON nests deeper than the call stack. */
function restore(root: unknown): unknown {
  const holder: Record<string, unknown> = { root };
  const open: Record<string, unknown>[] = [holder];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const key of Object.keys(node)) {
      const member = node[key];
      if (typeof member === "string") {
        if (member.startsWith(NONCE))
          define(node, key, new ExactInteger(member.slice(NONCE.length)));
      } else if (typeof member === "object" && member !== null) {
        open.push(member as Record<string, unknown>);
      }
    }
  }
  return holder.root;
}

function define(node: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") node[key] = value;
  else
    Object.defineProperty(node, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
}
