/** The target of a request (RFC 9112 §3.2), taken apart and made safe: origin-form, whatever the form it came in. */

export interface RequestTarget {
  /** As it came, percent-encoded, beginning with `/`; `"*"` for the asterisk-form. */
  readonly path: string;
  /** As it came, without `?`; undefined where there is none. */
  readonly query: string | undefined;
}

/** Why a target is refused. */
export interface BadTarget {
  readonly reason: string;
  /** Of the answer. */
  readonly status: 400 | 414;
}

const bad = (reason: string): BadTarget => ({ reason, status: 400 });

/** RFC 9112 §3 asks for at least 8,000. */
const MAX_LENGTH = 8_192;

/** RFC 3986 knows ASCII only; a backslash is none of it and is taken for a slash by URL parsers. */
const FOREIGN = /[^\x21-\x7e]|\\/;
/** RFC 9112 §3.2.2 */
const ABSOLUTE = /^https?:\/\/[^/?#]+/i;

/** Takes a target apart. The authority of an absolute-form is dropped: no URL is ever built from it. */
export function parseRequestTarget(text: string): RequestTarget | BadTarget {
  if (text.length > MAX_LENGTH) {
    return { reason: `the request target is longer than ${MAX_LENGTH} characters`, status: 414 };
  }
  // RFC 9110 §7.1: a fragment is not part of the target.
  if (text.includes("#")) return bad("the request target has a fragment; leave it out");
  if (FOREIGN.test(text)) {
    return bad("the request target has characters that must be percent-encoded");
  }
  if (text === "*") return { path: "*", query: undefined };
  let origin = text;
  if (text.charCodeAt(0) !== 0x2f) {
    const authority = ABSOLUTE.exec(text)?.[0];
    if (authority === undefined) return bad("the request target must begin with a slash");
    const rest = text.slice(authority.length);
    origin = rest.startsWith("/") ? rest : `/${rest}`;
  }
  const mark = origin.indexOf("?");
  const path = mark === -1 ? origin : origin.slice(0, mark);
  const reason = badPath(path);
  if (reason !== undefined) return bad(reason);
  return { path, query: mark === -1 ? undefined : origin.slice(mark + 1) };
}

/** Dot segments, plain or encoded, would let a caller leave the route that was matched (RFC 3986 §5.2.4). */
function badPath(path: string): string | undefined {
  let decoded = path;
  if (path.includes("%")) {
    try {
      decoded = decodeURIComponent(path);
    } catch {
      return "the path has an invalid percent-encoding";
    }
  }
  if (!decoded.includes(".")) return undefined;
  const dots = /(?:^|[/\\])\.\.?(?:$|[/\\])/.test(decoded);
  return dots ? "the path has a dot segment; write the path that is meant" : undefined;
}
