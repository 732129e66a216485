/** Percent-encoding (RFC 3986 §2.1) as URI templates (RFC 6570 §1.6), queries and forms want it. */

export type Encode = (text: string) => string;

const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;
/** What `encodeURIComponent` leaves although RFC 3986 §2.2 reserves it. */
const SUB_DELIMITERS = /[!'()*]/g;

/** Everything but unreserved characters becomes `%XX` of its UTF-8. */
export function encodeStrict(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeWellFormed(text).replace(SUB_DELIMITERS, hex);
}

/**
 * Reserved expansion (RFC 6570 §3.2.3), for `allowReserved`: reserved characters and `%XX` stay. Except `#`, which
 * would end the target, and `&`, which would begin another parameter (OpenAPI 3.1 §4.8.12.2 leaves both to us).
 */
export function encodeReserved(text: string): string {
  return text.replace(NOT_RESERVED, (found) =>
    found.length === 3 && TRIPLET.test(found) ? found : encodeStrict(found),
  );
}

const TRIPLET = /^%[0-9A-Fa-f]{2}$/;
const NOT_RESERVED = /%[0-9A-Fa-f]{2}|%|[^A-Za-z0-9\-._~:/?@!$'()*+,;=[\]%]+/g;

/** A value of `application/x-www-form-urlencoded` (URL Standard §5.2): spaces are `+`. */
export function encodeForm(text: string): string {
  if (UNRESERVED.test(text)) return text.replaceAll("~", "%7E");
  return encodeWellFormed(text).replace(NOT_IN_FORMS, (found) =>
    found === "%20" ? "+" : hex(found),
  );
}

const NOT_IN_FORMS = /%20|[!'()~]/g;

/** {@link encodeReserved} where `+` means a space. */
export function encodeReservedForm(text: string): string {
  return encodeReserved(text).replaceAll("+", "%2B");
}

/** For values that carry no encoding of their own: header fields, parts of multipart bodies. */
export function encodeNot(text: string): string {
  return text;
}

function encodeWellFormed(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair has no UTF-8: it becomes U+FFFD, as everywhere else on the way out.
    return encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));
  }
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
