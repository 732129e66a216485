/** Answers of a service whose end is in doubt: none may look whole that is not, and none may run into the next. */
import { type AnswerCase, badGateway, head, inChunks, nothing, relayed } from "./table.ts";

const BOTH = "RFC 9112 §6.1, §6.3";
const LENGTH = "RFC 9112 §6.3";
const CHUNK = "RFC 9112 §7.1";
const EARLY = "RFC 9112 §8";
const SPLIT = "RFC 9112 §9.2, CWE-444";
const CHUNKED = "Transfer-Encoding: chunked";
const EVIL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
const OK = "HTTP/1.1 200 OK";
const ok = (...fields: readonly string[]): string => head(OK, ...fields);
const IN_CHUNKS = "Transfer-Encoding: chunked";
const one = (
  name: string,
  clause: string,
  answers: string,
  ...verdicts: AnswerCase["verdicts"]
): AnswerCase => ({ name, clause, answers, verdicts });
const ending = (answer: AnswerCase): AnswerCase => ({ ...answer, closes: true });

const conflicts: readonly AnswerCase[] = [
  one("a length and chunks", BOTH, ok("Content-Length: 3", CHUNKED) + inChunks("abc"), badGateway),
  one("chunks and a length", BOTH, ok(CHUNKED, "Content-Length: 3") + inChunks("abc"), badGateway),
  one(
    "two lengths that differ",
    LENGTH,
    `${ok("Content-Length: 3", "Content-Length: 5")}abcde`,
    badGateway,
  ),
  one(
    "two lengths that are the same",
    LENGTH,
    `${ok("Content-Length: 3", "Content-Length: 3")}abc`,
    badGateway,
  ),
  one("a list of lengths", LENGTH, `${ok("Content-Length: 3, 3")}abc`, badGateway),
  one("a length below zero", LENGTH, `${ok("Content-Length: -3")}abc`, badGateway),
  one("a length in hexadecimal", LENGTH, `${ok("Content-Length: 0x3")}abc`, badGateway),
  one(
    "a length beyond 64 bits",
    LENGTH,
    `${ok("Content-Length: 18446744073709551619")}abc`,
    badGateway,
  ),
  one("a length that is no number", LENGTH, `${ok("Content-Length: abc")}abc`, badGateway),
  ending(
    one(
      "a coding that nobody knows",
      BOTH,
      `${ok("Transfer-Encoding: x")}abc`,
      relayed([OK, IN_CHUNKS], inChunks("abc")),
    ),
  ),
  ending(one("a coding of gzip alone", BOTH, `${ok("Transfer-Encoding: gzip")}abc`, badGateway)),
  one(
    "gzip, then chunked",
    BOTH,
    ok("Transfer-Encoding: gzip, chunked") + inChunks("abc"),
    badGateway,
  ),
  one("chunked twice", BOTH, ok(CHUNKED, CHUNKED) + inChunks("abc"), badGateway),
  ending(
    one(
      "chunks in HTTP/1.0",
      "RFC 9112 §6.1",
      head("HTTP/1.0 200 OK", CHUNKED) + inChunks("abc"),
      relayed([OK, IN_CHUNKS], inChunks("abc")),
    ),
  ),
];

const chunks: readonly AnswerCase[] = [
  one("chunks", CHUNK, ok(CHUNKED) + inChunks("abc"), relayed([OK, IN_CHUNKS], inChunks("abc"))),
  one(
    "a chunk extension is left out",
    "RFC 9112 §7.1.1",
    `${ok(CHUNKED)}3;a=b\r\nabc\r\n0\r\n\r\n`,
    relayed([OK, IN_CHUNKS], inChunks("abc")),
  ),
  one(
    "a chunk size that is no number",
    CHUNK,
    `${ok(CHUNKED)}3\r\nabc\r\nz\r\nabc\r\n0\r\n\r\n`,
    relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
  ),
  one(
    "a first chunk size that is no number",
    CHUNK,
    `${ok(CHUNKED)}z\r\nabc\r\n0\r\n\r\n`,
    nothing,
    badGateway,
  ),
  one(
    "a chunk of more than its size",
    CHUNK,
    `${ok(CHUNKED)}3\r\nabcd\r\n0\r\n\r\n`,
    relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
  ),
  one(
    "a chunk size beyond 64 bits",
    CHUNK,
    `${ok(CHUNKED)}3\r\nabc\r\n10000000000000003\r\nabc\r\n0\r\n\r\n`,
    relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
  ),
  one(
    "a chunk that ends in a bare LF",
    "RFC 9112 §2.2",
    `${ok(CHUNKED)}3\r\nabc\n0\r\n\r\n`,
    relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
  ),
  one(
    "a chunk size that ends in a bare LF",
    "RFC 9112 §2.2",
    `${ok(CHUNKED)}3\nabc\r\n0\r\n\r\n`,
    nothing,
    badGateway,
  ),
  one(
    "a trailer field is left out",
    "RFC 9110 §6.5.1",
    `${ok("Trailer: X-Sum", CHUNKED)}3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n`,
    relayed([OK, IN_CHUNKS], inChunks("abc")),
  ),
  one(
    "a trailer that sets a cookie",
    "RFC 9110 §6.5.1",
    `${ok(CHUNKED)}3\r\nabc\r\n0\r\nSet-Cookie: a=b\r\n\r\n`,
    relayed([OK, IN_CHUNKS], inChunks("abc")),
  ),
];

const early: readonly AnswerCase[] = [
  ending(
    one(
      "fewer bytes than its length",
      EARLY,
      `${ok("Content-Length: 5")}abc`,
      relayed([OK, "Content-Length: 5"], "abc", "aborted"),
    ),
  ),
  ending(one("no byte of its length", EARLY, ok("Content-Length: 5"), nothing)),
  ending(
    one(
      "chunks without the last",
      EARLY,
      `${ok(CHUNKED)}3\r\nabc\r\n`,
      relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
    ),
  ),
  ending(
    one(
      "a chunk in half",
      EARLY,
      `${ok(CHUNKED)}5\r\nabc`,
      relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
    ),
  ),
  ending(
    one(
      "a last chunk without its empty line",
      EARLY,
      `${ok(CHUNKED)}3\r\nabc\r\n0\r\n`,
      relayed([OK, IN_CHUNKS], "3\r\nabc\r\n", "aborted"),
    ),
  ),
  ending(one("half of a head", EARLY, "HTTP/1.1 200 OK\r\nContent-", badGateway)),
  ending(one("nothing", EARLY, "", badGateway)),
  ending(
    one(
      "a body that ends with its connection",
      LENGTH,
      `${ok("Connection: close")}abc`,
      relayed([OK, IN_CHUNKS], inChunks("abc")),
    ),
  ),
  ending(
    one(
      "a body of HTTP/1.0 that ends with its connection",
      LENGTH,
      `${head("HTTP/1.0 200 OK")}abc`,
      relayed([OK, IN_CHUNKS], inChunks("abc")),
    ),
  ),
  {
    ...ending(
      one(
        "a body that ends with its connection, for a client of HTTP/1.0",
        LENGTH,
        `${ok("Connection: close")}abc`,
        relayed([OK], "abc", "closed"),
      ),
    ),
    version: "HTTP/1.0",
  },
  {
    ...one(
      "chunks, for a client of HTTP/1.0",
      "RFC 9112 §7.1",
      ok(CHUNKED) + inChunks("abc"),
      relayed([OK], "abc", "closed"),
    ),
    version: "HTTP/1.0",
  },
];

const bodiless: readonly AnswerCase[] = [
  one(
    "204 with a length of zero",
    "RFC 9110 §8.6",
    head("HTTP/1.1 204 No Content", "Content-Length: 0"),
    relayed(["HTTP/1.1 204 No Content"], ""),
  ),
  one(
    "204 with a length and a body",
    "RFC 9112 §6.3",
    `${head("HTTP/1.1 204 No Content", "Content-Length: 3")}abc`,
    relayed(["HTTP/1.1 204 No Content"], ""),
  ),
  one(
    "204 with chunks",
    "RFC 9112 §6.1",
    head("HTTP/1.1 204 No Content", CHUNKED) + inChunks("abc"),
    relayed(["HTTP/1.1 204 No Content"], ""),
  ),
  one(
    "204 with an answer behind it",
    SPLIT,
    head("HTTP/1.1 204 No Content") + EVIL,
    relayed(["HTTP/1.1 204 No Content"], ""),
  ),
  one(
    "205 with a body",
    "RFC 9110 §15.3.6",
    `${head("HTTP/1.1 205 Reset Content", "Content-Length: 3")}abc`,
    relayed(["HTTP/1.1 205 Reset Content", "Content-Length: 3"], "abc"),
  ),
  one(
    "304 with a length",
    "RFC 9110 §8.6",
    head("HTTP/1.1 304 Not Modified", 'ETag: "a"', "Content-Length: 3"),
    relayed(["HTTP/1.1 304 Not Modified", 'ETag: "a"', "Content-Length: 3"], ""),
  ),
  one(
    "304 with a length and a body",
    "RFC 9112 §6.3",
    `${head("HTTP/1.1 304 Not Modified", "Content-Length: 3")}abc`,
    relayed(["HTTP/1.1 304 Not Modified", "Content-Length: 3"], ""),
  ),
  one(
    "304 with chunks",
    "RFC 9112 §6.1",
    head("HTTP/1.1 304 Not Modified", CHUNKED) + inChunks("abc"),
    relayed(["HTTP/1.1 304 Not Modified"], ""),
  ),
  {
    ...one(
      "the answer to HEAD keeps the length of GET",
      "RFC 9110 §9.3.2",
      `${ok("Content-Length: 3")}abc`,
      relayed([OK, "Content-Length: 3"], ""),
    ),
    method: "HEAD",
  },
  {
    ...one(
      "the answer to HEAD in chunks has no body",
      "RFC 9110 §9.3.2",
      ok(CHUNKED) + inChunks("abc"),
      relayed([OK], ""),
    ),
    method: "HEAD",
  },
  {
    ...one(
      "a HEAD of the service's own with a body",
      SPLIT,
      `${ok("Content-Length: 4")}evil`,
      relayed([OK, "Content-Length: 4"], ""),
    ),
    method: "HEAD",
    isOwn: true,
  },
  {
    ...one(
      "a HEAD of the service's own with an answer behind it",
      SPLIT,
      ok("Content-Length: 4") + EVIL,
      relayed([OK, "Content-Length: 4"], ""),
    ),
    method: "HEAD",
    isOwn: true,
  },
];

/** Bytes behind the end: they are nobody's, and the connection is not used again. */
const splits: readonly AnswerCase[] = [
  one(
    "more bytes than its length",
    SPLIT,
    `${ok("Content-Length: 3")}abcdef`,
    relayed([OK, "Content-Length: 3"], "abc"),
  ),
  one(
    "an answer behind a length",
    SPLIT,
    `${ok("Content-Length: 3")}abc${EVIL}`,
    relayed([OK, "Content-Length: 3"], "abc"),
  ),
  one(
    "an answer behind a length of zero",
    SPLIT,
    ok("Content-Length: 0") + EVIL,
    relayed([OK, "Content-Length: 0"], ""),
  ),
  one(
    "an answer behind chunks",
    SPLIT,
    ok(CHUNKED) + inChunks("abc") + EVIL,
    relayed([OK, IN_CHUNKS], inChunks("abc")),
  ),
  one(
    "an answer behind 304",
    SPLIT,
    head("HTTP/1.1 304 Not Modified") + EVIL,
    relayed(["HTTP/1.1 304 Not Modified"], ""),
  ),
  one(
    "the same answer twice",
    SPLIT,
    `${ok("Content-Length: 3")}abc`.repeat(2),
    relayed([OK, "Content-Length: 3"], "abc"),
  ),
  one(
    "an interim answer behind the answer",
    SPLIT,
    `${ok("Content-Length: 3")}abcHTTP/1.1 103 Early Hints\r\n\r\n`,
    relayed([OK, "Content-Length: 3"], "abc"),
  ),
  one(
    "an end of line behind the answer",
    "RFC 9112 §2.2",
    `${ok("Content-Length: 3")}abc\r\n`,
    relayed([OK, "Content-Length: 3"], "abc"),
  ),
];

export const answerFraming: readonly AnswerCase[] = [
  ...conflicts,
  ...chunks,
  ...early,
  ...bodiless,
  ...splits,
];
