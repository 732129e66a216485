/** Dot segments (RFC 3986 §3.3, §5.2.4): whoever resolves a path leaves the place that was meant. */

/** What a service may decode before it looks for dots: `.`, `/`, `\`, `;`. */
const ENCODED = /%(?:2e|2f|5c|3b)/gi;
/**
 * `.` or `..` between slashes of either kind. A semicolon ends a segment as well: some servers cut off what follows it
 * (RFC 3986 §3.3 calls it a parameter of the segment) and then resolve the rest.
 */
const DOTS = /(?:^|[/\\])\.\.?(?:$|[/\\;])/;

/** Whether a path has a dot segment, in whichever way it is encoded. Decodes once: `%252e` is the text `%2e`. */
export function hasDotSegment(path: string): boolean {
  if (path.includes("%")) return DOTS.test(path.replace(ENCODED, decodeURIComponent));
  return path.includes(".") && DOTS.test(path);
}
