/** Requests for a place that is not the one it looks like: targets and hosts. */
import {
  ASKED,
  answered,
  closes,
  forwardedTo,
  get,
  head,
  type RequestCase,
  sees,
  stays,
  target,
} from "./table.ts";

const PATH = "RFC 3986 §6.2.2.3, CWE-22";
const HOST = "RFC 9112 §3.2";
const one = (
  name: string,
  clause: string,
  sends: string,
  ...verdicts: RequestCase["verdicts"]
) => ({
  name,
  clause,
  sends,
  verdicts,
});

const forms: readonly RequestCase[] = [
  one(
    "the absolute form becomes the origin form",
    "RFC 9112 §3.2.2",
    target(`http://g${ASKED}?a=1`),
    forwardedTo("/items/1?a=1"),
  ),
  one(
    "the absolute form with another host than Host",
    "RFC 9112 §3.2.2",
    target(`http://other.example${ASKED}`),
    sees({ host: "other.example" }),
  ),
  one(
    "the absolute form with a user",
    "RFC 9110 §4.2.4",
    target(`http://a:b@g${ASKED}`),
    stays(400),
  ),
  one("the absolute form without a host", "RFC 9110 §4.2.1", target(`http://${ASKED}`), stays(400)),
  one(
    "the absolute form with a port that is none",
    "RFC 3986 §3.2.3",
    target(`http://g:99999${ASKED}`),
    stays(400),
  ),
  one(
    "the absolute form of another scheme",
    "RFC 9110 §7.4",
    target("ftp://g/shop/items/1"),
    stays(400),
  ),
  one("a file URL", "RFC 9110 §7.4", target("file:///etc/passwd"), stays(400), closes(400)),
  one(
    "the authority form outside of CONNECT",
    "RFC 9112 §3.2.3",
    target("g:80"),
    stays(400),
    closes(400),
  ),
  one("the asterisk form outside of OPTIONS", "RFC 9112 §3.2.4", target("*"), stays(404)),
  one("the asterisk form", "RFC 9112 §3.2.4", head("OPTIONS * HTTP/1.1", "Host: g"), answered(204)),
  one("a target without a slash", "RFC 9112 §3.2", target("shop/items/1"), stays(400), closes(400)),
  one("a fragment", "RFC 9110 §7.1", target(`${ASKED}#x`), stays(400)),
  one("a fragment behind a query", "RFC 9110 §7.1", target(`${ASKED}?a#x`), stays(400)),
  one(
    "a target of more than 8,192 characters",
    "RFC 9110 §15.5.15, OWASP API4",
    target(`${ASKED}?${"a".repeat(8_200)}`),
    stays(414),
  ),
];

const paths: readonly RequestCase[] = [
  one("a dot segment", PATH, target("/shop/items/../admin"), stays(400)),
  one("a single dot", PATH, target("/shop/./items/1"), stays(400)),
  one("a dot segment at the end", PATH, target("/shop/items/.."), stays(400)),
  one("a dot segment, encoded", PATH, target("/shop/items/%2e%2e/admin"), stays(400)),
  one("a dot segment, half encoded", PATH, target("/shop/items/.%2E"), stays(400)),
  one("a dot segment behind an encoded slash", PATH, target("/shop/items/..%2fadmin"), stays(400)),
  one(
    "a dot segment behind an encoded backslash",
    PATH,
    target("/shop/items/..%5cadmin"),
    stays(400),
  ),
  one(
    "a dot segment with a parameter",
    "RFC 3986 §3.3, CWE-22",
    target("/shop/items/..;/admin"),
    stays(400),
  ),
  one(
    "a dot segment with an encoded semicolon",
    "RFC 3986 §3.3, CWE-22",
    target("/shop/items/..%3b/admin"),
    stays(400),
  ),
  one(
    "a dot segment, encoded twice, is a text",
    "RFC 3986 §2.4",
    target("/shop/items/%252e%252e"),
    forwardedTo("/items/%252e%252e"),
  ),
  one(
    "three dots are a name",
    "RFC 3986 §3.3",
    target("/shop/items/..."),
    forwardedTo("/items/..."),
  ),
  one(
    "dots in the query",
    "RFC 3986 §3.4",
    target(`${ASKED}?a=../b`),
    forwardedTo("/items/1?a=../b"),
  ),
  one("a backslash", "RFC 3986 §2.2, WHATWG URL §4.4", target("/shop\\items/1"), stays(400)),
  one(
    "an encoded backslash is a text",
    "RFC 3986 §2.4",
    target("/shop/items/a%5cb"),
    forwardedTo("/items/a%5cb"),
  ),
  one(
    "an encoded slash is a text",
    "RFC 3986 §2.2",
    target("/shop/items/a%2Fb"),
    forwardedTo("/items/a%2Fb"),
  ),
  one("two slashes first", "RFC 3986 §4.2", target("//shop/items/1"), stays(404)),
  one("two slashes within", "RFC 3986 §3.3", target("/shop//items/1"), stays(404)),
  one(
    "two slashes before a host",
    "RFC 3986 §4.2, CWE-918",
    target("//evil.example/shop/items/1"),
    stays(404),
  ),
  one("a slash behind the path", "RFC 3986 §6.2.3", target("/shop/items/1/"), stays(404)),
  one("a segment that is empty", "RFC 3986 §3.3", target("/shop/items/"), stays(404)),
  one("another case", "RFC 3986 §6.2.2.1", target("/Shop/items/1"), stays(404)),
  one(
    "an encoded letter in the prefix",
    "RFC 3986 §6.2.2.2",
    target("/%73hop/items/1"),
    forwardedTo("/items/1"),
  ),
  one(
    "an encoded letter behind the prefix goes on as it is",
    "RFC 3986 §6.2.2.2",
    target("/shop/%69tems/1"),
    forwardedTo("/%69tems/1"),
  ),
  one("a percent sign alone", "RFC 3986 §2.1", target("/shop/items/%"), stays(400)),
  one("a percent sign and one digit", "RFC 3986 §2.1", target("/shop/items/%4"), stays(400)),
  one("a percent sign and no digits", "RFC 3986 §2.1", target("/shop/items/%zz"), stays(400)),
  one(
    "UTF-8 that is overlong",
    "RFC 3629 §3, CWE-22",
    target("/shop/items/%c0%ae%c0%ae"),
    stays(400),
  ),
  one("UTF-8 of a surrogate", "RFC 3629 §3", target("/shop/items/%ed%a0%80"), stays(400)),
  one("an encoded NUL", "CWE-158", target("/shop/items/a%00b"), stays(400)),
  one(
    "an encoded end of line is a text",
    "CWE-93",
    target("/shop/items/a%0d%0aX:%201"),
    forwardedTo("/items/a%0d%0aX:%201"),
  ),
  one(
    "letters that are not ASCII",
    "RFC 3986 §2",
    target("/shop/items/caf\xc3\xa9"),
    stays(400),
    closes(400),
  ),
  one(
    "a query, byte for byte",
    "RFC 3986 §3.4",
    target(`${ASKED}?b=2&a=1&&c=%2f%2F+;[x]|'{}^\`"<>`),
    forwardedTo(`/items/1?b=2&a=1&&c=%2f%2F+;[x]|'{}^\`"<>`),
  ),
  one("a query without anything", "RFC 3986 §6.2.3", target(`${ASKED}?`), forwardedTo("/items/1?")),
  one(
    "a query with more question marks",
    "RFC 3986 §3.4",
    target(`${ASKED}?a?b=?`),
    forwardedTo("/items/1?a?b=?"),
  ),
];

const hosts: readonly RequestCase[] = [
  one("no Host", HOST, head(`GET ${ASKED} HTTP/1.1`), stays(400)),
  one("two Hosts", HOST, get("Host: evil.example"), stays(400)),
  one("two Hosts that are the same", HOST, get("Host: g"), stays(400)),
  one("a list of hosts", HOST, head(`GET ${ASKED} HTTP/1.1`, "Host: g, evil.example"), stays(400)),
  one(
    "a Host with a user",
    "RFC 9110 §7.2",
    head(`GET ${ASKED} HTTP/1.1`, "Host: a@g"),
    stays(400),
  ),
  one(
    "a Host with a path",
    "RFC 9110 §7.2",
    head(`GET ${ASKED} HTTP/1.1`, "Host: g/x"),
    stays(400),
  ),
  one(
    "a Host with a scheme",
    "RFC 9110 §7.2",
    head(`GET ${ASKED} HTTP/1.1`, "Host: http://g"),
    stays(400),
  ),
  one(
    "a Host with a space",
    "RFC 9110 §7.2",
    head(`GET ${ASKED} HTTP/1.1`, "Host: g evil"),
    stays(400),
  ),
  one(
    "a Host with quotes",
    "RFC 9110 §7.2",
    head(`GET ${ASKED} HTTP/1.1`, 'Host: g";for=evil'),
    stays(400),
  ),
  one(
    "a Host with a port that is none",
    "RFC 3986 §3.2.3",
    head(`GET ${ASKED} HTTP/1.1`, "Host: g:x"),
    stays(400),
  ),
  one(
    "a Host that is no IPv6 address",
    "RFC 3986 §3.2.2",
    head(`GET ${ASKED} HTTP/1.1`, "Host: [::g]"),
    stays(400),
  ),
  one("an empty Host", HOST, head(`GET ${ASKED} HTTP/1.1`, "Host:"), sees({ host: "" })),
  one("a Host that Connection names", "RFC 9110 §7.6.1", get("Connection: Host"), sees({})),
];

export const targets: readonly RequestCase[] = [...forms, ...paths, ...hosts];
