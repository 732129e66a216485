/** Answers of a service whose head is not as it should be, or says what is not a service's to say. */
import { type AnswerCase, badGateway, head, inChunks, relayed } from "./table.ts";

const LINE = "RFC 9112 §4";
const FIELD = "RFC 9112 §5.1";
const EOL = "RFC 9112 §2.2";
const OK = "HTTP/1.1 200 OK";
const LENGTH = "Content-Length: 2";
const one = (
  name: string,
  clause: string,
  answers: string,
  ...verdicts: AnswerCase["verdicts"]
): AnswerCase => ({ name, clause, answers, verdicts });
/** 200 with these fields and a body. */
const ok = (...fields: readonly string[]): string => `${head(OK, LENGTH, ...fields)}ok`;
/** The client sees 200 with these fields and the body. */
const sees = (...fields: readonly string[]) => relayed([OK, LENGTH, ...fields], "ok");
const line = (text: string): string => `${head(text, LENGTH)}ok`;

const interim: readonly AnswerCase[] = [
  one(
    "100, which nobody asked for",
    "RFC 9110 §15.2.1",
    head("HTTP/1.1 100 Continue") + ok(),
    badGateway,
    sees(),
  ),
  one(
    "103 stays here",
    "RFC 8297 §2",
    head("HTTP/1.1 103 Early Hints", "Link: </a>; rel=preload") + ok(),
    sees(),
  ),
  one("102 stays here", "RFC 9110 §15.2", head("HTTP/1.1 102 Processing") + ok(), sees()),
  one(
    "fifty interim answers",
    "RFC 9110 §15.2",
    head("HTTP/1.1 103 Early Hints").repeat(50) + ok(),
    sees(),
  ),
  one(
    "101, which nobody asked for",
    "RFC 9110 §15.2.2",
    `${head("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")}raw`,
    badGateway,
  ),
  one(
    "101 without an Upgrade",
    "RFC 9110 §7.8",
    head("HTTP/1.1 101 Switching Protocols") + ok(),
    badGateway,
    sees(),
  ),
  {
    ...one(
      "an interim answer and no other",
      "RFC 9110 §15.2",
      head("HTTP/1.1 103 Early Hints"),
      badGateway,
    ),
    closes: true,
  },
  {
    ...one(
      "interim answers and half of the answer",
      "RFC 9110 §15.2",
      `${head("HTTP/1.1 103 Early Hints")}HTTP/1.1 200`,
      badGateway,
    ),
    closes: true,
  },
];

const lines: readonly AnswerCase[] = [
  { ...one("HTTP/0.9: a body alone", "RFC 9112 §2.3", "<p>hello</p>", badGateway), closes: true },
  one("another protocol", LINE, line("RTSP/1.0 200 OK"), sees(), badGateway),
  one("SSH", LINE, "SSH-2.0-OpenSSH_9.6\r\n", badGateway),
  one("no version", LINE, line("200 OK"), badGateway),
  one("HTTP/3.0", "RFC 9110 §2.5", line("HTTP/3.0 200 OK"), badGateway),
  one("HTTP/1.10", "RFC 9112 §2.3", line("HTTP/1.10 200 OK"), badGateway),
  one("a status of two digits", LINE, line("HTTP/1.1 20 OK"), badGateway),
  one("a status of four digits", LINE, line("HTTP/1.1 2000 OK"), badGateway),
  one("a status that is no number", LINE, line("HTTP/1.1 2x0 OK"), badGateway),
  one("a status below zero", LINE, line("HTTP/1.1 -200 OK"), badGateway),
  one("the status 0", "RFC 9110 §15", line("HTTP/1.1 0 OK"), badGateway),
  one("the status 000", "RFC 9110 §15", line("HTTP/1.1 000 OK"), badGateway),
  one("the status 099", "RFC 9110 §15", line("HTTP/1.1 099 OK"), badGateway),
  one("the status 600", "RFC 9110 §15", line("HTTP/1.1 600 OK"), badGateway),
  one("the status 999", "RFC 9110 §15", line("HTTP/1.1 999 OK"), badGateway),
  one(
    "the status 299, which nobody knows",
    "RFC 9110 §15",
    line("HTTP/1.1 299 Fine"),
    relayed(["HTTP/1.1 299 unknown", LENGTH], "ok"),
  ),
  one("no reason", LINE, line("HTTP/1.1 200 "), sees()),
  one("no reason and no space", LINE, line("HTTP/1.1 200"), sees(), badGateway),
  one("a reason of its own is not repeated", LINE, line("HTTP/1.1 200 <script>"), sees()),
  one("a reason with a bare CR", "RFC 9112 §4, CWE-113", line("HTTP/1.1 200 O\rK"), badGateway),
  one("two spaces in the status line", LINE, line("HTTP/1.1  200 OK"), badGateway),
  one("an empty line before the answer", EOL, `\r\n${ok()}`, sees(), badGateway),
];

const syntax: readonly AnswerCase[] = [
  one("a bare LF behind the status line", EOL, `${OK}\n${LENGTH}\r\n\r\nok`, badGateway, sees()),
  one("bare LFs throughout", EOL, `${OK}\n${LENGTH}\n\nok`, badGateway, sees()),
  one("a bare CR in a value", "RFC 9110 §5.5, CWE-113", ok("X: a\rb"), badGateway),
  one(
    "a folded value",
    "RFC 9112 §5.2",
    ok("X: a", " b"),
    badGateway,
    sees("X: a b"),
    sees("X: a  b"),
  ),
  one("a NUL in a value", "RFC 9110 §5.5", ok("X: a\0b"), badGateway),
  one("a control character in a value", "RFC 9110 §5.5", ok("X: a\x01b"), badGateway),
  one("a delete in a value", "RFC 9110 §5.5", ok("X: a\x7fb"), badGateway),
  one("a space before the colon", FIELD, ok("X : 1"), badGateway),
  one(
    "a space before the colon of the length",
    FIELD,
    `${head(OK, "Content-Length : 2")}ok`,
    badGateway,
  ),
  one("a space in a name", FIELD, ok("X Y: 1"), badGateway),
  one("a field without a name", FIELD, ok(": 1"), badGateway),
  one("a field without a colon", FIELD, ok("X"), badGateway),
  one("a NUL in a name", FIELD, ok("X\0: 1"), badGateway),
  one("a value in Latin-1", "RFC 9110 §5.5", ok("X: caf\xe9"), sees("X: caf\xe9")),
  one("an empty value", "RFC 9110 §5.5", ok("X:"), sees("X: ")),
  one("blanks around a value", FIELD, ok("X: \t a \t "), sees("X: a \t "), sees("X: a")),
  one("a field twice", "RFC 9110 §5.3", ok("X: a", "X: b"), sees("X: a", "X: b")),
  one(
    "a Content-Type twice",
    "RFC 9110 §5.3",
    ok("Content-Type: text/html", "Content-Type: text/plain"),
    sees("Content-Type: text/html"),
  ),
  one(
    "a Location twice",
    "RFC 9110 §5.3",
    ok("Location: /a", "Location: /b"),
    sees("Location: /shop/a"),
  ),
  one("the name __proto__", "CWE-1321", ok("__proto__: 1"), sees()),
  one("a head over 64 KiB", "RFC 6585 §5, OWASP API10", ok(`X: ${"x".repeat(70_000)}`), badGateway),
  one(
    "a head of a thousand fields",
    "OWASP API10",
    ok(...Array.from({ length: 9_000 }, (_, at) => `X${at}: 12345`)),
    badGateway,
  ),
];

const dropped = (clause: string, ...fields: readonly string[]): AnswerCase[] =>
  fields.map((field) => one(`${field.split(":")[0]} of a service`, clause, ok(field), sees()));
const kept = (clause: string, ...fields: readonly string[]): AnswerCase[] =>
  fields.map((field) =>
    one(`${field.split(":")[0]} of a service goes on`, clause, ok(field), sees(field)),
  );

const fields: readonly AnswerCase[] = [
  one(
    "a field that Connection names",
    "RFC 9110 §7.6.1",
    ok("Connection: X-Hop", "X-Hop: 1", "X-Stay: 1"),
    sees("X-Stay: 1"),
  ),
  one(
    "Connection that names the length",
    "RFC 9110 §7.6.1, CWE-644",
    ok("Connection: Content-Length"),
    relayed([OK, "Transfer-Encoding: chunked"], inChunks("ok")),
  ),
  one(
    "Connection that names the type",
    "RFC 9110 §7.6.1",
    ok("Connection: Content-Type", "Content-Type: a/b"),
    sees(),
  ),
  ...dropped(
    "RFC 9110 §7.6.1",
    "Keep-Alive: timeout=1",
    "Proxy-Connection: close",
    "Trailer: X",
    "Upgrade: h2c",
    "TE: trailers",
  ),
  ...dropped("RFC 9110 §11.7", "Proxy-Authenticate: Basic", "Proxy-Authentication-Info: x"),
  ...dropped("RFC 6265 §5.3, CWE-784", "Set-Cookie: a=b", "Set-Cookie2: a=b"),
  ...dropped(
    "RFC 6797 §6.1, CWE-346",
    "Strict-Transport-Security: max-age=0",
    "Clear-Site-Data: *",
    'Alt-Svc: h3=":1"',
    "Service-Worker-Allowed: /",
    "NEL: {}",
  ),
  ...dropped(
    "Fetch §3.2, CWE-942",
    "Access-Control-Allow-Origin: *",
    "Access-Control-Allow-Credentials: true",
  ),
  ...dropped(
    "RFC 9110 §10.2.4, OWASP API8",
    "Server: nginx/1",
    "X-Powered-By: PHP/5",
    "X-AspNet-Version: 4",
  ),
  ...dropped("CWE-345", "X-Request-Id: theirs", "Gateway-Degraded: x"),
  ...kept("RFC 9110 §8.4", "Content-Encoding: gzip"),
  ...kept("RFC 9110 §8.8.3", 'ETag: W/"a"'),
  ...kept("RFC 9110 §11.6.1", 'WWW-Authenticate: Bearer realm="a"'),
  ...kept("RFC 9110 §14.3", "Accept-Ranges: bytes"),
  one(
    "a Location at the service's own address",
    "RFC 9110 §10.2.2",
    `${head("HTTP/1.1 302 Found", LENGTH, "Location: {service}/items/2?a=1")}ok`,
    relayed(["HTTP/1.1 302 Found", LENGTH, "Location: /shop/items/2?a=1"], "ok"),
  ),
  one(
    "a Location elsewhere",
    "RFC 9110 §10.2.2",
    `${head("HTTP/1.1 302 Found", LENGTH, "Location: https://other.example/x")}ok`,
    relayed(["HTTP/1.1 302 Found", LENGTH, "Location: https://other.example/x"], "ok"),
  ),
  one(
    "a Location that begins with two slashes",
    "RFC 3986 §4.2, CWE-601",
    `${head("HTTP/1.1 302 Found", LENGTH, "Location: {service}//evil.example/")}ok`,
    relayed(["HTTP/1.1 302 Found", LENGTH, "Location: /shop//evil.example/"], "ok"),
  ),
  one(
    "a part of the whole",
    "RFC 9110 §15.3.7",
    `${head("HTTP/1.1 206 Partial Content", LENGTH, "Content-Range: bytes 0-1/9")}ok`,
    relayed(["HTTP/1.1 206 Partial Content", LENGTH, "Content-Range: bytes 0-1/9"], "ok"),
  ),
  one(
    "several parts of the whole",
    "RFC 9110 §14.6",
    `${head("HTTP/1.1 206 Partial Content", "Content-Type: multipart/byteranges; boundary=b", "Content-Length: 10")}--b\r\n--b--`,
    relayed(
      [
        "HTTP/1.1 206 Partial Content",
        "Content-Type: multipart/byteranges; boundary=b",
        "Content-Length: 10",
      ],
      "--b\r\n--b--",
    ),
  ),
  one(
    "a service's own failure",
    "RFC 9110 §15.6",
    line("HTTP/1.1 503 Service Unavailable"),
    relayed(["HTTP/1.1 503 Service Unavailable", LENGTH], "ok"),
  ),
];

export const answerHeads: readonly AnswerCase[] = [...interim, ...lines, ...syntax, ...fields];
