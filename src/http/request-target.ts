/** The target of a request (RFC 9112 §3.2), taken apart and made safe: origin-form, whatever the form it came in. */
import { isAuthority } from "./authority.ts";
import { hasDotSegment } from "./dot-segment.ts";

export interface RequestTarget {
  /** As it came, percent-encoded, beginning with `/`; `"*"` for the asterisk-form. */
  readonly path: string;
  /** As it came, without `?`; undefined where there is none. */
  readonly query: string | undefined;
  /** Of an absolute-form: wins over the `Host` field (RFC 9112 §3.2.2). For telling only: no URL is ever built from it. */
  readonly host?: string | undefined;
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
const ABSOLUTE = /^https?:\/\/([^/?#]+)/i;

/** Takes a target apart. */
export function parseRequestTarget(text: string): RequestTarget | BadTarget {
  if (text.length > MAX_LENGTH) {
    return { reason: `the request target is longer than ${MAX_LENGTH} characters`, status: 414 };
  }
  // RFC 9110 §7.1: a fragment is not part of the target.
  if (text.includes("#")) return bad("the request target has a fragment; leave it out");
  if (FOREIGN.test(text)) {
    return bad("the request target has characters that must be percent-encoded");
  }
  if (text === "*") return { path: "*", query: undefined, host: undefined };
  let origin = text;
  let host: string | undefined;
  if (text.charCodeAt(0) !== 0x2f) {
    const absolute = ABSOLUTE.exec(text);
    if (absolute === null) return bad("the request target must begin with a slash");
    host = absolute[1] ?? "";
    // RFC 9110 §4.2.1, §4.2.4: no empty host, no user information.
    if (host.startsWith(":") || !isAuthority(host)) {
      return bad("the request target has an invalid host; write a name or an address, and a port");
    }
    const rest = text.slice(absolute[0].length);
    origin = rest.startsWith("/") ? rest : `/${rest}`;
  }
  const mark = origin.indexOf("?");
  const path = mark === -1 ? origin : origin.slice(0, mark);
  const reason = badPath(path);
  if (reason !== undefined) return bad(reason);
  return { path, query: mark === -1 ? undefined : origin.slice(mark + 1), host };
}

/** A dot segment would let a caller leave the route that was matched. */
function badPath(path: string): string | undefined {
  if (path.includes("%")) {
    if (!isDecodable(path)) return "the path has an invalid percent-encoding";
    // RFC 3986 §7.3: ends the text for whoever keeps it as C does.
    if (path.includes("%00")) return "the path has an encoded NUL; leave it out";
  }
  if (!hasDotSegment(path)) return undefined;
  return "the path has a dot segment; write the path that is meant";
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
