/** Requests whose head is not as the grammar has it: lines, names, values, versions, methods. */
import {
  ASKED,
  answered,
  closes,
  forwarded,
  get,
  head,
  one,
  type RequestCase,
  sees,
  stays,
  thenCloses,
} from "./table.ts";

const LINE = "RFC 9112 §3";
const NAME = "RFC 9112 §5.1";
const VALUE = "RFC 9110 §5.5";
const EOL = "RFC 9112 §2.2";
const line = (text: string): string => head(text, "Host: g");

const lines: readonly RequestCase[] = [
  {
    ...one(
      "a bare LF behind the request line",
      EOL,
      `GET ${ASKED} HTTP/1.1\nHost: g\r\n\r\n`,
      closes(400),
    ),
    old: forwarded(),
  },
  one(
    "a bare LF behind a field",
    EOL,
    `GET ${ASKED} HTTP/1.1\r\nHost: g\nX: 1\r\n\r\n`,
    closes(400),
  ),
  one("bare LFs throughout", EOL, `GET ${ASKED} HTTP/1.1\nHost: g\n\n`, closes(400)),
  {
    ...one(
      "a head that ends in a bare LF",
      EOL,
      `GET ${ASKED} HTTP/1.1\r\nHost: g\r\n\n`,
      closes(400),
    ),
    old: forwarded(),
  },
  one(
    "a bare CR in the request line",
    EOL,
    `GET ${ASKED}\rx HTTP/1.1\r\nHost: g\r\n\r\n`,
    closes(400),
  ),
  one("a bare CR in a value", "RFC 9110 §5.5, CWE-113", get("X: a\rY: b"), closes(400)),
  one(
    "a bare CR behind a field",
    EOL,
    `GET ${ASKED} HTTP/1.1\r\nHost: g\r\rX: 1\r\n\r\n`,
    closes(400),
  ),
  one("an empty line before the request line", EOL, `\r\n${get()}`, forwarded()),
  one(
    "a space before the first field",
    EOL,
    `GET ${ASKED} HTTP/1.1\r\n X: 1\r\nHost: g\r\n\r\n`,
    closes(400),
  ),
  one("a folded value", "RFC 9112 §5.2", get("X: a", " b"), closes(400)),
  one("a value folded by a tab", "RFC 9112 §5.2", get("X: a", "\tb"), closes(400)),
  one(
    "two spaces in the request line",
    LINE,
    line(`GET  ${ASKED} HTTP/1.1`),
    forwarded(),
    closes(400),
  ),
  one("a tab in the request line", LINE, line(`GET\t${ASKED} HTTP/1.1`), closes(400)),
  one("a space in the target", "RFC 9112 §3.2", line("GET /shop/items/1 2 HTTP/1.1"), closes(400)),
  one("a space behind the version", LINE, line(`GET ${ASKED} HTTP/1.1 `), closes(400)),
  one("a request line without a target", LINE, line("GET HTTP/1.1"), closes(400)),
  one("a TLS handshake", LINE, "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", closes(400)),
  one("what is no HTTP at all", LINE, "hello\r\n\r\n", closes(400)),
];

const names: readonly RequestCase[] = [
  one("a field without a colon", NAME, get("X"), closes(400)),
  one("a field without a name", NAME, get(": 1"), closes(400)),
  one("a space before the colon", NAME, get("X : 1"), closes(400)),
  one("a tab before the colon", NAME, get("X\t: 1"), closes(400)),
  one("a space in the name", NAME, get("X Y: 1"), closes(400)),
  one("a slash in the name", "RFC 9110 §5.1", get("X/Y: 1"), closes(400)),
  one("parentheses in the name", "RFC 9110 §5.1", get("X(Y): 1"), closes(400)),
  one("quotes around the name", "RFC 9110 §5.1", get('"X": 1'), closes(400)),
  one("a NUL in the name", "RFC 9110 §5.1", get("X\0Y: 1"), closes(400)),
  one("a name that is not ASCII", "RFC 9110 §5.1", get("X\xe9: 1"), closes(400)),
  one(
    "a name with every sign that a token may have",
    "RFC 9110 §5.6.2",
    get("X!#$%&'*+-.^_`|~: 1"),
    forwarded("x!#$%&'*+-.^_`|~: 1"),
  ),
  one("the name __proto__", "CWE-1321", get("__proto__: 1"), forwarded()),
  one("the name constructor", "CWE-1321", get("constructor: 1"), forwarded("constructor: 1")),
];

const values: readonly RequestCase[] = [
  one("a NUL in a value", VALUE, get("X: a\0b"), closes(400)),
  one("a bell in a value", VALUE, get("X: a\x07b"), closes(400)),
  one("a delete in a value", VALUE, get("X: a\x7fb"), closes(400)),
  one("a vertical tab in a value", VALUE, get("X: a\x0bb"), closes(400)),
  one("an escape in a value", "RFC 9110 §5.5, CWE-117", get("X: a\x1b[2Jb"), closes(400)),
  one("a tab in a value", VALUE, get("X: a\tb"), forwarded("x: a\tb")),
  one("a value in Latin-1", VALUE, get("X: caf\xe9"), forwarded("x: caf\xe9")),
  one("an empty value", VALUE, get("X:"), forwarded("x: ")),
  one("blanks around a value", "RFC 9112 §5.1", get("X: \t a \t "), forwarded("x: a")),
  one("a field twice", "RFC 9110 §5.3", get("X: a", "X: b"), forwarded("x: a, b")),
  one(
    "a Content-Type twice",
    "RFC 9110 §5.3",
    get("Content-Type: a/b", "Content-Type: c/d"),
    stays(400),
  ),
  one(
    "an Authorization twice",
    "RFC 9110 §5.3",
    get("Authorization: a", "authorization: b"),
    stays(400),
  ),
  one(
    "a head over 16 KiB",
    "RFC 6585 §5, OWASP API4",
    get(`X: ${"x".repeat(17_000)}`),
    closes(431),
  ),
  one(
    "two thousand fields",
    "RFC 6585 §5, OWASP API4",
    get(...Array.from({ length: 3_000 }, (_, at) => `X${at}: 1`)),
    closes(431),
  ),
];

const versions: readonly RequestCase[] = [
  one("HTTP/0.9", "RFC 9112 §2.3", `GET ${ASKED}\r\n\r\n`, closes(505), closes(400)),
  one(
    "HTTP/1.0 without a host",
    "RFC 9112 §3.2",
    `GET ${ASKED} HTTP/1.0\r\n\r\n`,
    thenCloses(sees({ host: "" })),
  ),
  one(
    "HTTP/1.0 that keeps its connection",
    "RFC 9112 §9.3",
    `GET ${ASKED} HTTP/1.0\r\nConnection: keep-alive\r\nHost: g\r\n\r\n`,
    sees({}),
  ),
  one("HTTP/0.9, named", "RFC 9110 §2.5", line(`GET ${ASKED} HTTP/0.9`), closes(505), closes(400)),
  one(
    "HTTP/2.0 and a request behind it",
    "RFC 9110 §2.5",
    line(`GET ${ASKED} HTTP/2.0`) + get(),
    closes(505),
    closes(400),
  ),
  one("HTTP/1.2", "RFC 9110 §2.5", line(`GET ${ASKED} HTTP/1.2`), closes(400)),
  one("HTTP/01.1", "RFC 9112 §2.3", line(`GET ${ASKED} HTTP/01.1`), closes(400)),
  one("HTTP/1.10", "RFC 9112 §2.3", line(`GET ${ASKED} HTTP/1.10`), closes(400)),
  one("HTTP/2.0", "RFC 9110 §2.5", line(`GET ${ASKED} HTTP/2.0`), closes(505), closes(400)),
  one("HTTP/9.9", "RFC 9110 §2.5", line(`GET ${ASKED} HTTP/9.9`), closes(400)),
  one("http/1.1 in small letters", "RFC 9112 §2.3", line(`GET ${ASKED} http/1.1`), closes(400)),
  one("the preface of HTTP/2", "RFC 9113 §3.4", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", closes(400)),
  one(
    "another protocol's name",
    "RFC 9112 §2.3",
    line(`GET ${ASKED} RTSP/1.0`),
    thenCloses(forwarded()),
    closes(400),
  ),
];

const methods: readonly RequestCase[] = [
  one("a method in small letters", "RFC 9110 §9.1", line(`get ${ASKED} HTTP/1.1`), closes(501)),
  one(
    "a method that nobody knows",
    "RFC 9110 §15.6.2",
    line(`BREW ${ASKED} HTTP/1.1`),
    closes(501),
  ),
  one("a method of WebDAV", "RFC 9110 §15.6.2", line(`PROPFIND ${ASKED} HTTP/1.1`), stays(501)),
  one(
    "a method that the route does not take",
    "RFC 9110 §15.5.6",
    line(`POST ${ASKED} HTTP/1.1`),
    stays(405),
  ),
  one("TRACE", "RFC 9110 §9.3.8, CWE-693", line(`TRACE ${ASKED} HTTP/1.1`), stays(501)),
  one(
    "CONNECT",
    "RFC 9110 §9.3.6",
    head("CONNECT internal:22 HTTP/1.1", "Host: internal:22"),
    closes(501),
  ),
  one(
    "CONNECT to a path",
    "RFC 9110 §9.3.6",
    line(`CONNECT ${ASKED} HTTP/1.1`),
    closes(501),
    closes(400),
  ),
  one("OPTIONS of a route", "RFC 9110 §9.3.7", line(`OPTIONS ${ASKED} HTTP/1.1`), answered(204)),
  one(
    "OPTIONS with Max-Forwards: 0 stops here",
    "RFC 9110 §7.6.2",
    head(`OPTIONS ${ASKED} HTTP/1.1`, "Host: g", "Max-Forwards: 0"),
    answered(204),
  ),
  one(
    "a method of 2,000 letters",
    "RFC 9110 §15.6.2",
    line(`${"A".repeat(2_000)} ${ASKED} HTTP/1.1`),
    closes(501),
  ),
];

const pipelines: readonly RequestCase[] = [
  one(
    "a second request behind the first",
    "RFC 9112 §9.3.2",
    get() + get("X: 2"),
    sees({}, { fields: ["x: 2"] }),
  ),
  one(
    "a request behind one that is refused, its end being clear",
    "RFC 9112 §9.3.2",
    head("GET /nowhere HTTP/1.1", "Host: g") + get(),
    { ...sees({}), before: 404 },
  ),
  one("a request behind one that is no HTTP", "RFC 9112 §9.3.2", get("X : 1") + get(), closes(400)),
  one("a head that is wrong behind a request", "RFC 9112 §9.3.2", get() + get("X : 1"), {
    ...thenCloses(sees({})),
    behind: 400,
  }),
  one(
    "a request behind Connection: close",
    "RFC 9112 §9.6",
    get("Connection: close") + get("X: 2"),
    thenCloses(sees({})),
  ),
  one(
    "a request behind a body that is not wanted",
    "RFC 9110 §9.3.1",
    `${get("Content-Length: 3")}abc${get("X: 2")}`,
    sees({}, { fields: ["x: 2"] }),
  ),
];

export const heads: readonly RequestCase[] = [
  ...lines,
  ...names,
  ...values,
  ...versions,
  ...methods,
  ...pipelines,
];
