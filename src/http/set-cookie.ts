/** Which cookies of a service go on (RFC 6265): those that configuration names, for the host that was asked alone. */

/** `true`: every cookie; else their names. */
export type GivenCookies = true | ReadonlySet<string>;

/**
 * The `Set-Cookie` lines of a service's answer that its caller gets. Without `Domain`: a service knows its own host, and
 * a cookie for a whole domain is not for one service to set (RFC 6265 §4.1.2.3). Undefined: none.
 */
export function cookiesThatGoOn(
  given: string | readonly string[] | undefined,
  cookies: GivenCookies,
): string[] | undefined {
  const lines = (typeof given === "string" ? [given] : (given ?? []))
    .filter((line) => cookies === true || cookies.has(nameOf(line)))
    .map(withoutDomain);
  return lines.length === 0 ? undefined : lines;
}

/** RFC 6265 §5.2: what is before the first `=`; a line without one before its first `;` has no name. */
function nameOf(line: string): string {
  const [pair = ""] = line.split(";", 1);
  const at = pair.indexOf("=");
  return at < 0 ? "" : pair.slice(0, at).trim();
}

function withoutDomain(line: string): string {
  const [pair = "", ...attributes] = line.split(";");
  return [pair, ...attributes.filter((text) => !/^\s*domain\s*(?:=|$)/i.test(text))].join(";");
}
