/** Directives of `Cache-Control` (RFC 9111 §5.2), of requests and of answers. */

export type FieldValue = string | readonly string[] | undefined;

/** Lower-case names; the argument as it is meant, without quotes; `true` where there is none. */
export type Directives = ReadonlyMap<string, string | true>;

export interface CacheControl {
  readonly directives: Directives;
  /** What is written cannot be understood whole; what was understood is in `directives`. */
  readonly malformed: boolean;
}

const NONE: CacheControl = { directives: new Map(), malformed: false };

/** RFC 9111 §5.2: `token [ "=" ( token / quoted-string ) ]`. */
const DIRECTIVE =
  /[\t ]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)"))?)?[\t ]*(,|$)/y;

/** RFC 9111 §1.2.2: digits only. */
const DELTA_SECONDS = /^\d+$/;
/** RFC 9111 §1.2.2: what is more counts as this. */
const MAX_SECONDS = 2_147_483_648;

/** Those whose argument is a time, in answers. A request's directives are advice, and what is not understood is left. */
const TIMES: ReadonlySet<string> = new Set([
  "max-age",
  "s-maxage",
  "stale-while-revalidate",
  "stale-if-error",
]);

/** Reads the field, however many lines it came in. */
export function parseCacheControl(value: FieldValue): CacheControl {
  if (value === undefined || value === "") return NONE;
  const text = typeof value === "string" ? value : value.join(",");
  const directives = new Map<string, string | true>();
  let malformed = false;
  DIRECTIVE.lastIndex = 0;
  while (DIRECTIVE.lastIndex < text.length) {
    const start = DIRECTIVE.lastIndex;
    const match = DIRECTIVE.exec(text);
    if (match === null) {
      malformed = true;
      const comma = text.indexOf(",", start);
      if (comma < 0) break;
      DIRECTIVE.lastIndex = comma + 1;
      continue;
    }
    const [, name, token, quoted] = match;
    // RFC 9110 §5.6.1: empty members of a list mean nothing.
    if (name !== undefined) {
      const argument = token ?? quoted?.replace(/\\(.)/g, "$1") ?? true;
      if (!add(directives, name.toLowerCase(), argument)) malformed = true;
    }
  }
  return { directives, malformed };
}

/** False when the argument cannot be what it has to be. */
function add(
  directives: Map<string, string | true>,
  name: string,
  argument: string | true,
): boolean {
  const before = directives.get(name);
  if (TIMES.has(name)) {
    if (argument === true || !DELTA_SECONDS.test(argument)) return false;
    // RFC 9111 §4.2.1: of two that differ, nothing can be trusted: stale.
    directives.set(
      name,
      before === undefined || Number(before) === Number(argument) ? argument : "0",
    );
    return true;
  }
  // Without an argument a directive is stricter than with one (`no-cache`, `private`).
  if (before === undefined) directives.set(name, argument);
  else if (before !== true)
    directives.set(name, argument === true ? true : `${before},${argument}`);
  return true;
}

/** The seconds of a directive; undefined when there is no such directive, or its argument is no time. */
export function secondsOf(directives: Directives, name: string): number | undefined {
  const argument = directives.get(name);
  if (argument === undefined || argument === true || !DELTA_SECONDS.test(argument))
    return undefined;
  return Math.min(Number(argument), MAX_SECONDS);
}

/** RFC 9111 §5.2.2.4, §5.2.2.7: the fields that a `no-cache="a, b"` or `private="a"` names, in lower case. */
export function fieldsNamedBy(directives: Directives, name: string): readonly string[] {
  const argument = directives.get(name);
  if (argument === undefined || argument === true) return [];
  return argument
    .toLowerCase()
    .split(",")
    .map((field) => field.trim())
    .filter((field) => field !== "");
}
