/** The pure rules: media types, header fields, what goes on, when to try again. */
import { describe, expect, it } from "vitest";
import { isFieldValue, isToken } from "../../src/http/header-value.ts";
import { connectionOptions, isHopByHop } from "../../src/http/hop-by-hop.ts";
import { essenceOf, isJson, isRange, isWithin, parameterOf } from "../../src/http/media-type.ts";
import { parseRetryAfter } from "../../src/http/retry-after.ts";

describe("a media type", () => {
  it.each([
    ["application/json", "application/json"],
    [" Text/HTML ; charset=utf-8", "text/html"],
    ["", ""],
  ])("%j is %j without its parameters", (given, want) => {
    expect(essenceOf(given)).toBe(want);
  });

  it("is JSON by its name or its suffix (RFC 6839 §3.1)", () => {
    const json = [
      "application/json",
      "application/problem+json; x=1",
      "TEXT/JSON",
      "application/vnd.a.b+JSON",
    ];
    const others = [
      "application/json-seq",
      "application/jsonl",
      "text/plain",
      "",
      "application/x+jsonx",
    ];
    expect([...json, ...others].filter(isJson)).toEqual(json);
  });

  it("is within a range (RFC 9110 §12.5.1)", () => {
    expect(["*/*", "image/*", "image/png"].map((range) => isWithin("image/png", range))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["text/*", "image/jpeg", "image*"].map((range) => isWithin("image/png", range))).toEqual(
      [false, false, false],
    );
    expect([isRange("image/*"), isRange("image/png")]).toEqual([true, false]);
  });

  it.each([
    ["text/plain; charset=utf-8", "utf-8"],
    ['text/plain;a=b; Charset="iso-8859-\\1"', "iso-8859-1"],
    ["text/plain; xcharset=a", undefined],
    ["text/plain", undefined],
    ['text/plain; a="; charset=x"; charset=y', "y"],
  ])("%j has the charset %j", (given, want) => {
    expect(parameterOf(given, "charset")).toBe(want);
  });
});

describe("a header field", () => {
  it("has a token for a name", () => {
    expect(["X-A", "a", "!#$%&'*+.^_`|~0"].every(isToken)).toBe(true);
    expect(["", "a b", "a:", "é", "a\n", "(a)"].some(isToken)).toBe(false);
  });

  it("has a value of visible Latin-1, blanks inside", () => {
    expect(["", "a", "a\tb c", "é", '"x"', "!~"].every(isFieldValue)).toBe(true);
    expect(
      [" a", "a ", "\t", "a\r", "a\nb", "a\0", "\x7f", "\u0100", "😀"].some(isFieldValue),
    ).toBe(false);
  });

  it("goes no further when it concerns the connection (RFC 9110 §7.6.1)", () => {
    const names = [
      "connection",
      "keep-alive",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "proxy-connection",
      "proxy-authorization",
      "proxy-authenticate",
    ];
    expect(names.every(isHopByHop)).toBe(true);
    expect(["content-type", "authorization", "cookie", "content-length"].some(isHopByHop)).toBe(
      false,
    );
    expect(connectionOptions("close, X-One ,, x-two")).toEqual(["close", "x-one", "x-two"]);
    expect(connectionOptions(["a", "b,c"])).toEqual(["a", "b", "c"]);
    expect(connectionOptions(undefined)).toEqual([]);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("Sun, 06 Nov 1994 08:49:00 GMT");
  it.each([
    ["120", 120],
    [" 0 ", 0],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 37],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 37],
    ["Sun, 06 Nov 1994 08:00:00 GMT", 0],
    [["5", "6"], 5],
    ["", undefined],
    ["soon", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["2030-01-01", undefined],
    ["99999999999", undefined],
    [undefined, undefined],
  ])("%j is %j seconds", (given, want) => {
    expect(parseRetryAfter(given, now)).toBe(want);
  });
});
