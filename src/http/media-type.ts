/** Media types (RFC 9110 §8.3.1, RFC 6838, RFC 6839). */

/** Type and subtype in lower case, without parameters: `application/json` of `Application/JSON; charset=utf-8`. */
export function essenceOf(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** Whether a media type is JSON: `application/json`, `text/json`, or any with the suffix `+json` (RFC 6839 §3.1). */
export function isJson(mediaType: string): boolean {
  const essence = essenceOf(mediaType);
  return essence === "application/json" || essence === "text/json" || essence.endsWith("+json");
}

/** Whether a media type is within a range such as `image/*` (RFC 9110 §12.5.1); both as essences. */
export function isWithin(essence: string, range: string): boolean {
  if (range === "*/*" || range === essence) return true;
  return range.endsWith("/*") && essence.startsWith(range.slice(0, -1));
}

/** Whether a media type is a range. */
export function isRange(mediaType: string): boolean {
  return mediaType.includes("*");
}

const PARAMETER = /;\s*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/** A parameter of a media type, such as `charset`; undefined when it has none of that name. */
export function parameterOf(contentType: string, name: string): string | undefined {
  for (const [, key = "", quoted, token] of contentType.matchAll(PARAMETER)) {
    if (key.toLowerCase() === name) return quoted?.replace(/\\(.)/g, "$1") ?? token;
  }
  return undefined;
}
