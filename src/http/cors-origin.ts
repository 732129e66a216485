/** Which origins a list allows (Fetch Standard §4.10): exact ones, and `https://*.shop.example` for one label. */

const PATTERN = /^(https?:\/\/)\*\.([^*]+)$/;
/** One label of a host (RFC 1123 §2.1), as browsers send it: lower case, and Punycode where it is not ASCII. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text has a `*` in the only place for one. */
export function isSubdomainPattern(text: string): boolean {
  return PATTERN.test(text);
}

/** The origin that a pattern becomes with this label. */
export function subdomainOf(pattern: string, label: string): string {
  return pattern.replace("*", label);
}

/** Compiles a list without `*`. */
export function createOriginMatcher(origins: readonly string[]): (origin: string) => boolean {
  const exact = new Set(origins.filter((origin) => !isSubdomainPattern(origin)));
  const patterns = origins.filter(isSubdomainPattern).map((pattern) => {
    const [before = "", after = ""] = pattern.split("*");
    return { before, after };
  });
  if (patterns.length === 0) return (origin) => exact.has(origin);
  return function isAllowed(origin) {
    return (
      exact.has(origin) ||
      patterns.some(
        ({ before, after }) =>
          origin.startsWith(before) &&
          origin.endsWith(after) &&
          LABEL.test(origin.slice(before.length, -after.length)),
      )
    );
  };
}
