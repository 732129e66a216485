/** Requests whose end is in doubt: two readers of the same bytes could see two different requests (CWE-444). */
import {
  ASKED,
  answered,
  closes,
  cutBehind,
  forwarded,
  get,
  head,
  inChunks,
  one,
  post,
  posted,
  postedInChunks,
  type RequestCase,
  sees,
  thenCloses,
} from "./table.ts";

const SMUGGLED = get("X-Smuggled: 1");
const CHUNKED = "Transfer-Encoding: chunked";
const LENGTH = "RFC 9112 §6.3";
const BOTH = "RFC 9112 §6.1, CWE-444";
const CHUNK = "RFC 9112 §7.1";

/** Content-Length and Transfer-Encoding against each other. */
const conflicts: readonly RequestCase[] = [
  one(
    "CL.TE: a length and chunks",
    BOTH,
    post(["Content-Length: 6", CHUNKED], "0\r\n\r\nG"),
    closes(400),
  ),
  one(
    "TE.CL: chunks and a length",
    BOTH,
    post([CHUNKED, "Content-Length: 4"], inChunks(SMUGGLED)),
    closes(400),
  ),
  one(
    "CL.0: a length of none, and chunks",
    BOTH,
    post(["Content-Length: 0", CHUNKED], inChunks("a")),
    closes(400),
  ),
  one(
    "an unknown coding beside a length",
    BOTH,
    post(["Transfer-Encoding: x", "Content-Length: 3"], "abc"),
    closes(400),
  ),
  one(
    "an empty coding beside a length",
    BOTH,
    post(["Transfer-Encoding:", "Content-Length: 3"], "abc"),
    closes(501),
    closes(400),
  ),
  one(
    "chunks in HTTP/1.0",
    "RFC 9112 §6.1",
    head("POST /shop/items HTTP/1.0", "Host: g", CHUNKED) + inChunks("a"),
    closes(400),
  ),
  one(
    "chunks and keep-alive in HTTP/1.0",
    "RFC 9112 §6.1",
    head("POST /shop/items HTTP/1.0", "Connection: keep-alive", CHUNKED) + inChunks("a") + SMUGGLED,
    closes(400),
  ),
];

/** Transfer-Encoding that one reader takes for chunks and another does not (TE.TE). */
const codings: readonly RequestCase[] = [
  one(
    "a coding that only ends in chunked",
    "RFC 9112 §6.1",
    post(["Transfer-Encoding: xchunked"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "a coding that only begins with chunked",
    "RFC 9112 §6.1",
    post(["Transfer-Encoding: chunkedx"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one("identity", "RFC 9112 §7", post(["Transfer-Encoding: identity"], "abc"), closes(400)),
  one(
    "gzip, then chunked",
    "RFC 9112 §6.1",
    post(["Transfer-Encoding: gzip, chunked"], inChunks("a") + SMUGGLED),
    closes(501),
  ),
  one(
    "chunked, then identity",
    "RFC 9112 §6.3",
    post(["Transfer-Encoding: chunked, identity"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "chunked twice, in one field",
    "RFC 9112 §6.1",
    post(["Transfer-Encoding: chunked, chunked"], inChunks("a") + SMUGGLED),
    closes(501),
    closes(400),
  ),
  one(
    "chunked twice, in two fields",
    "RFC 9112 §6.1",
    post([CHUNKED, CHUNKED], inChunks("a") + SMUGGLED),
    closes(501),
    closes(400),
  ),
  one(
    "chunked and identity, in two fields",
    "RFC 9112 §6.1",
    post([CHUNKED, "Transfer-Encoding: identity"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "identity and chunked, in two fields",
    "RFC 9112 §6.1",
    post(["Transfer-Encoding: identity", CHUNKED], inChunks("a") + SMUGGLED),
    closes(501),
  ),
  one(
    "chunked with a parameter",
    "RFC 9112 §7.1",
    post(["Transfer-Encoding: chunked;q=1"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "chunked in quotes",
    "RFC 9112 §6.1",
    post(['Transfer-Encoding: "chunked"'], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "chunked with an empty member before it",
    "RFC 9110 §5.6.1",
    post(["Transfer-Encoding: , chunked"], inChunks("a") + SMUGGLED),
    closes(501),
    closes(400),
  ),
  one(
    "chunked with an empty member behind it",
    "RFC 9110 §5.6.1",
    post(["Transfer-Encoding: chunked,"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "chunked in capitals",
    "RFC 9112 §7",
    post(["Transfer-Encoding: CHUNKED"], inChunks("a")),
    postedInChunks("a"),
  ),
  one(
    "chunked behind a tab",
    "RFC 9112 §5.1",
    post(["Transfer-Encoding:\tchunked"], inChunks("a")),
    postedInChunks("a"),
  ),
  one(
    "chunked before blanks",
    "RFC 9112 §5.1",
    post(["Transfer-Encoding: chunked \t"], inChunks("a")),
    postedInChunks("a"),
    closes(400),
  ),
  one(
    "chunked behind a vertical tab",
    "RFC 9110 §5.5",
    post(["Transfer-Encoding: \x0bchunked"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "chunked behind a NUL",
    "RFC 9110 §5.5",
    post(["Transfer-Encoding: \0chunked"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "a space before the colon of the coding",
    "RFC 9112 §5.1",
    post(["Transfer-Encoding : chunked"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "chunked in a folded line",
    "RFC 9112 §5.2",
    post(["Transfer-Encoding:\r\n chunked"], inChunks("a") + SMUGGLED),
    closes(400),
  ),
  one(
    "the name with an underscore, beside a length",
    "CWE-444",
    post(["Transfer_Encoding: chunked", "Content-Length: 3"], "abc"),
    posted([], "abc"),
  ),
  one(
    "chunked in a GET, and another request behind it",
    "RFC 9110 §9.3.1",
    get(CHUNKED) + inChunks("abc"),
    forwarded(),
  ),
  one(
    "chunks without a length in a GET that Connection names",
    "RFC 9110 §7.6.1",
    get("Connection: Transfer-Encoding", CHUNKED) + inChunks("abc"),
    forwarded(),
  ),
];

/** Content-Length. */
const lengths: readonly RequestCase[] = [
  one(
    "two lengths that differ",
    LENGTH,
    post(["Content-Length: 3", "Content-Length: 5"], "abcde"),
    closes(400),
  ),
  one(
    "two lengths that are the same",
    LENGTH,
    post(["Content-Length: 3", "Content-Length: 3"], "abc"),
    closes(400),
  ),
  one(
    "a list of lengths that differ",
    LENGTH,
    post(["Content-Length: 3, 5"], "abcde"),
    closes(400),
  ),
  one(
    "a list of lengths that are the same",
    LENGTH,
    post(["Content-Length: 3, 3"], "abc"),
    closes(400),
  ),
  one("a length with a plus", "RFC 9110 §8.6", post(["Content-Length: +3"], "abc"), closes(400)),
  one("a length below zero", "RFC 9110 §8.6", post(["Content-Length: -3"], "abc"), closes(400)),
  one(
    "a length in hexadecimal",
    "RFC 9110 §8.6",
    post(["Content-Length: 0x3"], "abc"),
    closes(400),
  ),
  one(
    "a length with a fraction",
    "RFC 9110 §8.6",
    post(["Content-Length: 3.0"], "abc"),
    closes(400),
  ),
  one(
    "a length with an exponent",
    "RFC 9110 §8.6",
    post(["Content-Length: 3e0"], "abc"),
    closes(400),
  ),
  one(
    "a length in other digits",
    "RFC 9110 §8.6",
    post(["Content-Length: \xd9\xa3"], "abc"),
    closes(400),
  ),
  one(
    "a length with a space inside",
    "RFC 9110 §8.6",
    post(["Content-Length: 1 0"], "abcdefghij"),
    closes(400),
  ),
  one("a length of nothing", "RFC 9110 §8.6", post(["Content-Length:"], "abc"), closes(400)),
  one(
    "a length beyond 64 bits",
    "RFC 9110 §8.6",
    post(["Content-Length: 18446744073709551619"], "abc"),
    closes(400),
  ),
  one(
    "a length beyond the limit of this gateway",
    "RFC 9110 §15.5.14",
    post(["Content-Length: 1025"], "abc"),
    closes(413),
  ),
  one(
    "a length of 2^53",
    "RFC 9110 §15.5.14",
    post(["Content-Length: 9007199254740993"], "abc"),
    closes(413),
  ),
  one(
    "a length with zeros before it",
    "RFC 9110 §8.6",
    post(["Content-Length: 0003"], "abc"),
    posted([], "abc"),
  ),
  one(
    "a length among blanks",
    "RFC 9112 §5.1",
    post(["Content-Length: \t3 \t"], "abc"),
    posted([], "abc"),
    closes(400),
  ),
  one(
    "a length beyond the limit, and a request behind the body",
    "RFC 9112 §9.6",
    post(["Content-Length: 1025"], "x".repeat(1_025) + SMUGGLED),
    closes(413),
  ),
  one("a length of zero", "RFC 9110 §8.6", post(["Content-Length: 0"], ""), posted([], "")),
  one(
    "a space before the colon of the length",
    "RFC 9112 §5.1",
    post(["Content-Length : 3"], "abc"),
    closes(400),
  ),
  one(
    "the length's name with an underscore",
    "CWE-444",
    post(["Content_Length: 3", "Content-Length: 3"], "abc"),
    posted([], "abc"),
  ),
  one("a POST that tells of no body", LENGTH, post([], ""), posted([], "")),
  one(
    "a length that Connection names",
    "RFC 9110 §7.6.1",
    post(["Connection: Content-Length", "Content-Length: 3"], "abc"),
    posted([], "abc"),
  ),
  one(
    "a POST of HTTP/1.0 with a length",
    "RFC 9112 §6.3",
    `${head("POST /shop/items HTTP/1.0", "Host: g", "Content-Length: 3")}abc`,
    thenCloses(posted([], "abc")),
  ),
];

/** The chunks themselves. */
const chunks: readonly RequestCase[] = [
  one(
    "chunks, joined by nobody",
    CHUNK,
    post([CHUNKED], inChunks("abc", "de")),
    postedInChunks("abc", "de"),
    postedInChunks("abcde"),
  ),
  one(
    "a chunk size with zeros before it",
    CHUNK,
    post([CHUNKED], "0003\r\nabc\r\n0\r\n\r\n"),
    postedInChunks("abc"),
  ),
  one(
    "a chunk size in capitals",
    CHUNK,
    post([CHUNKED], "A\r\nabcdefghij\r\n0\r\n\r\n"),
    postedInChunks("abcdefghij"),
  ),
  one(
    "a chunk size with 0x",
    CHUNK,
    post([CHUNKED], `0x3\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size with a plus",
    CHUNK,
    post([CHUNKED], `+3\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size below zero",
    CHUNK,
    post([CHUNKED], `-1\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size beyond 64 bits",
    CHUNK,
    post([CHUNKED], `10000000000000003\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size that is no number",
    CHUNK,
    post([CHUNKED], `z\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk without a size",
    CHUNK,
    post([CHUNKED], `\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size with a space before it",
    CHUNK,
    post([CHUNKED], ` 3\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size with a space behind it",
    "RFC 9112 §7.1.1",
    post([CHUNKED], `3 \r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk size with a tab behind it",
    "RFC 9112 §7.1.1",
    post([CHUNKED], `3\t\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk of more than its size",
    CHUNK,
    post([CHUNKED], `3\r\nabcd\r\n0\r\n\r\n${SMUGGLED}`),
    cutBehind("abc"),
  ),
  one(
    "a chunk without an end of line behind it",
    CHUNK,
    post([CHUNKED], `3\r\nabc0\r\n\r\n${SMUGGLED}`),
    cutBehind("abc"),
  ),
  one(
    "a chunk size that ends in a bare LF",
    "RFC 9112 §2.2, CWE-444",
    post([CHUNKED], `3\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  {
    ...one(
      "a chunk size that ends in a bare CR",
      "RFC 9112 §2.2, CWE-444",
      post([CHUNKED], `3\rabc\r\n0\r\n\r\n${SMUGGLED}`),
      closes(400),
    ),
    old: cutBehind("bc\r"),
  },
  one(
    "chunk data that ends in a bare LF",
    "RFC 9112 §2.2, CWE-444",
    post([CHUNKED], `3\r\nabc\n0\r\n\r\n${SMUGGLED}`),
    cutBehind("abc"),
  ),
  {
    ...one(
      "chunk data that ends in two other bytes",
      "CWE-444",
      post([CHUNKED], `3\r\nabcXX0\r\n\r\n${SMUGGLED}`),
      cutBehind("abc"),
    ),
    old: sees(...postedInChunks("abc").saw, { fields: ["x-smuggled: 1"] }),
  },
  one(
    "a chunk extension is left out",
    "RFC 9112 §7.1.1",
    post([CHUNKED], "3;a=b\r\nabc\r\n0;c\r\n\r\n"),
    postedInChunks("abc"),
  ),
  one(
    "a chunk extension in quotes is left out",
    "RFC 9112 §7.1.1",
    post([CHUNKED], '3;a="b;c"\r\nabc\r\n0\r\n\r\n'),
    postedInChunks("abc"),
  ),
  one(
    "a chunk extension with a bare LF",
    "RFC 9112 §7.1.1, CWE-444",
    post([CHUNKED], `3;a\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  {
    ...one(
      "a chunk extension with a bare CR",
      "RFC 9112 §7.1.1, CWE-444",
      post([CHUNKED], `3;a\rb\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
      closes(400),
    ),
    old: cutBehind("\r\na"),
  },
  one(
    "a chunk extension with a NUL",
    "RFC 9112 §7.1.1",
    post([CHUNKED], `3;a\0\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
  ),
  one(
    "a chunk extension of 20,000 bytes",
    "RFC 9112 §7.1.1",
    post([CHUNKED], `3;${"a".repeat(20_000)}\r\nabc\r\n0\r\n\r\n${SMUGGLED}`),
    closes(400),
    closes(413),
  ),
  one(
    "chunks beyond the limit of this gateway",
    "RFC 9110 §15.5.14",
    post([CHUNKED], inChunks("x".repeat(1_025))),
    closes(413),
  ),
];

/** What follows the last chunk. */
const trailers: readonly RequestCase[] = [
  one(
    "a trailer field is left out",
    "RFC 9110 §6.5.1",
    post(["Trailer: X-Sum", CHUNKED], "3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n"),
    postedInChunks("abc"),
  ),
  {
    ...one(
      "a trailer that names a length",
      "RFC 9110 §6.5.1",
      post([CHUNKED], "3\r\nabc\r\n0\r\nContent-Length: 7\r\n\r\n"),
      cutBehind("abc"),
    ),
    old: postedInChunks("abc"),
  },
  one(
    "a trailer that names a coding",
    "RFC 9110 §6.5.1",
    post([CHUNKED], "3\r\nabc\r\n0\r\nTransfer-Encoding: x\r\n\r\n"),
    cutBehind("abc"),
  ),
  one(
    "a trailer with a credential",
    "RFC 9110 §6.5.1",
    post([CHUNKED], "3\r\nabc\r\n0\r\nAuthorization: x\r\n\r\n"),
    postedInChunks("abc"),
  ),
  one(
    "a trailer with a host",
    "RFC 9110 §6.5.1",
    post([CHUNKED], "3\r\nabc\r\n0\r\nHost: evil\r\n\r\n"),
    postedInChunks("abc"),
  ),
  one(
    "a trailer that ends in bare LFs",
    "RFC 9112 §2.2, CWE-444",
    post([CHUNKED], `3\r\nabc\r\n0\r\nX: 1\n\n${SMUGGLED}`),
    cutBehind("abc"),
  ),
  one(
    "a last chunk that ends in bare LFs",
    "RFC 9112 §2.2, CWE-444",
    post([CHUNKED], `3\r\nabc\r\n0\n\n${SMUGGLED}`),
    cutBehind("abc"),
  ),
];

/** Bodies where none has a meaning, and what follows them. */
const unexpected: readonly RequestCase[] = [
  one("a GET with a body", "RFC 9110 §9.3.1", `${get("Content-Length: 3")}abc`, forwarded()),
  one(
    "a GET whose body is a request",
    "RFC 9110 §9.3.1, CWE-444",
    get(`Content-Length: ${SMUGGLED.length}`) + SMUGGLED,
    forwarded(),
  ),
  one(
    "a HEAD with a body",
    "RFC 9110 §9.3.2",
    `${head(`HEAD ${ASKED} HTTP/1.1`, "Host: g", "Content-Length: 3")}abc`,
    sees({}),
  ),
  one(
    "a DELETE with a body",
    "RFC 9110 §9.3.5",
    `${head(`DELETE ${ASKED} HTTP/1.1`, "Host: g", "Content-Length: 3")}abc`,
    sees({ line: "DELETE /items/1 HTTP/1.1", framing: "content-length: 3", body: "abc" }),
  ),
  one(
    "an OPTIONS with a body",
    "RFC 9110 §9.3.7",
    `${head(`OPTIONS ${ASKED} HTTP/1.1`, "Host: g", "Content-Length: 3")}abc`,
    answered(204),
  ),
];

export const framing: readonly RequestCase[] = [
  ...conflicts,
  ...codings,
  ...lengths,
  ...chunks,
  ...trailers,
  ...unexpected,
];
