/** How a route or an operation is withdrawn: announced, dated and replaced (RFC 9745, RFC 8594). */
import type { DocumentedEnd } from "./access.ts";

/** What can be said of its end. Dates are `"2026-11-01"` (midnight UTC) or with a time, `"2026-11-01T12:00:00Z"`. */
export interface Retirement {
  /** From when on nobody should begin to use it; `true`: already, and no date is told. Default: not deprecated. */
  readonly deprecated?: string | true;
  /** From when on it is answered with 410; not before `deprecated`. Default: never. */
  readonly sunset?: string;
  /** What takes its place: a path or a whole URL; `{name}` is the value of that path parameter. Default: nothing. */
  readonly successor?: string;
  /** The URL or path of a page on the withdrawal, for people. Default: none. */
  readonly policy?: string;
}

/** {@link Retirement}, compiled. */
export interface CompiledRetirement {
  /** What it was made of. */
  readonly said: Retirement;
  /** Since the epoch; infinite where it does not end. */
  readonly sunsetAtMs: number;
  /** The sunset as configuration says it. */
  readonly sunset: string | undefined;
  /** Header fields that are the same on every answer: name, value, name, value. */
  readonly fields: readonly string[];
  /** What `Link` says beside the successor; `""`: nothing. */
  readonly links: string;
  /** May have path parameters: see {@link successorOf}. */
  readonly successor: string | undefined;
  /** Names of the path parameters that the successor has. */
  readonly parameters: readonly string[];
}

export interface RetirementFault {
  readonly key: keyof Retirement;
  readonly message: string;
  readonly cure: string;
}

export const RETIREMENT_KEYS = ["deprecated", "sunset", "successor", "policy"] as const;
export const DATE_CURE = 'write a date, "2026-11-01", or a time, "2026-11-01T12:00:00Z"';
export const SUCCESSOR_CURE =
  'write a path or a whole URL: "/v2/orders/{orderId}", "https://api.example/v2"';

const DATE = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/;
const PARAMETER = /\{([^{}]+)\}/g;
/** What a URI may be made of (RFC 3986 §2): nothing else may stand between the angle brackets of a `Link`. */
const URI = /^(?:https?:\/\/[^/?#]|\/(?!\/))[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$|^\/$/;

/** Why a text is no date. */
export function dateFault(text: string): string | undefined {
  const [, day = ""] = DATE.exec(text) ?? [];
  const at = day === "" ? Number.NaN : Date.parse(text);
  if (Number.isNaN(at)) return "is not a date";
  // Some days are taken for those of the next month.
  return new Date(day).toISOString().startsWith(day) ? undefined : "is a day that does not exist";
}

/** The path parameters that a successor takes. */
export function successorNames(text: string): readonly string[] {
  return [...text.matchAll(PARAMETER)].map(([, name = ""]) => name);
}

/** Why a text names no successor. */
export function successorFault(text: string): string | undefined {
  return URI.test(text.replace(PARAMETER, "x")) ? undefined : "is neither a path nor a URL";
}

/** Why a text is no link. */
export function linkFault(text: string): string | undefined {
  return URI.test(text) ? undefined : "is neither a path nor a URL";
}

/** RFC 9745 §4: nothing ends before it is deprecated. */
export function orderFault({ deprecated, sunset }: Retirement): string | undefined {
  if (typeof deprecated !== "string" || sunset === undefined) return undefined;
  return Date.parse(sunset) < Date.parse(deprecated)
    ? `lies before the deprecation (${deprecated})`
    : undefined;
}

/** All that is wrong with what somebody without a compiler may have written. */
export function retirementFaults(given: Readonly<Record<string, unknown>>): RetirementFault[] {
  const { deprecated, sunset } = given;
  const faults: RetirementFault[] = [];
  const look = (
    key: keyof Retirement,
    rule: (text: string) => string | undefined,
    cure: string,
  ): void => {
    const value = given[key];
    if (value === undefined || (key === "deprecated" && value === true)) return;
    const message = typeof value === "string" ? rule(value) : "is not a text";
    if (message !== undefined) faults.push({ key, message, cure });
  };
  look("deprecated", dateFault, `${DATE_CURE}, or true`);
  look("sunset", dateFault, DATE_CURE);
  look("successor", successorFault, SUCCESSOR_CURE);
  look("policy", linkFault, 'write a path or a whole URL: "https://api.example/changes"');
  const message =
    faults.length === 0 ? orderFault({ deprecated, sunset } as Retirement) : undefined;
  if (message !== undefined) faults.push({ key: "sunset", message, cure: "let it end later" });
  return faults;
}

/** Undefined where nothing is said. The input must be without {@link retirementFaults}. */
export function compileRetirement(retirement: Retirement): CompiledRetirement | undefined {
  const { deprecated, sunset, successor, policy } = retirement;
  if (RETIREMENT_KEYS.every((key) => retirement[key] === undefined)) return undefined;
  const fields: string[] = [];
  // RFC 9745 §2.1: a date, in the form of RFC 9651 §3.3.7. Without one nothing can be said.
  if (typeof deprecated === "string") {
    fields.push("Deprecation", `@${Math.floor(Date.parse(deprecated) / 1_000)}`);
  }
  // RFC 8594 §3: an HTTP-date (RFC 9110 §5.6.7).
  if (sunset !== undefined) fields.push("Sunset", new Date(sunset).toUTCString());
  const links: string[] = [];
  // RFC 9745 §3, RFC 8594 §6.
  if (policy !== undefined && deprecated !== undefined)
    links.push(`<${policy}>; rel="deprecation"`);
  if (policy !== undefined && sunset !== undefined) links.push(`<${policy}>; rel="sunset"`);
  return Object.freeze({
    said: given({ deprecated, sunset, successor, policy }),
    sunsetAtMs: sunset === undefined ? Number.POSITIVE_INFINITY : Date.parse(sunset),
    sunset,
    fields,
    links: links.join(", "),
    successor,
    parameters: successorNames(successor ?? ""),
  });
}

/**
 * What somebody wrote of a route's end and, where that is silent, what the documents say of its operations. A day says
 * more than `true`; one that does not go with what was written (RFC 9745 §4) is left out.
 */
export function withDocumented(own: Retirement, documented: DocumentedEnd | undefined): Retirement {
  if (documented === undefined) return own;
  const deprecated = typeof own.deprecated === "string" ? own.deprecated : documented.deprecated;
  const sunset = own.sunset ?? documented.sunset;
  const { successor, policy } = own;
  if (orderFault({ deprecated, ...(sunset && { sunset }) }) === undefined)
    return given({ deprecated, sunset, successor, policy });
  return own.sunset === undefined
    ? given({ deprecated, successor, policy })
    : given({ deprecated: true, sunset, successor, policy });
}

/**
 * The same for a route that is being made. Of what the documents say callers are told, but nothing ends by it: their days
 * are put off without a word.
 */
export function announceRetirement(
  own: CompiledRetirement | undefined,
  documented: DocumentedEnd | undefined,
): CompiledRetirement | undefined {
  if (documented === undefined) return own;
  const compiled = compileRetirement(withDocumented(own?.said ?? {}, documented));
  const sunsetAtMs = own?.sunsetAtMs ?? Number.POSITIVE_INFINITY;
  return compiled && Object.freeze({ ...compiled, sunsetAtMs });
}

/** Without what is not said. */
function given(
  said: { readonly [Key in keyof Retirement]?: Retirement[Key] | undefined },
): Retirement {
  const pairs = Object.entries(said).filter(([, value]) => value !== undefined);
  return Object.fromEntries(pairs);
}

/** The successor for one request. */
export function successorOf(
  { successor, parameters }: CompiledRetirement,
  path: () => Readonly<Record<string, string>>,
): string | undefined {
  if (successor === undefined || parameters.length === 0) return successor;
  const values = path();
  return successor.replace(PARAMETER, (_, name) => encodeURIComponent(values[name] ?? ""));
}

/** What `Link` says: RFC 5829 §3.3 for the successor; undefined: nothing. */
export function linkOf(
  { links }: CompiledRetirement,
  successor: string | undefined,
): string | undefined {
  if (successor === undefined) return links === "" ? undefined : links;
  const own = `<${successor}>; rel="successor-version"`;
  return links === "" ? own : `${own}, ${links}`;
}
