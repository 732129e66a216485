/** Requests with fields that say who is asking, what is asked for, or what only the next hop may hear. */
import {
  ASKED,
  closes,
  forwarded,
  get,
  head,
  one,
  post,
  posted,
  type RequestCase,
  sees,
  stays,
  thenCloses,
} from "./table.ts";

const HOP = "RFC 9110 §7.6.1";
const TRUST = "RFC 7239 §8.1, CWE-290, CWE-348";
/** Fields that never go on, each in a request of its own. */
const dropped = (clause: string, ...fields: readonly string[]): RequestCase[] =>
  fields.map((field) =>
    one(`${field.split(":")[0]} of the caller`, clause, get(field), forwarded()),
  );

const hops: readonly RequestCase[] = [
  one(
    "a field that Connection names",
    HOP,
    get("Connection: x-hop", "X-Hop: 1", "X-Stay: 1"),
    forwarded("x-stay: 1"),
  ),
  one(
    "a field that Connection names in another case",
    HOP,
    get("Connection: X-HOP", "x-hop: 1"),
    forwarded(),
  ),
  one(
    "fields that two Connection fields name",
    HOP,
    get("Connection: a", "Connection: b", "A: 1", "B: 1", "C: 1"),
    forwarded("c: 1"),
  ),
  one(
    "Connection that names our own fields",
    `${HOP}, CWE-644`,
    get("Connection: X-Forwarded-For, X-Request-Id, Via, Forwarded, Host"),
    forwarded(),
  ),
  one(
    "Connection that names a field of content",
    HOP,
    get("Connection: Accept", "Accept: a/b"),
    forwarded(),
  ),
  one("Connection of strange members", HOP, get("Connection: ,, keep-alive ,"), forwarded()),
  ...dropped(
    HOP,
    "Keep-Alive: timeout=5",
    "Proxy-Connection: keep-alive",
    "TE: trailers",
    "Trailer: X",
  ),
  ...dropped("RFC 9110 §11.7", "Proxy-Authorization: Basic eA==", "Proxy-Authenticate: Basic"),
  one(
    "Upgrade to h2c",
    "RFC 9113 §3.1, CWE-444",
    get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
    forwarded(),
  ),
  one(
    "Upgrade to h2c that Connection does not name",
    "RFC 9110 §7.8",
    get("Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
    forwarded(),
  ),
  one(
    "Upgrade to websocket where there is none",
    "RFC 9110 §7.8",
    get(
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13",
    ),
    forwarded("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==", "sec-websocket-version: 13"),
  ),
];

const expectations: readonly RequestCase[] = [
  one(
    "Expect: 100-continue is answered here",
    "RFC 9110 §10.1.1",
    post(["Expect: 100-continue", "Content-Length: 3"], "abc"),
    posted([], "abc"),
  ),
  one(
    "Expect: 100-continue in capitals",
    "RFC 9110 §10.1.1",
    post(["Expect: 100-Continue", "Content-Length: 3"], "abc"),
    posted([], "abc"),
  ),
  one(
    "Expect: 100-continue without a body",
    "RFC 9110 §10.1.1",
    get("Expect: 100-continue"),
    forwarded(),
    thenCloses(forwarded()),
  ),
  one("another expectation", "RFC 9110 §10.1.1", get("Expect: wonders"), stays(417)),
  one(
    "two expectations",
    "RFC 9110 §10.1.1",
    post(["Expect: 100-continue, x", "Content-Length: 0"], ""),
    closes(417),
  ),
  one(
    "an expectation of HTTP/1.0",
    "RFC 9110 §10.1.1",
    head("POST /shop/items HTTP/1.0", "Host: g", "Expect: 100-continue", "Content-Length: 3") +
      "abc",
    thenCloses(posted([], "abc")),
  ),
];

const claims: readonly RequestCase[] = [
  ...dropped(
    TRUST,
    "Forwarded: for=6.6.6.6;host=evil;proto=https",
    "X-Forwarded-For: 6.6.6.6",
    "X-Forwarded-Host: evil",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Port: 443",
    "X-Forwarded-Prefix: /evil",
    "X-Forwarded: for=6.6.6.6",
    "X-Real-IP: 6.6.6.6",
    "True-Client-IP: 6.6.6.6",
    "CF-Connecting-IP: 6.6.6.6",
    "Client-IP: 6.6.6.6",
  ),
  one(
    "X_Forwarded_For, which is the same to CGI",
    "RFC 3875 §4.1.18, CWE-290",
    get("X_Forwarded_For: 6.6.6.6", "X_Real_IP: 6.6.6.6"),
    forwarded(),
  ),
  ...dropped("CWE-290", "X-Request-Id: forged", "X-AppEngine-User-Id: 1"),
  ...dropped("RFC 9440 §2.4, CWE-290", "Client-Cert: :AA==:", "Client-Cert-Chain: :AA==:"),
  one(
    "credentials that configuration does not let go on",
    "RFC 9110 §11.6.2, CWE-522",
    get("Authorization: Bearer x", "Cookie: a=b"),
    forwarded(),
  ),
  one(
    "Authorization that Connection names",
    `${HOP}, CWE-644`,
    get("Connection: Authorization", "Authorization: Bearer x"),
    forwarded(),
  ),
  ...dropped(
    "CWE-436",
    "X-Original-URL: /admin",
    "X-Rewrite-URL: /admin",
    "X-Original-Host: evil",
    "X-Host: evil",
  ),
  ...dropped(
    "CWE-436, OWASP API5",
    "X-HTTP-Method-Override: DELETE",
    "X-HTTP-Method: DELETE",
    "X-Method-Override: DELETE",
  ),
  ...dropped("CVE-2016-5385, RFC 3875 §4.1.18", "Proxy: http://evil"),
];

const semantics: readonly RequestCase[] = [
  one(
    "Via of proxies before us is kept",
    "RFC 9110 §7.6.3",
    get("Via: 1.0 front"),
    sees({ via: "1.0 front, 1.1 heddle" }),
  ),
  one(
    "Via that names us",
    "RFC 9110 §7.6.3",
    get("Via: 1.1 heddle"),
    sees({ via: "1.1 heddle, 1.1 heddle" }),
  ),
  one(
    "a request that has come by ten times",
    "RFC 9110 §7.6.3, CWE-834",
    get(`Via: ${"1.1 heddle, ".repeat(9)}1.1 heddle`),
    stays(508),
  ),
  one(
    "Max-Forwards of a GET means nothing",
    "RFC 9110 §7.6.2",
    get("Max-Forwards: 0"),
    forwarded("max-forwards: 0"),
  ),
  one(
    "Range goes on",
    "RFC 9110 §14.2",
    get("Range: bytes=0-1", 'If-Range: "a"'),
    forwarded("range: bytes=0-1", 'if-range: "a"'),
  ),
  one(
    "many ranges go on as they are",
    "RFC 9110 §14.2",
    get("Range: bytes=0-,0-,0-"),
    forwarded("range: bytes=0-,0-,0-"),
  ),
  one(
    "conditions go on",
    "RFC 9110 §13.1",
    get('If-None-Match: "a"', "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT"),
    forwarded('if-none-match: "a"', "if-modified-since: Mon, 01 Jan 2024 00:00:00 GMT"),
  ),
  one(
    "codings that the caller takes go on",
    "RFC 9110 §12.5.3",
    get("Accept-Encoding: gzip, br"),
    forwarded("accept-encoding: gzip, br"),
  ),
  one(
    "a coded body goes on untouched",
    "RFC 9110 §8.4",
    post(["Content-Encoding: gzip", "Content-Length: 3"], "\x1f\x8b\x08"),
    posted(["content-encoding: gzip"], "\x1f\x8b\x08"),
  ),
  one(
    "HEAD is asked for as GET",
    "RFC 9110 §9.3.2",
    head(`HEAD ${ASKED} HTTP/1.1`, "Host: g"),
    sees({}),
  ),
];

export const fields: readonly RequestCase[] = [...hops, ...expectations, ...claims, ...semantics];
